"""Attachments as pages show them. Who may see one is for whoever links to it to say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from samkoll.core.text import number
from samkoll.files import kinds
from samkoll.files.models import StoredFile


@dataclass(frozen=True, slots=True)
class FileRow:
    """One attachment in a list. ``words``: kind and size, "PDF, 1,2 MB"."""

    pk: int
    name: str
    words: str
    is_picture: bool
    owner_name: str
    stored_at: datetime


def row(stored: StoredFile) -> FileRow:
    """The attachment as it is listed; no query."""
    kind = kinds.BY_TYPE[stored.content_type]
    return FileRow(
        pk=stored.pk,
        name=stored.name,
        words=f"{kind.words}, {size(stored.size)}",
        is_picture=kind in kinds.PICTURES,
        owner_name=stored.owner_name,
        stored_at=stored.stored_at,
    )


def size(size: int) -> str:
    """Bytes as people read them: ``1,2 MB``, ``87 kB``; never 0."""
    if size >= 1_000_000:
        return f"{number(Decimal(size) / 1_000_000, 1)} MB"
    return f"{number(max(Decimal(1), Decimal(size) / 1000))} kB"
