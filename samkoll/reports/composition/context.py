"""What every part of a document is composed from, and small words that many parts share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from samkoll.core.text import number
from samkoll.documents.content import Block
from samkoll.reports.figures import Figures
from samkoll.reports.material import Material
from samkoll.reports.registers import NONE, Register
from samkoll.reports.template_data import GivenField, Part, Section

GIVEN = "Angiven, inte beräknad"
NOT_GIVEN = "Uppgiften är inte angiven."
PROTECTED_MARK = "Skyddad: gruppen är för liten, eller skulle avslöja en för liten grupp."
MISSING_MARK = "Underlag saknas för perioden."
UNANSWERED = "Ej besvarad"


@dataclass(frozen=True, slots=True)
class Context:
    """One report, the figures that it is composed with, and the day of composition.

    ``boards``: the board reports that a municipality's report sums up, in order. ``register``:
    what a brief tells of.
    """

    report: Material
    figures: Figures
    produced_on: date
    boards: tuple[Material, ...] = ()
    register: Register = NONE

    def say(self, text: str) -> str:
        """A text of the form with its variables replaced."""
        return self.report.words.fill(text)


Composer = Callable[[Context, Section, Part], list[Block]]


def with_unit(value: Decimal, field: GivenField) -> str:
    """A given number as running text: ``3,4 procent``."""
    return f"{number(value, field.decimals)} {field.unit}".strip()
