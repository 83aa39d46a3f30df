"""Reports without a database: the shipped forms, made-up material and made-up figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from samkoll.core.months import Month
from samkoll.reports import template_reader
from samkoll.reports.composition import Context
from samkoll.reports.figures import GroupShown, Shown
from samkoll.reports.material import Answered, Given, Material, Overridden
from samkoll.reports.template_data import Words
from samkoll.risks.queries import ActionRow, ReportedRisk

MONTH, BEFORE, FIRST = Month.of(2023, 12), Month.of(2022, 12), Month.of(2021, 1)
TAKEN = datetime(2024, 4, 30, 9, 0, tzinfo=UTC)
TODAY = date(2024, 5, 15)


def form(kind, year=None):
    """The first form of a kind as it ships, or a year's."""
    named = f"{kind}-{year or '*'}.yaml"
    path = min(template_reader.FOLDER.glob(named))
    return template_reader.form_of(template_reader.source(path).content)


@dataclass
class PaperFigures:
    """Figures by (unit, board, metric, sex, year); everything else has ``otherwise``."""

    values: Mapping[Any, str | None] = field(default_factory=dict)
    otherwise: str | None = "5.0"
    first: Month = FIRST
    convention: str = "day_split"
    staff_groups: tuple[GroupShown, ...] = ()

    def shown(self, scope, metric, sex, month):
        key = (scope.unit, scope.board, metric, sex, month.year)
        value = self.values.get(key, self.otherwise)
        return Shown(None, "protected") if value is None else Shown(Decimal(value), "shown")

    @property
    def months(self):
        return frozenset(range(self.first.index, MONTH.index + 1))

    def certificate(self, scope, metric, sex, month):
        return None

    def groups(self, scope, metrics, month):
        return self.staff_groups

    def group_certificate(self, scope, metric, month, name):
        return None

    def convention_of(self, months):
        return self.convention

    def hashes_of(self, months):
        return ("0123456789abcdef" * 4,)


def action(title="Ny process", status="closed", effect="Ordning och reda."):
    words = {"closed": "Avslutad", "ongoing": "Pågående"}
    end = date(2024, 3, 31)
    return ActionRow(1, title, effect, status, words[status], "Förvaltningschef", end, "")


def risk(*actions, pk=7, title="Hög arbetsbelastning", level=12):
    return ReportedRisk(pk, title, level, True, "Enheten", "", actions)


def board(pk=1, name="Kommunstyrelsen", **changes):
    """A board's report with nothing written in it yet."""
    material = Material(
        pk=pk, form=form("board"), words=Words("Exempelkommunen", 2024),
        unit_id=10 + pk, unit_code="KSF", unit_name="Kommunstyrelsens förvaltning",
        board_id=pk, board_code="KS", board_name=name, year=2024, month=MONTH,
        previous_month=BEFORE, status="Utkast", diary_number="KS-2024/976", facts=[],
        extracted_at=TAKEN, texts={}, answers={}, given={}, overrides={},
        previous_risks=(), current_risks=(),
    )  # fmt: skip
    return replace(material, **changes)


def municipality(**changes):
    """The municipality's report with nothing written in it yet."""
    values = {
        "form": form("municipality"), "unit_id": 1, "unit_code": "EXK", "board_id": None,
        "unit_name": "Exempelkommunen", "board_code": "", "board_name": "",
    }  # fmt: skip
    return replace(board(pk=99), **(values | changes))


def answered(**answers):
    """Answers by question, without comments."""
    return {question: Answered(value, "") for question, value in answers.items()}


def given(current, previous=None, source=""):
    previous = None if previous is None else Decimal(previous)
    return Given(Decimal(current), previous, source)


def overridden(value, reason):
    return Overridden(value, reason, "Test HR", TAKEN)


def context(material, figures=None, boards=()):
    return Context(material, figures or PaperFigures(), TODAY, tuple(boards))
