"""Choosing and ending a look."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samkoll.audit import services as audit
from samkoll.core.access import require
from samkoll.core.errors import DomainError
from samkoll.documents.word import filling
from samkoll.documents.word.sample import sample
from samkoll.files import kinds
from samkoll.files import services as files
from samkoll.files.models import StoredFile
from samkoll.org import queries as org
from samkoll.org.models import Unit
from samkoll.reports.form_editor import policies
from samkoll.reports.models import UnitLook
from samkoll.reports.policies import Actor

LARGEST_LOGO = 300_000
"""Bytes of a logo, which stands in every file."""


class BadLook(DomainError):
    """A file that is no Word template or no logo."""


@transaction.atomic
def choose(
    *,
    unit: Unit,
    template: files.Checked | None = None,
    logo: files.Checked | None = None,
    actor: Actor,
    now: datetime,
) -> UnitLook:
    """Give a unit a Word template, a logo or both. What is left out stays as it was.

    The template is filled and written in once before it is taken.
    Raises: PermissionDenied, BadLook, BadWordTemplate.
    """
    require(policies.can_change_forms(actor, now.date()))
    _check(template, logo, now)
    current = UnitLook.objects.filter(unit=unit, ended_at=None)
    earlier = current.select_for_update(of=("self",)).first()
    current.update(ended_at=now)
    look = UnitLook.objects.create(
        unit=unit,
        template=_kept(template, earlier.template if earlier else None, actor, now),
        logo=_kept(logo, earlier.logo if earlier else None, actor, now),
        by=str(actor),
        at=now,
    )
    audit.record("report.look_chosen", actor, look, after=_names(look))
    return look


@transaction.atomic
def end(*, unit: Unit, actor: Actor, now: datetime) -> None:
    """Go back to the look of the unit above, or to the shipped one. Raises: PermissionDenied."""
    require(policies.can_change_forms(actor, now.date()))
    for look in UnitLook.objects.select_for_update(of=("self",)).filter(unit=unit, ended_at=None):
        look.ended_at = now
        look.save(update_fields=["ended_at"])
        audit.record("report.look_ended", actor, look, after=_names(look))


def _check(template: files.Checked | None, logo: files.Checked | None, now: datetime) -> None:
    if template is None and logo is None:
        raise BadLook(_("Välj en Word-mall, en logotyp eller båda."))
    if template is not None:
        if template.content_type != kinds.DOCX.content_type:
            raise BadLook(_("Word-mallen ska vara en DOCX-fil. Spara den så i Word."))
        filling.check(template.content, sample(org.municipality().name, now.date()))
    if logo is not None:
        if logo.content_type not in (kinds.PNG.content_type, kinds.JPEG.content_type):
            raise BadLook(_("Logotypen ska vara en bild i formatet PNG eller JPEG."))
        if len(logo.content) > LARGEST_LOGO:
            raise BadLook(
                _("Logotypen är större än 300 kB. Spara den mindre, till exempel 600 punkter bred.")
            )


def _kept(
    upload: files.Checked | None, earlier: StoredFile | None, actor: Actor, now: datetime
) -> StoredFile | None:
    return files.store(upload=upload, actor=actor, now=now) if upload else earlier


def _names(look: UnitLook) -> dict[str, object]:
    chosen = {"template": look.template, "logo": look.logo, "unit": look.unit}
    return {name: str(value) for name, value in chosen.items() if value}
