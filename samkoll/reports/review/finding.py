"""A finding: which rule, why in Swedish, and the places that contradict each other."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands. ``line`` and ``page`` count from 1; 0 when the form has none."""

    document: str
    heading: str = ""
    line: int = 0
    page: int = 0

    @property
    def words(self) -> str:
        """``rad 12, under ”Sjukfrånvaro”``."""
        numbers = (("sida", self.page), ("rad", self.line))
        parts = [f"{word} {number}" for word, number in numbers if number]
        if self.heading:
            parts.append(f"under ”{self.heading}”")
        return ", ".join(parts) or "i början"


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of a document and where they stand."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Finding:
    """One contradiction."""

    rule: str
    why: str
    quotations: tuple[Quotation, ...]

    @property
    def lines(self) -> frozenset[tuple[str, int]]:
        """Documents and lines that it points to."""
        return frozenset((q.place.document, q.place.line) for q in self.quotations)
