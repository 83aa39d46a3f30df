"""The file of a backup, read as an enemy may have written it."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samkoll.ops import archive
from samkoll.ops.archive import layout

KEY = b"k" * 32
NAME = "a" * 64 + ".parquet"
FILE = "b" * 64


def written(**changed: object) -> bytes:
    file = io.BytesIO()
    writer = archive.Writer(file)
    entries = [
        writer.add(archive.DUMP, [b"dump" * 400]),
        writer.add(f"facts/{NAME}", [b"PAR1", b"x" * 511], path=NAME),
        writer.add(f"files/{FILE}", [b"Hej"], path=f"bb/{FILE}"),
        writer.add("uploads/1", [b"secret"], path="0f" * 16),
        writer.add("results/1", [b""], path="7/Årsrapport KSF.pdf"),
    ]
    known: dict[str, object] = {"created": "2026-11-22T13:00:00+00:00", "version": "0.1.0"}
    known |= {"purpose": "test", "postgres": 18, "migrations": ["org.0001_initial"]}
    known |= {"counts": {"org_unit": 3}, "key_check": "c", "entries": entries}
    writer.finish(archive.Manifest(**(known | changed)), KEY)  # type: ignore[arg-type]
    return file.getvalue()


WHOLE = written()


def inspect(data: bytes):
    return archive.inspect(io.BytesIO(data), tick=lambda _amount: None)


def test_what_was_written_comes_back_under_its_own_names(tmp_path):
    sealed = inspect(WHOLE)
    assert sealed.genuine(KEY)
    assert not sealed.genuine(b"o" * 32)
    archive.extract(io.BytesIO(WHOLE), sealed.manifest.entries, tmp_path, tick=lambda _amount: None)
    report = tmp_path / "results" / "7" / "Årsrapport KSF.pdf"
    assert (tmp_path / "facts" / NAME).read_bytes() == b"PAR1" + b"x" * 511
    assert (tmp_path / "files" / "bb" / FILE).read_bytes() == b"Hej"
    assert (report.read_bytes(), report.stat().st_mode & 0o777) == (b"", 0o600)


def test_it_is_an_ordinary_tar(tmp_path):
    with tarfile.open(fileobj=io.BytesIO(WHOLE)) as tar:
        named = [f"facts/{NAME}", f"files/{FILE}", "uploads/1", "results/1"]
        assert tar.getnames() == [archive.DUMP, *named, archive.MANIFEST]
        assert {member.mode for member in tar} == {0o600}


@given(st.integers(0, len(WHOLE) - layout.BLOCK - 1))
def test_a_file_cut_off_anywhere_is_refused(length):
    with pytest.raises((archive.Damaged, archive.NotABackup)):
        inspect(WHOLE[:length])


@given(st.integers(0, len(WHOLE) - 2 * layout.BLOCK - 1), st.integers(1, 255))
def test_no_changed_byte_goes_unnoticed(place, difference):
    """Either refused at once, or the same content (only padding differs), or the seal is broken."""
    changed = bytearray(WHOLE)
    changed[place] ^= difference
    try:
        sealed = inspect(bytes(changed))
    except (archive.Damaged, archive.NotABackup):
        return
    same = sealed.manifest == inspect(WHOLE).manifest
    assert same or not sealed.genuine(KEY)


@given(st.binary(max_size=3000))
def test_any_other_file_is_refused(data):
    with pytest.raises((archive.Damaged, archive.NotABackup)):
        inspect(data)


def hostile(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> bytes:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, link
    return info.tobuf(tarfile.GNU_FORMAT) + WHOLE


@pytest.mark.parametrize(
    "data",
    [
        hostile("../../etc/cron.d/x"),
        hostile("/etc/passwd"),
        hostile("facts/../../x"),
        hostile("uploads/../1"),
        hostile("files/" + "b" * 63),
        hostile("notes.txt"),
        hostile("uploads/1", tarfile.SYMTYPE, "/etc"),
        hostile("uploads/1", tarfile.LNKTYPE, "/etc/passwd"),
        hostile("uploads/1", tarfile.CHRTYPE),
        hostile("uploads/1", tarfile.BLKTYPE),
        hostile("uploads/1", tarfile.FIFOTYPE),
        hostile("uploads", tarfile.DIRTYPE),
        hostile("uploads/1", tarfile.GNUTYPE_SPARSE),
        hostile("uploads/1", tarfile.XHDTYPE),
        hostile("uploads/1", tarfile.GNUTYPE_LONGNAME),
    ],
)
def test_members_that_no_backup_has_are_refused_by_name(data):
    with pytest.raises(archive.NotABackup, match="aldrig finns i en säkerhetskopia"):
        inspect(data)


@pytest.mark.parametrize("path", ["../x", "/etc/x", "a/../../x", ".", "a//b", "a/./b", "a\0b"])
def test_a_name_in_the_manifest_cannot_lead_out_of_its_folder(path):
    entries = inspect(WHOLE).manifest.entries
    for number, member in {2: f"files/{FILE}", 3: "uploads/1"}.items():
        changed = list(entries)
        changed[number] = archive.Entry(member, path, entries[number].size, entries[number].sha256)
        with pytest.raises(archive.Damaged, match="innehållsförteckning"):
            inspect(written(entries=changed))


def test_a_table_in_the_manifest_cannot_carry_sql():
    with pytest.raises(archive.Damaged, match="innehållsförteckning"):
        inspect(written(counts={"x; DROP TABLE org_unit": 1}))


def test_a_member_too_many_or_twice_is_refused():
    entries = inspect(WHOLE).manifest.entries
    with pytest.raises(archive.Damaged, match="saknas eller har lagts till"):
        inspect(written(entries=entries[:3]))
    with pytest.raises(archive.Damaged):
        inspect(written(entries=[*entries, entries[1]]))


def test_extracting_notices_that_the_file_has_changed_since(tmp_path: Path):
    changed = WHOLE.replace(b"secret", b"Secret")
    with pytest.raises(archive.Damaged, match="ändrades under"):
        archive.extract(
            io.BytesIO(changed),
            inspect(WHOLE).manifest.entries,
            tmp_path,
            tick=lambda _amount: None,
        )


def test_a_later_format_is_told_from_a_damaged_file():
    later = WHOLE.replace(b'"format": 1', b'"format": 2')
    with pytest.raises(archive.NotABackup, match="format 2"):
        inspect(later)
