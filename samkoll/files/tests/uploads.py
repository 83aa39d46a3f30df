"""Files as people would attach them, harmless and not."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from samkoll.files.checking import Checked

GPS = {1: "N", 2: (59.0, 14.0, 12.0), 3: "E", 4: (17.0, 58.0, 48.0)}
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def checked(content: bytes = b"Hej", name: str = "not.txt") -> Checked:
    return Checked(name, "text/plain", content)


def picture(
    form: str = "JPEG", size: tuple[int, int] = (40, 20), mode: str = "RGB", **options: Any
) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, 255 if mode in ("L", "P") else "red").save(out, form, **options)
    return out.getvalue()


def photo() -> bytes:
    """A photo that says where it was taken, lying on its side."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Telefonmakaren"
    exif.get_ifd(0x8825).update(GPS)
    return picture(exif=exif, comment=b"hemma hos Test", xmp=b"<x:xmpmeta>plats</x:xmpmeta>")


def pdf(**root: Any) -> bytes:
    with pikepdf.new() as made:
        made.add_blank_page()
        for name, value in root.items():
            made.Root[f"/{name}"] = value
        return saved(made)


def saved(made: pikepdf.Pdf, **options: Any) -> bytes:
    out = io.BytesIO()
    made.save(out, **options)
    return out.getvalue()


def package(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def docx(*types: str, **parts: bytes) -> bytes:
    listed = "".join(f'<Override PartName="/p" ContentType="{t}"/>' for t in types or (_MAIN,))
    return package({"[Content_Types].xml": f"<Types>{listed}</Types>".encode(), **parts})


def odt(**parts: bytes) -> bytes:
    mark = b"application/vnd.oasis.opendocument.text"
    return package({"mimetype": mark, "content.xml": b"<x/>", **parts})


def on_disk(folder: Path) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())
