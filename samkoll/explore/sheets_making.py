"""Making the sheets of a month: figures once, then one workbook and one PDF for each manager."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from samkoll.core.months import Month
from samkoll.documents import writers
from samkoll.explore import sheets, sheets_document, sheets_workbook
from samkoll.explore.sheets import Receiver
from samkoll.stats.queries import BoundFacts

FORMATS = ("xlsx", "pdf")
Progress = Callable[[int, int, str], None]
_PLAIN = str.maketrans("åäöéüÅÄÖÉÜ", "aaoeuAAOEU")


@dataclass(frozen=True, slots=True)
class Made:
    """One manager's finished files, and the sheet that they were written from."""

    sheet: sheets.Sheet
    xlsx: bytes
    pdf: bytes


def no_progress(done: int, total: int, step: str) -> None:
    """For callers that nobody watches."""


def make(
    wanted: Sequence[Receiver],
    *,
    facts: BoundFacts,
    month: Month,
    produced_on: date,
    progress: Progress = no_progress,
) -> Iterator[Made]:
    """One manager after another. Raises: NoSheetMonth."""
    shared = sheets.ground(facts, month)
    for done, receiver in enumerate(wanted):
        progress(done, len(wanted), receiver.names)
        sheet = sheets.sheet(receiver, shared)
        paper = sheets_document.document(sheet, produced_on=produced_on)
        pdf = writers.render(paper, formats=("pdf",))["pdf"]
        yield Made(sheet, sheets_workbook.workbook(sheet, produced_on=produced_on), pdf)
    progress(len(wanted), len(wanted), "")


def file_name(receiver: Receiver, month: Month, form: str) -> str:
    """``statistik-2024-04-BUF-SOL-17.xlsx``: month, the first unit's code, the person's number.

    A person's number, because two managers may share the code of a unit that has moved.
    """
    code = re.sub(r"[^A-Za-z0-9]+", "-", receiver.units[0].code.translate(_PLAIN)).strip("-")
    return f"statistik-{month}-{code}-{receiver.person.pk}.{form}"
