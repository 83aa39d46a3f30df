"""The kind is told by content; what does things by itself or is damaged is refused."""

from __future__ import annotations

import io

import pikepdf
import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from PIL import Image

from samkoll.files import kinds, pictures
from samkoll.files.inspecting import inspect
from samkoll.files.kinds import NotTaken, Reason
from samkoll.files.tests import uploads

JAVASCRIPT = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def refused(content: bytes, ending: str = "") -> Reason:
    with pytest.raises(NotTaken) as refusal:
        inspect(content, ending)
    return refusal.value.reason


def word() -> bytes:
    out = io.BytesIO()
    Document().save(out)
    return out.getvalue()


def excel() -> bytes:
    out = io.BytesIO()
    Workbook().save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "ending", "kind"),
    [
        (uploads.pdf(), ".exe", kinds.PDF),
        (word(), "", kinds.DOCX),
        (excel(), ".docx", kinds.XLSX),
        (uploads.odt(), ".odt", kinds.ODT),
        ("Å;Ä;Ö\r\n1;2;3\r\n".encode("cp1252"), ".csv", kinds.CSV),
        (b"Anteckning\n", ".TXT", kinds.TEXT),
    ],
)
def test_what_is_taken_is_kept_byte_for_byte(content, ending, kind):
    assert inspect(content, ending) == (kind, content)


@pytest.mark.parametrize(
    ("content", "ending", "reason"),
    [
        (b"", ".txt", Reason.EMPTY),
        (b"MZ\x90\x00program", ".txt", Reason.UNKNOWN),
        (b"<html><script>alert(1)</script>", ".html", Reason.UNKNOWN),
        (b"<svg onload='x'/>", ".svg", Reason.UNKNOWN),
        (b"GIF89a" + bytes(20), ".gif", Reason.UNKNOWN),
        (b"Hej\x81\x8d", ".txt", Reason.UNKNOWN),
        ("Hej".encode("utf-16"), ".txt", Reason.UNKNOWN),
        (bytes(4) + b"ftypheic" + bytes(20), ".jpg", Reason.HEIC),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(99), ".doc", Reason.OLD_OFFICE),
        (uploads.package({"a.txt": b"x"}), ".zip", Reason.UNKNOWN),
        (uploads.docx("application/vnd.ms-word.document.macroEnabled.main+xml"), "", Reason.MACROS),
        (uploads.docx(**{"word/vbaProject.bin": b"x"}), ".docx", Reason.MACROS),
        (uploads.docx(**{"word/embeddings/oleObject1.bin": b"x"}), ".docx", Reason.MACROS),
        (uploads.odt(**{"Basic/script-lc.xml": b"x"}), ".odt", Reason.MACROS),
        (uploads.odt(**{"META-INF/manifest.xml": b"encryption-data"}), ".odt", Reason.LOCKED),
        (uploads.docx(**{f"p{n}": b"" for n in range(10_001)}), ".docx", Reason.TOO_MUCH),
        (b"PK\x03\x04 and no more", ".docx", Reason.DAMAGED),
        (b"%PDF-1.7 and no more", ".pdf", Reason.DAMAGED),
        (uploads.picture()[:300], ".jpg", Reason.DAMAGED),
    ],
)
def test_what_is_not_taken_has_its_reason(content, ending, reason):
    assert refused(content, ending) is reason


@pytest.mark.parametrize(
    ("root", "reason"),
    [
        ({"OpenAction": JAVASCRIPT}, Reason.ACTIVE_PDF),
        ({"OpenAction": {"/S": pikepdf.Name.Launch, "/F": "cmd.exe"}}, Reason.ACTIVE_PDF),
        ({"AA": [{"/O": {"/S": pikepdf.Name.JavaScript}}]}, Reason.ACTIVE_PDF),
        ({"AcroForm": {"/XFA": "x"}}, Reason.ACTIVE_PDF),
        ({"Names": {"/EmbeddedFiles": {"/Names": []}}}, Reason.FILES_IN_PDF),
        ({"AF": [{"/Type": pikepdf.Name.Filespec, "/EF": {}}]}, Reason.FILES_IN_PDF),
    ],
)
def test_a_pdf_that_does_things_by_itself_is_refused_however_deep(root, reason):
    assert refused(uploads.pdf(**{k: _made(v) for k, v in root.items()})) is reason


def _made(value):
    if isinstance(value, dict):
        return pikepdf.Dictionary({k: _made(v) for k, v in value.items()})
    return pikepdf.Array([_made(v) for v in value]) if isinstance(value, list) else value


def test_scripts_in_packed_objects_are_found_too():
    with pikepdf.new() as made:
        page = made.add_blank_page()
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, A=JAVASCRIPT)
        page.obj["/Annots"] = pikepdf.Array([made.make_indirect(note)])
        packed = uploads.saved(made, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert b"JavaScript" not in packed
    assert refused(packed) is Reason.ACTIVE_PDF


def test_a_pdf_with_a_password_is_refused_and_one_that_only_forbids_is_taken():
    with pikepdf.open(io.BytesIO(uploads.pdf())) as made:
        locked = uploads.saved(made, encryption=pikepdf.Encryption(user="hemlig", owner="x"))
        open_ = uploads.saved(made, encryption=pikepdf.Encryption(user="", owner="x"))
    assert refused(locked) is Reason.LOCKED
    assert inspect(open_, ".pdf")[0] is kinds.PDF


def test_nothing_of_where_and_by_whom_is_left_in_a_photo_and_it_stands_upright():
    content = uploads.photo()
    assert Image.open(io.BytesIO(content)).getexif().get_ifd(0x8825)
    kind, kept = inspect(content, ".jpg")
    with Image.open(io.BytesIO(kept)) as picture:
        assert (kind, picture.size) == (kinds.JPEG, (20, 40))
        assert not picture.getexif() and not picture.getexif().get_ifd(0x8825)
        assert {*picture.info} <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert not any(word in kept for word in (b"Telefonmakaren", b"hemma", b"plats", b"Exif"))


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "L"])
def test_other_pictures_lose_their_words_and_keep_their_pixels(form, mode):
    exif = Image.Exif()
    exif.get_ifd(0x8825).update(uploads.GPS)
    made = uploads.picture("PNG", mode=mode)
    with Image.open(io.BytesIO(made)) as opened:
        out = io.BytesIO()
        opened.save(out, form, exif=exif, icc_profile=b"profil", lossless=True)
    _kind, kept = inspect(out.getvalue(), "")
    with Image.open(io.BytesIO(kept)) as picture:
        assert (picture.format, picture.size) == (form, (40, 20))
        assert not picture.getexif() and "icc_profile" not in picture.info
        with Image.open(io.BytesIO(made)) as before:
            near = zip(_corner(picture), _corner(before), strict=True)
            assert all(abs(a - b) < 6 for a, b in near)


def _corner(picture):
    return picture.convert("RGBA").getpixel((0, 0))


def test_of_an_animation_the_first_frame_is_kept():
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:], lossless=True)
    with Image.open(io.BytesIO(inspect(out.getvalue(), "")[1])) as picture:
        assert getattr(picture, "n_frames", 1) == 1
        assert _corner(picture)[0] > 200


def test_a_picture_that_would_fill_the_memory_is_refused_unread(monkeypatch):
    bomb = uploads.picture("PNG", (20_000, 20_000), "1")
    assert refused(bomb) is Reason.PIXELS
    monkeypatch.setattr(pictures, "MOST_PIXELS", 10)
    assert refused(uploads.picture()) is Reason.PIXELS


HEADS = st.sampled_from(
    [
        b"",
        uploads.pdf(),
        uploads.picture(),
        uploads.photo(),
        uploads.picture("PNG"),
        uploads.picture("WEBP"),
        uploads.docx(),
        uploads.odt(),
    ]
)


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow's, about twisted EXIF
@settings(max_examples=300, deadline=None)
@given(HEADS, st.integers(0, 2000), st.binary(max_size=300), st.sampled_from([".txt", ".pdf", ""]))
def test_arbitrary_bytes_are_kept_or_refused_and_never_a_fault(head, cut, tail, ending):
    for content in (tail, head[:cut] + tail, head[:cut] + tail + head[cut:]):
        try:
            kind, kept = inspect(content, ending)
        except NotTaken as refusal:
            assert refusal.reason in Reason
        else:
            assert kind in kinds.ALL and kept
