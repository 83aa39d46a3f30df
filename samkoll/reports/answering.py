"""Saving answers: what Samkoll counted is kept beside them, what the parts say has to be met."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samkoll.reports.evidence import queries as evidence
from samkoll.reports.inputs import AnswerInput, AnswerMissing, Changes, ReasonMissing
from samkoll.reports.models import Answer, Report
from samkoll.reports.parts import queries as parts
from samkoll.reports.roll_up import of_parts
from samkoll.reports.template_data import Form


@dataclass(frozen=True, slots=True)
class Changed:
    """An answer to save: the row as it is, what was typed, and what it was computed from."""

    row: Answer
    typed: AnswerInput
    basis: str


def changed(report: Report, form: Form, answers: Mapping[str, AnswerInput]) -> list[Changed]:
    """The answers that differ from what is stored. Raises: AnswerMissing, ReasonMissing."""
    rows = {a.question: a for a in Answer.objects.filter(report=report, question__in=answers)}
    new = {}
    for question, typed in answers.items():
        clean = AnswerInput(typed.value, typed.comment.strip())
        row = rows.get(question) or Answer(report=report, question=question)
        if clean.comment and not clean.value:
            raise AnswerMissing(_("Välj ett svar till din kommentar."))
        if (row.value, row.comment) != (clean.value, clean.comment):
            new[question] = (row, clean)
    if not new:
        return []
    _check_reasons(report, form, {key: typed for key, (_row, typed) in new.items()})
    found = evidence.of_questions(report, new)
    return [
        Changed(row, typed, evidence.basis(found.get(key), typed.value, report, key))
        for key, (row, typed) in new.items()
    ]


def _check_reasons(report: Report, form: Form, answers: Mapping[str, AnswerInput]) -> None:
    below = parts.gathered([report]).get(parts.key_of(report), ())
    for question, typed in answers.items():
        rolled = of_parts(form.question(question), {p.name: p.answers for p in below})
        against = typed.value and rolled.proposal not in (None, typed.value)
        if against and not typed.comment and rolled.proposal:
            raise ReasonMissing(question, form.word(rolled.proposal))


def save(report: Report, answers: list[Changed]) -> Changes:
    """Store changed answers, and take back those without a value."""
    changes: Changes = {}
    for each in answers:
        row, after = each.row, (each.typed.value, each.typed.comment)
        changes[row.question] = ((row.value, row.comment), after)
        row.value, row.comment = after
        row.basis = each.basis
        if row.value:
            row.save()
        else:
            row.delete()
    return changes
