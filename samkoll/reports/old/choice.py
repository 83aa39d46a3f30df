"""What a person has chosen of an old document, and what became of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from samkoll.org.models import Board, Unit
from samkoll.reports.models import Report


@dataclass(frozen=True, slots=True)
class Choice:
    """Where a document belongs, and the places in ``Found`` of what is right in it."""

    year: int
    unit: Unit
    board: Board | None
    texts: Collection[int] = ()
    answers: Collection[int] = ()
    given: Collection[int] = ()
    risks: Collection[int] = ()
    measures: Collection[int] = ()


@dataclass(slots=True)
class Confirmed:
    """The report, and a sentence for each thing that was chosen and yet left out."""

    report: Report
    left_out: list[str] = field(default_factory=list)
