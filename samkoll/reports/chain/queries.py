"""Where reports stand in the chain: what is missing before the next step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from samkoll.reports.chain.steps import Standing
from samkoll.reports.form_of_report import codes_above
from samkoll.reports.models import Answer, Comment, CommentFrom, Kind, Report, SectionState, Status
from samkoll.reports.template_conditions import Known, applied
from samkoll.reports.template_data import AnswerValue, Form, Section
from samkoll.reports.template_reader import form_of


def signed_sections(form: Form) -> tuple[Section, ...]:
    """The sections that somebody answers for: those with anything in them."""
    return tuple(section for section in form.sections if section.parts)


def standing(report: Report) -> Standing:
    """Where one report stands."""
    return standings([report])[report.pk]


def standings(reports: Iterable[Report]) -> dict[int, Standing]:
    """Where reports stand, by id: four queries at most, whatever their number.

    The reports come with their templates and boards.
    """
    rows = list(reports)
    ids = [row.pk for row in rows]
    signed: dict[int, set[str]] = defaultdict(set)
    states = SectionState.objects.filter(report__in=ids, signed_at__isnull=False)
    for pk, key in states.values_list("report", "key"):
        signed[pk].add(key)
    commented: dict[int, set[CommentFrom]] = defaultdict(set)
    for pk, of in Comment.objects.filter(report__in=ids).values_list("report", "of"):
        commented[pk].add(CommentFrom(of))
    answers = _answers(ids)
    forms = _forms(rows, answers)
    return {
        row.pk: Standing(
            kind=Kind(row.kind),
            status=Status(row.status),
            sections=tuple(section.key for section in signed_sections(forms[row.pk])),
            signed=frozenset(signed[row.pk]),
            commented=frozenset(commented[row.pk]),
            asked=len(questions := _asked(forms[row.pk])),
            unanswered=len(questions - answers[row.pk].keys()),
            has_facts=bool(row.facts),
        )
        for row in rows
    }


def own_form(report: Report) -> Form:
    """The form of a report without the sections that it does not have."""
    return _forms([report], _answers([report.pk]))[report.pk]


def _answers(ids: list[int]) -> dict[int, dict[str, AnswerValue]]:
    found: dict[int, dict[str, AnswerValue]] = {pk: {} for pk in ids}
    rows = Answer.objects.filter(report__in=ids).values_list("report", "question", "value")
    for pk, question, value in rows:
        found[pk][question] = value  # type: ignore[assignment]
    return found


def _forms(rows: list[Report], answers: Mapping[int, Mapping[str, AnswerValue]]) -> dict[int, Form]:
    """Each report's own form: without the sections that it does not have."""
    by_template = {row.template_id: row.template for row in rows}
    forms = {pk: form_of(template.content) for pk, template in by_template.items()}
    choosing = [row for row in rows if any(s.only_when for s in forms[row.template_id].sections)]
    codes = codes_above(choosing)
    found = {row.pk: forms[row.template_id] for row in rows}
    for row in choosing:
        board = row.board.code if row.board else ""
        known = Known(answers[row.pk], board, codes.get(row.unit_id, ()))
        found[row.pk] = applied(found[row.pk], known)
    return found


def _asked(form: Form) -> set[str]:
    """The questions that a report answers itself."""
    return set() if form.sums_up else {question.key for _section, question in form.questions()}
