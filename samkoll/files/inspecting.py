"""Which kind of file some bytes are, and what of them is kept. Goes by content, not by name."""

from __future__ import annotations

import re

from samkoll.files import kinds
from samkoll.files.kinds import Kind, NotTaken, Reason

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # Office before 2007, and newer with a password
_NOT_TEXT = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_HEIF = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"}


def inspect(content: bytes, ending: str) -> tuple[Kind, bytes]:
    """The kind, and the content to keep: pictures are drawn anew, all else is as it was.

    ``ending``: how the name ends (".csv"); plain text has no mark of its own, so only here it says
    something.

    Raises: NotTaken.
    """
    try:
        return _inspected(content, ending.lower())
    except NotTaken:
        raise
    except MemoryError:
        raise NotTaken(Reason.TOO_MUCH) from None
    except Exception:  # libraries raise anything at bytes that somebody has twisted
        raise NotTaken(Reason.DAMAGED) from None


def _inspected(content: bytes, ending: str) -> tuple[Kind, bytes]:
    if picture := _picture(content):
        from samkoll.files import pictures

        return picture, pictures.redrawn(content, picture)
    if content.startswith(b"%PDF-"):
        from samkoll.files import pdfs

        pdfs.check(content)
        return kinds.PDF, content
    if content.startswith(b"PK\x03\x04"):
        from samkoll.files import packages

        return packages.check(content), content
    return _text(content, ending), content


def _picture(content: bytes) -> Kind | None:
    if content.startswith(b"\xff\xd8\xff"):
        return kinds.JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return kinds.PNG
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return kinds.WEBP
    if content[4:8] == b"ftyp" and content[8:12] in _HEIF:
        raise NotTaken(Reason.HEIC)
    return None


def _text(content: bytes, ending: str) -> Kind:
    if not content:
        raise NotTaken(Reason.EMPTY)
    if content.startswith(_OLE):
        raise NotTaken(Reason.OLD_OFFICE)
    found = next((kind for kind in (kinds.TEXT, kinds.CSV) if ending in kind.endings), None)
    if found is None or _NOT_TEXT.search(content) or not _readable(content):
        raise NotTaken(Reason.UNKNOWN)
    return found


def _readable(content: bytes) -> bool:
    for encoding in ("utf-8", "cp1252"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False
