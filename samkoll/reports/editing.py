"""Editing one section of a report, so that two people who write at once lose nothing.

A form carries the version of the section that it was opened with. Whoever saves second has it
merged with what the other one wrote, by paragraphs and by fields (``merging_edits``). Where both
changed the same place nothing is saved: ``EditConflict`` shows both, and a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from samkoll.audit import services as audit
from samkoll.core.access import require
from samkoll.core.locking import held
from samkoll.reports import answering, lengths, merging_edits, policies, template_reader
from samkoll.reports.inputs import (
    AnswerInput,
    AnswerMissing,
    Changes,
    EditConflict,
    GivenInput,
    NotInSection,
    ReasonMissing,
    Saved,
    SectionInput,
    TooLong,
    plain,
)
from samkoll.reports.models import GivenFigure, Report, SectionState, Text
from samkoll.reports.template_data import Form, RiskCommentsPart, Section

__all__ = [
    "AnswerInput",
    "AnswerMissing",
    "EditConflict",
    "GivenInput",
    "NotInSection",
    "ReasonMissing",
    "Saved",
    "SectionInput",
    "TooLong",
    "edit_section",
]
_RISK = re.compile(r"risk-\d+")


@transaction.atomic
def edit_section(
    *,
    report_id: int,
    section: str,
    version: int,
    typed: SectionInput,
    actor: policies.Actor,
    today: date,
) -> Saved:
    """Save texts, answers and given figures of one section; whoever had signed it, signs again.

    Raises: PermissionDenied, EditConflict, NotInSection, TooLong, AnswerMissing, ReasonMissing.
    """
    report = held(Report.objects.select_related("template", "unit", "board"), report_id)
    require(policies.can_edit(actor, report, today))
    form = template_reader.form_of(report.template.content)
    _check(form, section, typed)
    state, _new = SectionState.objects.get_or_create(report=report, key=section)
    merged_with = ""
    if state.version != version:
        typed = merging_edits.merged(report, state, version, typed)
        merged_with = state.changed_by
    answers = answering.changed(report, form, typed.answers)
    changes = {
        **_save_texts(report, section, typed.texts),
        **answering.save(report, answers),
        **_save_given(report, typed.given),
    }
    if changes:
        state.version, state.changed_by = state.version + 1, str(actor)
        state.signed_by, state.signed_at = "", None
        state.save()
        _record(report, state, changes, actor)
    return Saved(state.version, merged_with)


def _record(report: Report, state: SectionState, changes: Changes, actor: policies.Actor) -> None:
    """The log holds the version too: what a text was at a version is read from there."""
    before, after = ({key: pair[i] for key, pair in changes.items()} for i in (0, 1))
    audit.record(
        "report.edited", actor, report, before=before, after=after,
        section=state.key, version=state.version,
    )  # fmt: skip


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


def _save_texts(report: Report, section: str, texts: Mapping[str, str]) -> Changes:
    rows = {t.part: t for t in Text.objects.filter(report=report, section=section)}
    changes: Changes = {}
    for part, typed in texts.items():
        row = rows.get(part) or Text(report=report, section=section, part=part)
        text = plain(typed)
        if row.text != text:
            changes[part] = (row.text, text)
            row.text = text
            row.save()
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
