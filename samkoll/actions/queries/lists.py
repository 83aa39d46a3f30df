"""Actions as rows of lists, and the words and colours of their states."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from samkoll.actions.models import OPEN, Action, Effect, HandUp, Severity, Status
from samkoll.actions.registry import origins
from samkoll.core.statements import Statement, any_of
from samkoll.web.page import Words
from samkoll.web.tables import State, Tone


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action as lists, plans and exports show it. Words come ready, days as days.

    ``severity``: word, level and colour of the worst risk that it serves, None without one.
    ``ended_on``: the day on which it was done or dropped; ``to_judge_on``: the day to judge the
    effect of what is done. ``is_handed_up``: a question about it waits for an answer.
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
    to_judge_on: date | None
    status: State
    effect: str
    is_overdue: bool
    is_handed_up: bool


_COLUMNS = (
    "pk",
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


def listed(actions: QuerySet[Action]) -> QuerySet[Action, tuple[Any, ...]]:
    """The actions as all that ``rows`` needs: one query however many there are."""
    waiting = HandUp.objects.filter(action=OuterRef("pk"), answer="")
    return actions.values_list(*_COLUMNS, Exists(waiting))


def rows(found: Iterable[tuple[Any, ...]], today: date) -> list[ActionRow]:
    """Actions of ``listed`` as rows, in their order."""
    said = _Words()
    return [_row(_Read(*values), said, today) for values in found]


def rows_of(keys: Sequence[int], today: date) -> list[ActionRow]:
    """The actions with these keys as rows, in the order of the keys. One query."""
    found = {row.pk: row for row in rows(_LISTED.ask(keys=keys), today)}
    return [found[pk] for pk in keys if pk in found]


class _Read(NamedTuple):
    """What ``listed`` reads of an action, in its order."""

    pk: int
    title: str
    wanted_effect: str
    unit_code: str
    unit: str
    origin: str
    level: int | None
    severity: int | None
    responsible: str
    responsible_title: str
    due_date: date
    ended_on: date | None
    follow_up_on: date | None
    status: str
    effect: str
    is_handed_up: bool


def _row(read: _Read, said: _Words, today: date) -> ActionRow:
    return ActionRow(
        pk=read.pk,
        title=read.title,
        wanted_effect=read.wanted_effect,
        unit_code=read.unit_code,
        unit=read.unit,
        origin=origins.label(read.origin),
        level=read.level,
        severity=said.severity(read.severity, read.level),
        responsible=read.responsible,
        responsible_title=read.responsible_title,
        due_date=read.due_date,
        ended_on=read.ended_on,
        follow_up_on=read.follow_up_on,
        to_judge_on=read.follow_up_on if read.status == Status.DONE else None,
        status=said.status[read.status],
        effect=said.effect[read.effect],
        is_overdue=_is_overdue(read.status, read.due_date, today),
        is_handed_up=read.is_handed_up,
    )


class _Words:
    """States and labels in the reader's language, made once for all rows."""

    def __init__(self) -> None:
        self.status = {status.value: status_state(status) for status in Status}
        self.effect = {"": "", **{effect.value: str(effect.label) for effect in Effect}}
        self._severities: dict[tuple[int | None, int | None], State | None] = {}

    def severity(self, severity: int | None, level: int | None) -> State | None:
        """See ``severity_state``."""
        key = severity, level
        if key not in self._severities:
            self._severities[key] = severity_state(severity, level)
        return self._severities[key]


def _of_keys(keys: list[int]) -> QuerySet[Action, tuple[Any, ...]]:
    return listed(Action.objects.filter(any_of("pk", keys)))


_LISTED = Statement(_of_keys, {"keys": list})


def is_overdue(action: Action, today: date) -> bool:
    """Open and past due. Due today is not overdue."""
    return _is_overdue(action.status, action.due_date, today)


def _is_overdue(status: str, due_date: date, today: date) -> bool:
    return status in OPEN and due_date < today


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
    return State(str(Status(status).label), _STATUS[Status(status)])


def severity_state(severity: int | None, level: int | None) -> State | None:
    """A band of a risk matrix as word, level and colour: "Hög (9)". None for none.

    The words are those of ``Severity``; whoever has the matrix's own makes its own ``State``.
    """
    if severity is None:
        return None
    word = Severity(severity).label
    return State(f"{word} ({level})" if level else word, _SEVERITY[Severity(severity)])
