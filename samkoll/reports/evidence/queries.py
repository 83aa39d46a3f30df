"""The evidence of a report: what is known about its questions, for its units and its period."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import override

from samkoll.reports.evidence.registry import SECTION, Counted, Evidence, Subject, evidence
from samkoll.reports.evidence.thresholds import thresholds
from samkoll.reports.models import Kind, Report
from samkoll.reports.parts import places


def of_questions(report: Report, questions: Collection[str]) -> dict[str, Evidence]:
    """Evidence by question; questions that nobody knows anything about are left out.

    A constant number of queries; none at all where nobody offers evidence.
    """
    known = evidence.known(questions)
    if not known:
        return {}
    subject = subject_of(report)
    counts = {key: evidence.providers[key](subject) for key in known}
    return {key: _judged(key, counted) for key, counted in counts.items() if counted}


def of_section(report: Report, section: str) -> Counted | None:
    """What is known about a section and belongs to no question."""
    provider = evidence.providers.get(f"{SECTION}{section}")
    return provider(subject_of(report)) if provider else None


def basis(found: Evidence | None, value: str, report: Report, question: str) -> str:
    """What to keep beside an answer as its basis, in Swedish whatever the writer reads; empty
    for an answer that the evidence does not say."""
    if found is None or found.value is None or found.value != value:
        return ""
    with override("sv"):
        again = of_questions(report, [question]).get(question)
    return again.counted.sentence[:300] if again else ""


def subject_of(report: Report) -> Subject:
    """The units of a part or of a board's report, and the period of its figures."""
    window_first = report.last_month - 11
    board = report.board_id if report.kind == Kind.BOARD else None
    return Subject(
        units=frozenset(places.served(report.unit_id, board, report.last_month.last_day)),
        code=report.unit.code,
        first=window_first.first_day,
        last=report.last_month.last_day,
        year=report.year,
    )


def _judged(key: str, counted: Counted) -> Evidence:
    limit = thresholds().get(key)
    return Evidence(limit.answer(counted.met, counted.of) if limit else None, counted)
