"""From an upload to content that may be stored, or a sentence. Knows no database."""

from __future__ import annotations

from dataclasses import dataclass

from samkoll.core.errors import DomainError


class Refused(DomainError):
    """The file is too large, of a kind that is not taken, damaged, or does things by itself."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be stored: its shown name, its kind by content, and the content to keep."""

    name: str
    content_type: str
    content: bytes
