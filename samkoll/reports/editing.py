"""Editing one section of a report, so that two people who write at once lose nothing.

A form carries the version of the section that it was opened with. Whoever saves second gets
``EditConflict`` with what the other one wrote, sees both, and decides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from samkoll.audit import services as audit
from samkoll.core.access import require
from samkoll.core.errors import DomainError
from samkoll.core.locking import held
from samkoll.reports import lengths, policies, template_reader
from samkoll.reports.models import Answer, GivenFigure, Report, SectionState, Text
from samkoll.reports.template_data import Form, RiskCommentsPart, Section

_RISK = re.compile(r"risk-\d+")


@dataclass(frozen=True, slots=True)
class AnswerInput:
    """A chosen answer, or "" to take it back."""

    value: str
    comment: str = ""


@dataclass(frozen=True, slots=True)
class GivenInput:
    """A typed number for this period and for the one before; None where nothing was typed."""

    current: Decimal | None
    previous: Decimal | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class SectionInput:
    """What a form of one section holds. What it leaves out stays as it is."""

    texts: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, AnswerInput] = field(default_factory=dict)
    given: Mapping[str, GivenInput] = field(default_factory=dict)


class EditConflict(DomainError):
    """Somebody else saved the section first. ``version`` is theirs."""

    def __init__(self, version: int, changed_by: str) -> None:
        self.version, self.changed_by = version, changed_by
        super().__init__(
            _("%(name)s sparade avsnittet medan du skrev. Jämför texterna och spara igen.")
            % {"name": changed_by}
        )


class NotInSection(DomainError):
    """A field that the section does not have, or an answer that the question does not allow."""


class TooLong(DomainError):
    """A text with more characters than its form allows."""


class AnswerMissing(DomainError):
    """A comment on a question without an answer."""


@transaction.atomic
def edit_section(
    *,
    report_id: int,
    section: str,
    version: int,
    typed: SectionInput,
    actor: policies.Actor,
    today: date,
) -> SectionState:
    """Save texts, answers and given figures of one section.

    Raises: PermissionDenied, EditConflict, NotInSection, TooLong, AnswerMissing.
    """
    report = held(Report.objects.select_related("template", "unit"), report_id)
    require(policies.can_edit(actor, report, today))
    form = template_reader.form_of(report.template.content)
    _check(form, section, typed)
    state, _new = SectionState.objects.get_or_create(report=report, key=section)
    if state.version != version:
        raise EditConflict(state.version, state.changed_by)
    changes = {
        **_save_texts(report, section, typed.texts),
        **_save_answers(report, typed.answers),
        **_save_given(report, typed.given),
    }
    if changes:
        state.version, state.changed_by = version + 1, str(actor)
        state.save()
        before, after = ({key: pair[i] for key, pair in changes.items()} for i in (0, 1))
        audit.record("report.edited", actor, report, before=before, after=after, section=section)
    return state


def _check(form: Form, key: str, typed: SectionInput) -> None:
    section = next((s for s in form.sections if s.key == key), None)
    if section is None:
        raise NotInSection(_("Rapporten har inget avsnitt som heter %(key)s.") % {"key": key})
    risks = any(isinstance(part, RiskCommentsPart) for part in section.parts)
    texts = {part.key for part in section.texts}
    strange = [k for k in typed.texts if k not in texts and not (risks and _RISK.fullmatch(k))]
    strange += [key for key in typed.given if key not in _typed_here(form, section)]
    asked = {} if form.sums_up else {q.key: q for q in section.questions}
    for question, answer in typed.answers.items():
        if question not in asked or answer.value not in ("", *asked[question].answers):
            strange.append(question)
    if strange:
        raise NotInSection(_("Avsnittet har inte fältet %(field)s.") % {"field": strange[0]})
    for part, text in typed.texts.items():
        if said := lengths.too_long(text, section.longest(part)):
            raise TooLong(said)


def _typed_here(form: Form, section: Section) -> set[str]:
    """Given fields that this form types itself: sums of the boards' are not typed again."""
    return {f.key for f in section.given if not form.sums_up or f.roll_up == "none"}


Changes = dict[str, tuple[object, object]]


def _save_texts(report: Report, section: str, texts: Mapping[str, str]) -> Changes:
    rows = {t.part: t for t in Text.objects.filter(report=report, section=section)}
    changes: Changes = {}
    for part, typed in texts.items():
        row = rows.get(part) or Text(report=report, section=section, part=part)
        text = typed.replace("\r\n", "\n").strip()
        if row.text != text:
            changes[part] = (row.text, text)
            row.text = text
            row.save()
    return changes


def _save_answers(report: Report, answers: Mapping[str, AnswerInput]) -> Changes:
    rows = {a.question: a for a in Answer.objects.filter(report=report, question__in=answers)}
    changes: Changes = {}
    for question, typed in answers.items():
        row = rows.get(question) or Answer(report=report, question=question)
        before, after = (row.value, row.comment), (typed.value, typed.comment.strip())
        if before == after:
            continue
        if typed.comment and not typed.value:
            raise AnswerMissing(_("Välj ett svar till din kommentar."))
        changes[question] = (before, after)
        row.value, row.comment = after
        if typed.value:
            row.save()
        else:
            row.delete()
    return changes


def _save_given(report: Report, given: Mapping[str, GivenInput]) -> Changes:
    rows = {g.key: g for g in GivenFigure.objects.filter(report=report, key__in=given)}
    changes: Changes = {}
    for key, typed in given.items():
        row = rows.get(key) or GivenFigure(report=report, key=key)
        before = (row.current, row.previous, row.source)
        after = (typed.current, typed.previous, typed.source.strip())
        if before == after:
            continue
        changes[key] = (before, after)
        row.current, row.previous, row.source = after
        row.save()
    return changes
