"""Actions as rows of lists, and the words and colours of their states."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from samkoll.actions.models import OPEN, Action, HandUp, Severity, Status
from samkoll.actions.registry import origins
from samkoll.web.page import Words
from samkoll.web.tables import State, Tone


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action as lists, plans and exports show it. Words come ready, days as days.

    ``severity``: word, level and colour of the worst risk that it serves, None without one.
    ``ended_on``: the day on which it was done or dropped. ``is_handed_up``: a question about it
    waits for an answer.
    """

    pk: int
    title: str
    wanted_effect: str
    unit_code: str
    unit: str
    origin: Words
    level: int | None
    severity: State | None
    responsible: str
    responsible_title: str
    due_date: date
    ended_on: date | None
    follow_up_on: date | None
    status: State
    effect: str
    is_overdue: bool
    is_handed_up: bool


_COLUMNS = (
    "title",
    "wanted_effect",
    "unit__code",
    "unit__name",
    "origin",
    "level",
    "severity",
    "responsible__name",
    "responsible_title",
    "due_date",
    "ended_on",
    "follow_up_on",
    "status",
    "effect",
)


def listed(actions: QuerySet[Action]) -> QuerySet[Action]:
    """The actions with all that ``row`` needs: one query however many there are."""
    waiting = HandUp.objects.filter(action=OuterRef("pk"), answer="")
    return (
        actions.select_related("unit", "responsible")
        .only(*_COLUMNS)
        .annotate(is_handed_up=Exists(waiting))
    )


def row(action: Action, today: date) -> ActionRow:
    """One action of ``listed`` as a row."""
    return ActionRow(
        pk=action.pk,
        title=action.title,
        wanted_effect=action.wanted_effect,
        unit_code=action.unit.code,
        unit=action.unit.name,
        origin=origins.label(action.origin),
        level=action.level,
        severity=severity_state(action.severity, action.level),
        responsible=action.responsible.name,
        responsible_title=action.responsible_title,
        due_date=action.due_date,
        ended_on=action.ended_on,
        follow_up_on=action.follow_up_on,
        status=status_state(action.status),
        effect=action.get_effect_display(),
        is_overdue=is_overdue(action, today),
        is_handed_up=action.is_handed_up,  # type: ignore[attr-defined]
    )


def rows(actions: Iterable[Action], today: date) -> list[ActionRow]:
    """Actions of ``listed`` as rows, in their order."""
    return [row(action, today) for action in actions]


def is_overdue(action: Action, today: date) -> bool:
    """Open and past due. Due today is not overdue."""
    return action.status in OPEN and action.due_date < today


_STATUS = {
    Status.PLANNED: Tone.NEUTRAL,
    Status.ONGOING: Tone.INFO,
    Status.DONE: Tone.WARNING,
    Status.CLOSED: Tone.SUCCESS,
    Status.DROPPED: Tone.NEUTRAL,
}
_SEVERITY = {
    Severity.LOW: Tone.NEUTRAL,
    Severity.MEDIUM: Tone.INFO,
    Severity.HIGH: Tone.WARNING,
    Severity.VERY_HIGH: Tone.DANGER,
}


def status_state(status: str) -> State:
    """A status as word, icon and colour."""
    return State(Status(status).label, _STATUS[Status(status)])


def severity_state(severity: int | None, level: int | None) -> State | None:
    """A band of a risk matrix as word, level and colour: "Hög (9)". None for none.

    The words are those of ``Severity``; whoever has the matrix's own makes its own ``State``.
    """
    if severity is None:
        return None
    word = Severity(severity).label
    return State(f"{word} ({level})" if level else word, _SEVERITY[Severity(severity)])
