"""Merging one's own section with what somebody else saved meanwhile.

What the section was when the form was opened is read from the change log: each save of a section
logs its version and what every changed field was before it.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, TypeVar

from samkoll.audit.models import Change
from samkoll.reports.inputs import (
    AnswerInput,
    EditConflict,
    GivenInput,
    SectionInput,
    plain,
)
from samkoll.reports.merging import merge
from samkoll.reports.models import Answer, GivenFigure, Report, SectionState, Text

T = TypeVar("T")
Base = dict[str, Any]
"""What each field was at the form's version, for those that have changed since."""


def merged(report: Report, state: SectionState, version: int, typed: SectionInput) -> SectionInput:
    """Both people's changes in one. Raises: EditConflict where both changed the same place."""
    base = _base(report, state, version)
    if base is None:
        places = frozenset({*typed.texts, *typed.answers, *typed.given})
        raise EditConflict(state.version, state.changed_by, typed, places)
    collided: set[str] = set()
    both = SectionInput(
        texts=_texts(report, state.key, typed, base, collided),
        answers=_answers(report, typed, base, collided),
        given=_given(report, typed, base, collided),
    )
    if collided:
        raise EditConflict(state.version, state.changed_by, both, frozenset(collided))
    return both


def _base(report: Report, state: SectionState, version: int) -> Base | None:
    """None when the log does not reach back to the form's version."""
    rows = Change.objects.filter(
        action="report.edited",
        object_type=Report._meta.label_lower,
        object_id=str(report.pk),
        details__section=state.key,
        details__version__gt=version,
    ).order_by("-pk")
    changes = list(rows.values_list("before", flat=True))
    if len(changes) != state.version - version:
        return None
    base: Base = {}
    for before in changes:
        base |= before
    return base


def _texts(
    report: Report, section: str, typed: SectionInput, base: Base, collided: set[str]
) -> dict[str, str]:
    rows = Text.objects.filter(report=report, section=section, part__in=typed.texts)
    now = dict(rows.values_list("part", "text"))
    found = {}
    for part, text in typed.texts.items():
        mine, theirs = plain(text), now.get(part, "")
        both = merge(base.get(part, theirs), mine, theirs)
        if both is None:
            collided.add(part)
        found[part] = mine if both is None else both
    return found


def _answers(
    report: Report, typed: SectionInput, base: Base, collided: set[str]
) -> dict[str, AnswerInput]:
    rows = Answer.objects.filter(report=report, question__in=typed.answers)
    now = {a.question: AnswerInput(a.value, a.comment) for a in rows}
    found = {}
    for key, typed_answer in typed.answers.items():
        mine = AnswerInput(typed_answer.value, typed_answer.comment.strip())
        theirs = now.get(key, AnswerInput(""))
        before = AnswerInput(*base[key]) if key in base else theirs
        found[key] = _one(before, mine, theirs, key, collided)
    return found


def _given(
    report: Report, typed: SectionInput, base: Base, collided: set[str]
) -> dict[str, GivenInput]:
    rows = GivenFigure.objects.filter(report=report, key__in=typed.given)
    now = {g.key: GivenInput(g.current, g.previous, g.source) for g in rows}
    found = {}
    for key, mine in typed.given.items():
        theirs = now.get(key, GivenInput(None))
        before = _given_of(base[key]) if key in base else theirs
        found[key] = _one(before, mine, theirs, key, collided)
    return found


def _given_of(logged: list[Any]) -> GivenInput:
    """The log holds numbers as texts."""
    current, previous = (None if v is None else Decimal(v) for v in logged[:2])
    return GivenInput(current, previous, logged[2])


def _one(before: T, mine: T, theirs: T, key: str, collided: set[str]) -> T:
    """A field that cannot be merged within: whoever changed it wins, both collide."""
    if mine == before:
        return theirs
    if theirs not in (before, mine):
        collided.add(key)
    return mine
