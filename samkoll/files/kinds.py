"""What an attachment may be, and why one is not taken. No Django here: a child process reads it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a file is not taken. ``checking.SENTENCES`` has the words."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNKNOWN = "unknown"
    HEIC = "heic"
    OLD_OFFICE = "old_office"
    MACROS = "macros"
    LOCKED = "locked"
    ACTIVE_PDF = "active_pdf"
    FILES_IN_PDF = "files_in_pdf"
    PIXELS = "pixels"
    DAMAGED = "damaged"
    TOO_MUCH = "too_much"


class NotTaken(Exception):
    """The file is not taken, for a reason that can be told."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file: what browsers are told, what people read, and how its names may end."""

    content_type: str
    words: str
    endings: tuple[str, ...]


_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"

JPEG = Kind("image/jpeg", "JPEG", (".jpg", ".jpeg", ".jpe", ".jfif"))
PNG = Kind("image/png", "PNG", (".png",))
WEBP = Kind("image/webp", "WebP", (".webp",))
PDF = Kind("application/pdf", "PDF", (".pdf",))
DOCX = Kind(f"{_OFFICE}.wordprocessingml.document", "Word", (".docx",))
XLSX = Kind(f"{_OFFICE}.spreadsheetml.sheet", "Excel", (".xlsx",))
PPTX = Kind(f"{_OFFICE}.presentationml.presentation", "PowerPoint", (".pptx",))
ODT = Kind(f"{_OPEN}.text", "ODT", (".odt",))
ODS = Kind(f"{_OPEN}.spreadsheet", "ODS", (".ods",))
TEXT = Kind("text/plain", "Text", (".txt",))
CSV = Kind("text/csv", "CSV", (".csv",))

PICTURES = (JPEG, PNG, WEBP)
ALL = (PDF, *PICTURES, DOCX, XLSX, PPTX, ODT, ODS, TEXT, CSV)
BY_TYPE = {kind.content_type: kind for kind in ALL}
