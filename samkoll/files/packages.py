"""Office documents: a zip of the right form, without macros, programs and passwords."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

from samkoll.files.kinds import DOCX, ODS, ODT, PPTX, XLSX, Kind, NotTaken, Reason

MOST_PARTS = 10_000
MOST_BYTES = 1_000_000_000  # of all parts unpacked; nothing is unpacked here but two lists
_LIST_BYTES = 2_000_000
_LIST, _MANIFEST = "[Content_Types].xml", "META-INF/manifest.xml"
_MAIN = {f"{kind.content_type}.main+xml": kind for kind in (DOCX, XLSX, PPTX)}
_OPEN = {kind.content_type.encode(): kind for kind in (ODT, ODS)}


def check(content: bytes) -> Kind:
    """Which kind of document it is. Raises: NotTaken; anything else when it is damaged."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = package.infolist()
        _check_size(parts)
        names = {part.filename for part in parts}
        if len(names) != len(parts):  # programs would not agree on which part counts
            raise NotTaken(Reason.DAMAGED)
        if _LIST in names:
            return _office(package, names)
        if "mimetype" in names:
            return _open_document(package, names)
    raise NotTaken(Reason.UNKNOWN)


def _check_size(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
        raise NotTaken(Reason.TOO_MUCH)
    if any(part.flag_bits & 1 for part in parts):
        raise NotTaken(Reason.LOCKED)


def _office(package: zipfile.ZipFile, names: set[str]) -> Kind:
    root = ElementTree.fromstring(_read(package, _LIST))
    types = {each.get("ContentType", "") for each in root}
    if any("macroEnabled" in type_ or "vbaProject" in type_ for type_ in types):
        raise NotTaken(Reason.MACROS)
    if any(_is_program(name.lower()) for name in names):
        raise NotTaken(Reason.MACROS)
    found = {_MAIN[type_] for type_ in types if type_ in _MAIN}
    if len(found) != 1:
        raise NotTaken(Reason.UNKNOWN)
    return found.pop()


def _is_program(name: str) -> bool:
    inside = "/embeddings/" in name and name.endswith(".bin")
    return inside or "vbaproject" in name or "/activex/" in name


def _open_document(package: zipfile.ZipFile, names: set[str]) -> Kind:
    kind = _OPEN.get(_read(package, "mimetype").strip())
    if kind is None or "content.xml" not in names:
        raise NotTaken(Reason.UNKNOWN)
    if any(name.startswith(("Basic/", "Scripts/")) for name in names):
        raise NotTaken(Reason.MACROS)
    if _MANIFEST in names and b"encryption-data" in _read(package, _MANIFEST):
        raise NotTaken(Reason.LOCKED)
    return kind


def _read(package: zipfile.ZipFile, name: str) -> bytes:
    with package.open(name) as part:
        content = part.read(_LIST_BYTES + 1)
    if len(content) > _LIST_BYTES:
        raise NotTaken(Reason.TOO_MUCH)
    return content
