"""Files on their way in: received, kept encrypted, handed to a worker. See ``services``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samkoll.accounts.models import User
from samkoll.audit import services as audit
from samkoll.core.access import require
from samkoll.core.errors import DomainError
from samkoll.desk import services as desk
from samkoll.imports import filing, policies, queries
from samkoll.imports.faults import FileFault
from samkoll.imports.filing import AlreadyImported
from samkoll.imports.models import Batch
from samkoll.imports.policies import Actor
from samkoll.imports.profiles import Profile
from samkoll.imports.queries import Period
from samkoll.imports.vault import Stored, Vault

QUEUE = "imports"
PREVIEW = "samkoll.imports.jobs.preview"
COMMIT = "samkoll.imports.jobs.commit"
NEEDS_PERIOD = ("absence", "employment")


class NoPeriod(DomainError):
    """Nobody has said for which days a file of records is complete."""


def receive(
    *,
    name: str,
    blocks: Iterable[bytes],
    profile: Profile,
    actor: Actor,
    now: datetime,
    period: Period | None = None,
    corrects: Batch | None = None,
) -> Batch:
    """Keep an uploaded file encrypted until it has been previewed and answered.

    Raises: PermissionDenied, FileFault for an empty file, AlreadyImported.
    """
    require(policies.can_import(actor, day(now)))
    place = vault()
    stored = place.store(blocks)
    try:
        return _opened(
            name, stored, profile=profile, actor=actor, now=now, period=period, corrects=corrects
        )
    except BaseException:
        place.delete(stored.name)
        raise


@transaction.atomic
def upload(
    *,
    name: str,
    stored: Stored,
    profile: Profile,
    actor: User,
    now: datetime,
    period: Period | None = None,
    corrects: Batch | None = None,
) -> Batch:
    """Have a file previewed that lies in the vault already, by a job whose progress pages show.

    Raises: as ``receive``; the caller then deletes the stored file.
    """
    require(policies.can_import(actor, day(now)))
    batch = _opened(
        name, stored, profile=profile, actor=actor, now=now, period=period, corrects=corrects
    )
    label = _("Kontroll av %(file)s") % {"file": batch.file_name}
    defer(batch, actor, label, PREVIEW)
    audit.record("import.preview_asked", actor, batch)
    return batch


@transaction.atomic
def _opened(
    name: str,
    stored: Stored,
    *,
    profile: Profile,
    actor: Actor,
    now: datetime,
    period: Period | None,
    corrects: Batch | None = None,
) -> Batch:
    if not stored.size:
        raise FileFault(_("Filen %(name)s är tom.") % {"name": name})
    profile, period = of_correction(corrects, profile, period, actor, now)
    check_period(profile, period)
    refuse_repeated(stored.sha256, profile)
    batch = Batch.objects.create(
        file_name=name[:200],
        sha256=stored.sha256,
        size=stored.size,
        profile=filing.profile_row(profile),
        upload=stored.name,
        actor_id=actor.pk,
        actor_name=str(actor)[:200],
        created_at=now,
        corrects=corrects,
        **days(period),
    )
    audit.record("import.received", actor, batch, after={"file": batch.file_name})
    return batch


def of_correction(
    corrects: Batch | None, profile: Profile, period: Period | None, actor: Actor, now: datetime
) -> tuple[Profile, Period | None]:
    """Profile and period: those of the import that a file corrects. Raises: PermissionDenied."""
    if corrects is None:
        return profile, period
    require(policies.can_correct(actor, corrects, day(now)))
    return queries.profile_of(corrects), corrects.period


def check_period(profile: Profile, period: Period | None) -> None:
    """Absences and employments say nothing of where the file begins and ends. Raises: NoPeriod."""
    if period is None and profile.kind in NEEDS_PERIOD:
        raise NoPeriod(_("Ange vilken period filen gäller: från och med, till och med."))
    if period is not None and period[1] < period[0]:
        raise NoPeriod(_("Periodens sista dag ligger före den första."))


def days(period: Period | None) -> dict[str, date]:
    return {"period_first": period[0], "period_last": period[1]} if period else {}


def refuse_repeated(sha256: str, profile: Profile) -> None:
    known = queries.committed(sha256, profile)
    if known is not None:
        raise AlreadyImported(known)


def defer(batch: Batch, actor: User, label: str, task: str, **arguments: bool) -> None:
    """Open a job for the batch and hand it to a worker once the transaction has ended."""
    batch.job = desk.open_job(owner=actor, label=label[:200])
    batch.save(update_fields=["job"])
    asked = {"batch_id": batch.pk, "job_id": batch.job.pk, "actor_id": actor.pk, **arguments}

    def send() -> None:
        from procrastinate.contrib.django import app

        app.configure_task(task, queue=QUEUE).defer(**asked)

    transaction.on_commit(send)


def vault() -> Vault:
    return Vault.from_key_file(settings.UPLOADS, settings.KEY_FILE)


def day(now: datetime) -> date:
    return timezone.localtime(now).date()
