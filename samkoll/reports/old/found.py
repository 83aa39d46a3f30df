"""What was found in an old report, as frozen values that can be stored. No Django here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from samkoll.reports.template_data import AnswerValue, FormKind, Which

State = Literal["planned", "ongoing", "closed", "dropped", ""]
WorkForm = Literal["project", "process", "ongoing", ""]


@dataclass(frozen=True, slots=True)
class FoundText:
    """A running text. ``part``: the form's text key, or ``risk-<place>`` in ``Found.risks``."""

    section: str
    part: str
    text: str


@dataclass(frozen=True, slots=True)
class FoundAnswer:
    """An answer to a question of the form, with the question as the document words it."""

    question: str
    value: AnswerValue
    asked: str
    comment: str = ""


@dataclass(frozen=True, slots=True)
class FoundGiven:
    """A count or another typed number, with the row's words."""

    key: str
    label: str
    current: Decimal
    previous: Decimal | None = None


@dataclass(frozen=True, slots=True)
class FoundFigure:
    """A figure of a table that Samkoll computes itself; kept to be compared."""

    label: str
    metric: str
    sex: str
    month: str
    shown: str


@dataclass(frozen=True, slots=True)
class FoundAction:
    """A measure of a risk. ``due`` is None when the document gives no day."""

    title: str
    state: State = ""
    due: date | None = None
    responsible: str = ""
    wanted_effect: str = ""


@dataclass(frozen=True, slots=True)
class FoundRisk:
    """A risk. ``which``: last year's, with how its measures ended, or this year's."""

    which: Which
    title: str
    level: int | None
    actions: tuple[FoundAction, ...]


@dataclass(frozen=True, slots=True)
class FoundMeasure:
    """A measure of an account and action plan: what is done, the plan, how and when."""

    title: str
    account: str
    plan: str
    work_form: WorkForm = ""
    time_plan: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Everything that was understood, and quotations of what was not (``strange``).

    ``board`` is the name as printed; empty for the municipality's report and for plans.
    """

    kind: FormKind
    year: int | None
    board: str
    diary_number: str
    texts: tuple[FoundText, ...] = ()
    answers: tuple[FoundAnswer, ...] = ()
    given: tuple[FoundGiven, ...] = ()
    figures: tuple[FoundFigure, ...] = ()
    risks: tuple[FoundRisk, ...] = ()
    measures: tuple[FoundMeasure, ...] = ()
    strange: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing was understood."""
        return not (self.texts or self.answers or self.given or self.risks or self.measures)


def to_json(found: Found) -> dict[str, Any]:
    """As plain values: numbers and days as text."""
    plain: dict[str, Any] = _plain(asdict(found))
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, Decimal | date) else value


def from_json(raw: Mapping[str, Any]) -> Found:
    """The inverse of ``to_json``."""
    return Found(
        kind=raw["kind"],
        year=raw["year"],
        board=raw["board"],
        diary_number=raw["diary_number"],
        texts=tuple(FoundText(**each) for each in raw["texts"]),
        answers=tuple(FoundAnswer(**each) for each in raw["answers"]),
        given=tuple(map(_given, raw["given"])),
        figures=tuple(FoundFigure(**each) for each in raw["figures"]),
        risks=tuple(map(_risk, raw["risks"])),
        measures=tuple(FoundMeasure(**each) for each in raw["measures"]),
        strange=tuple(raw["strange"]),
    )


def _given(raw: Mapping[str, Any]) -> FoundGiven:
    before = raw["previous"]
    previous = Decimal(before) if before is not None else None
    return FoundGiven(raw["key"], raw["label"], Decimal(raw["current"]), previous)


def _risk(raw: Mapping[str, Any]) -> FoundRisk:
    actions = tuple(
        FoundAction(**each | {"due": date.fromisoformat(each["due"]) if each["due"] else None})
        for each in raw["actions"]
    )
    return FoundRisk(raw["which"], raw["title"], raw["level"], actions)
