"""Which sections of a form a report has: some only when something is so. No Django here.

A condition about an answer, a board or a unit is decided when the report is read, so that a
section that does not apply is neither asked, counted nor printed. Whether a figure exists is
decided when the report is composed: until then its section can be written in.
``docs/rules/report-forms.md`` has worked examples.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from samkoll.reports.template_data import AnswerValue, Form, Section


@dataclass(frozen=True, slots=True)
class AnswerIs:
    """A question of the same form has one of these answers; not while it is unanswered."""

    question: str
    values: tuple[AnswerValue, ...]


@dataclass(frozen=True, slots=True)
class BoardIs:
    """The report is one of these boards', by code."""

    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitIs:
    """The report's unit is one of these, or lies below one of them, by code."""

    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FigureExists:
    """The metric has a figure for the report's own period, shown or protected."""

    metric: str


Condition = AnswerIs | BoardIs | UnitIs | FigureExists


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a report when it is read. ``units``: its own code and those above."""

    answers: Mapping[str, AnswerValue]
    board: str
    units: Collection[str]


def applied(form: Form, known: Known) -> Form:
    """The form without the sections that the report does not have."""

    def holds(condition: Condition) -> bool:
        match condition:
            case AnswerIs(question, values):
                return known.answers.get(question) in values
            case BoardIs(codes):
                return known.board in codes
            case UnitIs(codes):
                return not set(codes).isdisjoint(known.units)
            case FigureExists():
                return True

    return _kept(form, lambda section: all(map(holds, section.only_when)))


def with_figures(form: Form, exists: Callable[[str], bool]) -> Form:
    """The form without the sections whose figure does not exist. ``exists``: by metric."""

    def holds(section: Section) -> bool:
        wanted = (c.metric for c in section.only_when if isinstance(c, FigureExists))
        return all(map(exists, wanted))

    return _kept(form, holds)


def _kept(form: Form, holds: Callable[[Section], bool]) -> Form:
    """A section takes the sections below it with it."""
    if not any(section.only_when for section in form.sections):
        return form
    gone = tuple(f"{section.number}." for section in form.sections if not holds(section))
    sections = (s for s in form.sections if not f"{s.number}.".startswith(gone))
    return replace(form, sections=tuple(sections)) if gone else form
