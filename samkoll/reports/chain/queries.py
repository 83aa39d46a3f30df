"""Where reports stand in the chain: what is missing before the next step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Count

from samkoll.reports.chain.steps import Standing
from samkoll.reports.models import Answer, Comment, CommentFrom, Kind, Report, SectionState, Status
from samkoll.reports.template_data import Form, Section
from samkoll.reports.template_reader import form_of


def signed_sections(form: Form) -> tuple[Section, ...]:
    """The sections that somebody answers for: those with anything in them."""
    return tuple(section for section in form.sections if section.parts)


def standing(report: Report) -> Standing:
    """Where one report stands."""
    return standings([report])[report.pk]


def standings(reports: Iterable[Report]) -> dict[int, Standing]:
    """Where reports stand, by id: three queries whatever their number.

    The reports come with their templates.
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
    counts = Answer.objects.filter(report__in=ids).order_by().values_list("report")
    answers = dict(counts.annotate(n=Count("pk")).values_list("report", "n"))
    keys: dict[int, tuple[str, ...]] = {}
    for row in rows:
        if row.template_id not in keys:
            parts = signed_sections(form_of(row.template.content))
            keys[row.template_id] = tuple(section.key for section in parts)
    questions = asked(rows)
    return {
        row.pk: Standing(
            kind=Kind(row.kind),
            status=Status(row.status),
            sections=keys[row.template_id],
            signed=frozenset(signed[row.pk]),
            commented=frozenset(commented[row.pk]),
            unanswered=max(0, questions[row.pk] - answers.get(row.pk, 0)),
            has_facts=bool(row.facts),
        )
        for row in rows
    }


def asked(reports: Iterable[Report]) -> dict[int, int]:
    """How many questions each report answers itself, by id. The reports come with templates."""
    found: dict[int, int] = {}
    of_form: dict[int, int] = {}
    for row in reports:
        if row.template_id not in of_form:
            form = form_of(row.template.content)
            of_form[row.template_id] = 0 if form.sums_up else len(list(form.questions()))
        found[row.pk] = of_form[row.template_id]
    return found
