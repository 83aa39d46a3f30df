"""Everything that people have written about a report, as one frozen value for composition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from samkoll.core.months import Month, Window
from samkoll.reports.template_data import AnswerValue, Form, Words
from samkoll.risks.queries import ReportedRisk
from samkoll.stats.engine.hierarchy import Scope


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer as it was given."""

    value: AnswerValue
    comment: str
    basis: str = ""
    """What Samkoll counted; empty for an answer on a person's word."""


@dataclass(frozen=True, slots=True)
class GatheredPart:
    """A part that a report gathers: ``answers`` by question, None until it is handed in."""

    pk: int
    name: str
    answers: Mapping[str, AnswerValue] | None


@dataclass(frozen=True, slots=True)
class Given:
    """A number as it was typed, now and for the period before."""

    current: Decimal | None
    previous: Decimal | None
    source: str


@dataclass(frozen=True, slots=True)
class Overridden:
    """An answer that replaces the proposed one, with its reason and who decided it."""

    value: AnswerValue
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Said:
    """A comment on the report, as it is printed: ``of`` whom, and when it was treated."""

    of: str
    text: str
    held_on: date | None


@dataclass(frozen=True, slots=True)
class Decided:
    """What the board did with the report. ``nature``: in words ("Nämnden beslutade")."""

    nature: str
    decided_on: date
    paragraph: str
    text: str


@dataclass(frozen=True, slots=True)
class PlannedMeasure:
    """A measure of a plan. ``form``: its code; ``form_name`` and ``health_factor``: in words."""

    heading: str
    done: str
    plan: str
    form: str
    form_name: str
    time_plan: str
    responsible: str
    health_factor: str


@dataclass(frozen=True, slots=True)
class Material:
    """One report's content. ``texts``: (section, part) -> text. ``facts``: pinned references.

    ``parts``: the units' and departments' parts that the report gathers. ``comments`` and
    ``decision``: what the chain has added. ``correction``: why this version replaces another.
    ``measures``: of a plan. ``whole_id``: the municipality. ``months``: what a brief looks back on.
    """

    pk: int
    form: Form
    words: Words
    unit_id: int
    unit_code: str
    unit_name: str
    board_id: int | None
    board_code: str
    board_name: str
    year: int
    month: Month
    previous_month: Month
    status: str
    diary_number: str
    facts: list[dict[str, Any]]
    extracted_at: datetime | None
    texts: Mapping[tuple[str, str], str]
    answers: Mapping[str, Answered]
    given: Mapping[str, Given]
    overrides: Mapping[str, Overridden]
    previous_risks: tuple[ReportedRisk, ...]
    current_risks: tuple[ReportedRisk, ...]
    parts: tuple[GatheredPart, ...] = ()
    version: int = 1
    correction: str = ""
    comments: tuple[Said, ...] = ()
    decision: Decided | None = None
    measures: tuple[PlannedMeasure, ...] = ()
    whole_id: int = 0
    months: int = 12

    @property
    def scope(self) -> Scope:
        """What the figures are about; the municipality's report has no board."""
        return Scope(unit=self.unit_id, board=self.board_id)

    @property
    def window(self) -> Window:
        return Window.rolling(self.month)

    @property
    def previous_window(self) -> Window:
        return Window.rolling(self.previous_month)

    @property
    def name(self) -> str:
        """Whose report it is: the board, or the municipality."""
        return self.board_name or self.unit_name

    def asked(self, question: str) -> Answered | None:
        """The answer to a question that the report's own form asks; a section that does not stand
        asks nothing, whatever was answered before."""
        asks = any(asked.key == question for _section, asked in self.form.questions())
        return self.answers.get(question) if asks else None

    def risks(self, which: str) -> tuple[ReportedRisk, ...]:
        return self.previous_risks if which == "previous" else self.current_risks
