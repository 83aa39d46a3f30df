"""Everything that changes a draft of a form, publishes it, or moves a report to a version."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from samkoll.audit import services as audit
from samkoll.core.access import require
from samkoll.core.errors import DomainError
from samkoll.core.locking import held
from samkoll.reports import services as reports
from samkoll.reports import template_reader
from samkoll.reports.form_editor import content as steps
from samkoll.reports.form_editor import policies, yaml_files
from samkoll.reports.form_editor.displaced import Displaced, displaced
from samkoll.reports.models import Kind, Report, SectionState, Template, TemplateDraft
from samkoll.reports.policies import Actor

OWN_FROM = 101
"""The first version of a form of one's own; those that ship with Samkoll have lower numbers."""
YEARS = range(2000, 2100)


class DraftExists(DomainError):
    """Somebody is already working on that form."""


class DraftChanged(DomainError):
    """Somebody else changed the draft after the page was opened."""


class WrongForm(DomainError):
    """The form is of another kind, or the report has it already."""


@transaction.atomic
def start_draft(*, base: Template, year: int, actor: Actor, now: datetime) -> TemplateDraft:
    """Begin the next version of a form, or another year's, as a copy of ``base``.

    Raises: PermissionDenied, DraftExists, WrongForm.
    """
    require(policies.can_change_forms(actor, now.date()))
    return _begin({**base.content, "year": year}, base, actor, now)


@transaction.atomic
def import_draft(*, text: str, actor: Actor, now: datetime) -> TemplateDraft:
    """Begin a draft from a YAML file as ``yaml_files.written`` writes it.

    Raises: PermissionDenied, BadForm, DraftExists, WrongForm.
    """
    require(policies.can_change_forms(actor, now.date()))
    content = yaml_files.read(text)
    return _begin(content, None, actor, now)


def _begin(
    content: dict[str, Any], base: Template | None, actor: Actor, now: datetime
) -> TemplateDraft:
    kind, year = content["kind"], content["year"]
    if year not in YEARS:
        raise WrongForm(_("Ange ett år mellan 2000 och 2099."))
    version = _next_version(kind, year)
    try:
        with transaction.atomic():
            draft = TemplateDraft.objects.create(
                kind=Kind(kind),
                year=year,
                version=version,
                content={**_alone(content), "version": version},
                base=base,
                changed_by=str(actor),
                changed_at=now,
            )
    except IntegrityError as error:
        raise DraftExists(
            _("Det finns redan ett utkast till %(kind)s %(year)s. Öppna det i listan.")
            % {"kind": Kind(kind).label, "year": year}
        ) from error
    audit.record("template.draft_started", actor, draft, base=str(base or ""))
    return draft


def _alone(content: dict[str, Any]) -> dict[str, Any]:
    """Without the form that a shipped one took its questions from: they are written out."""
    return {name: value for name, value in content.items() if name != "rolls_up"}


def _next_version(kind: str, year: int) -> int:
    own = Template.objects.filter(kind=kind, year=year, version__gte=OWN_FROM)
    newest = own.aggregate(newest=Max("version"))["newest"]
    return newest + 1 if newest else OWN_FROM


@transaction.atomic
def change_draft(
    *, draft_id: int, revision: int, changes: tuple[steps.Change, ...], actor: Actor, now: datetime
) -> TemplateDraft:
    """Make steps on the draft as it was seen.

    Raises: PermissionDenied, DraftChanged, CannotChange, KeyError and IndexError for what is gone.
    """
    require(policies.can_change_forms(actor, now.date()))
    draft = held(TemplateDraft.objects.all(), draft_id)
    if draft.revision != revision:
        raise DraftChanged(
            _(
                "%(name)s har ändrat mallen efter att du öppnade sidan. Öppna sidan igen och gör "
                "om din ändring."
            )
            % {"name": draft.changed_by}
        )
    made = steps.changed(draft.content, *changes)
    if made != draft.content:
        draft.content, draft.revision = made, draft.revision + 1
        draft.changed_by, draft.changed_at = str(actor), now
        draft.save()
        audit.record("template.draft_changed", actor, draft, version=draft.revision)
    return draft


@transaction.atomic
def publish(*, draft_id: int, actor: Actor, now: datetime) -> Template:
    """Make the draft a version that is never changed again. Raises: PermissionDenied, BadForm."""
    require(policies.can_change_forms(actor, now.date()))
    draft = held(TemplateDraft.objects.all(), draft_id)
    version = _next_version(draft.kind, draft.year)
    source = template_reader.stored({**draft.content, "version": version})
    template = reports.store_template(source=source, actor=actor)
    audit.record("template.published", actor, template, base=str(draft.base or ""))
    draft.delete()
    return template


@transaction.atomic
def discard(*, draft_id: int, actor: Actor, now: datetime) -> None:
    """Throw a draft away. Versions and reports stay as they are."""
    require(policies.can_change_forms(actor, now.date()))
    draft = held(TemplateDraft.objects.all(), draft_id)
    audit.record("template.draft_discarded", actor, draft)
    draft.delete()


@transaction.atomic
def change_template(
    *, report_id: int, template_id: int, actor: Actor, now: datetime
) -> tuple[Displaced, ...]:
    """Move a draft report to another version of its form; gives what has no place there.

    Texts, answers and given figures hang on their keys: all are kept, also those without a place.
    Signatures end, as the sections are not those that were signed.
    Raises: PermissionDenied, WrongForm.
    """
    report = held(Report.objects.select_related("template", "unit", "board"), report_id)
    require(policies.can_change_template(actor, report, now.date()))
    template = Template.objects.get(pk=template_id)
    if template.kind != report.kind or template.pk == report.template_id:
        raise WrongForm(_("Välj en annan version av rapportens egen sorts mall."))
    lost = displaced(report, template_reader.form_of(template.content))
    before: dict[str, object] = {"template": str(report.template)}
    report.template = template
    report.save(update_fields=["template"])
    SectionState.objects.filter(report=report).update(signed_by="", signed_at=None)
    after: dict[str, object] = {"template": str(template)}
    kept = [each.what for each in lost]
    audit.record("report.form_changed", actor, report, before=before, after=after, kept=kept)
    return lost
