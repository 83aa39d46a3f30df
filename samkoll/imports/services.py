"""Everything that changes an import: receive, preview, commit, discard, undo, purge.

A commit is all or nothing. The facts are written to a file that is complete and named by its
content before the database transaction begins; only the transaction makes it count. Whatever
kills the process in between leaves at most a file that nobody refers to.

The readers and checks load polars and pyarrow, 60 MB that only the worker and commands need: they
are imported where a file is read, not with the pages.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from samkoll.accounts.models import User
from samkoll.audit import services as audit
from samkoll.core.access import require
from samkoll.core.errors import DomainError
from samkoll.core.locking import held
from samkoll.desk.models import JobState
from samkoll.imports import correcting, decisions, filing, policies, publishing, queries
from samkoll.imports.comparison import MonthChange
from samkoll.imports.faults import FileFault
from samkoll.imports.models import Batch, BatchState, QuarantinedRow
from samkoll.imports.policies import Actor
from samkoll.imports.profiles import Profile
from samkoll.imports.pseudonyms import Pseudonyms
from samkoll.imports.queries import Period
from samkoll.imports.receiving import (
    COMMIT,
    NEEDS_PERIOD,
    PREVIEW,
    QUEUE,
    NoPeriod,
    check_period,
    day,
    days,
    defer,
    of_correction,
    receive,
    refuse_repeated,
    upload,
    vault,
)
from samkoll.stats import deriving

if TYPE_CHECKING:
    from samkoll.imports.checks import Check
    from samkoll.imports.examining import Base, Findings, Progress
    from samkoll.imports.reading import Source

__all__ = ["COMMIT", "NEEDS_PERIOD", "PREVIEW", "QUEUE", "NoPeriod", "receive", "upload"]


class AlreadyAsked(DomainError):
    """A job of this batch is not finished."""


class Overtaken(DomainError):
    """Somebody else ended the batch meanwhile."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file would do, with nothing written down: for the command line's dry run."""

    findings: Findings
    changes: tuple[MonthChange, ...]


def inspect(
    *,
    source: Source,
    profile: Profile,
    now: datetime,
    period: Period | None = None,
    progress: Progress | None = None,
) -> Preview:
    """Read and check a file without keeping anything. Raises: FileFault."""
    from samkoll.imports.examining import examine

    refuse_repeated(source.sha256(), profile)
    findings = examine(source, _check(profile, now), folder=_work(now), progress=progress)
    return Preview(findings, queries.compared(profile, findings.totals, period))


def import_file(
    *,
    source: Source,
    profile: Profile,
    actor: Actor,
    now: datetime,
    period: Period | None = None,
    corrects: Batch | None = None,
    accept_partial: bool = False,
    confirm_drop: bool = False,
    progress: Progress | None = None,
) -> Batch:
    """Read a file and let it count, in one go; all of it or nothing.

    Each month that the file contains is replaced as a whole; records are complete for the
    ``period``, which absences and employments must have. With ``accept_partial`` faulty rows
    go to quarantine and the others count; ``confirm_drop`` accepts months that lose rows.
    Raises: PermissionDenied, FileFault, AlreadyImported, NothingAccepted, FaultyRows, LargeDrop.
    """
    require(policies.can_import(actor, day(now)))
    profile, period = of_correction(corrects, profile, period, actor, now)
    check_period(profile, period)
    sha256 = source.sha256()
    refuse_repeated(sha256, profile)
    batch = Batch(
        file_name=source.name[:200],
        sha256=sha256,
        size=source.size,
        actor_id=actor.pk,
        actor_name=str(actor)[:200],
        created_at=now,
        corrects=corrects,
        **days(period),
    )
    confirmed = {"accept_partial": accept_partial, "confirm_drop": confirm_drop}
    _commit(batch, source, profile, confirmed, actor=actor, now=now, progress=progress)
    return batch


@transaction.atomic
def ask_commit(
    *, batch_id: int, actor: User, accept_partial: bool, confirm_drop: bool, now: datetime
) -> Batch:
    """Have a previewed file committed by a job. What needs a confirmation is asked for at once.

    Raises: PermissionDenied, NothingAccepted, FaultyRows, LargeDrop, AlreadyAsked.
    """
    batch = held(Batch.objects.select_related("job"), batch_id)
    require(policies.can_commit(actor, batch, day(now)))
    if batch.job and batch.job.state in (JobState.WAITING, JobState.RUNNING):
        raise AlreadyAsked(_("Filen håller redan på att läsas. Vänta tills det är klart."))
    decisions.decide_again(
        batch, queries.changes_of(batch), accept_partial=accept_partial, confirm_drop=confirm_drop
    )
    label = _("Inläsning av %(file)s") % {"file": batch.file_name}
    defer(batch, actor, label, COMMIT, accept_partial=accept_partial, confirm_drop=confirm_drop)
    audit.record("import.commit_asked", actor, batch)
    return batch


def preview(
    *, batch_id: int, actor: Actor, now: datetime, progress: Progress | None = None
) -> Batch:
    """Check a received file and write down what it holds; a fault of the file refuses it.

    Nothing counts yet. Raises: PermissionDenied.
    """
    from samkoll.imports.examining import examine

    require(policies.can_import(actor, day(now)))
    batch = Batch.objects.select_related("profile", "corrects__profile").get(pk=batch_id)
    profile = queries.profile_of(batch)
    try:
        findings = examine(
            _stored(batch),
            _check(profile, now),
            folder=_work(now),
            progress=progress,
            base=_base(batch.corrects),
        )
    except FileFault as fault:
        return _end(batch, BatchState.REFUSED, actor, now, reason=str(fault))
    with transaction.atomic():
        _still_open(batch)
        filing.write_findings(batch, findings)
        batch.state = BatchState.PREVIEWED
        batch.save()
        filing.write_rows(batch, findings)
        audit.record("import.previewed", actor, batch, **filing.summary(batch))
    return batch


def commit(
    *,
    batch_id: int,
    actor: Actor,
    now: datetime,
    accept_partial: bool = False,
    confirm_drop: bool = False,
    progress: Progress | None = None,
) -> Batch:
    """Let a previewed file count. It is read once more: the organisation may have changed.

    Raises: PermissionDenied, FileFault, AlreadyImported, NothingAccepted, FaultyRows, LargeDrop.
    """
    batch = Batch.objects.select_related("profile", "corrects__profile").get(pk=batch_id)
    require(policies.can_commit(actor, batch, day(now)))
    source, profile, upload = _stored(batch), queries.profile_of(batch), batch.upload
    confirmed = {"accept_partial": accept_partial, "confirm_drop": confirm_drop}
    _commit(batch, source, profile, confirmed, actor=actor, now=now, progress=progress)
    vault().delete(upload)
    return batch


def derive(*, batch_id: int, actor: Actor, now: datetime, confirm_drop: bool = False) -> Batch:
    """Make months of all records that count, after a batch of records; nothing for months.

    What hinders it is written as the batch's reason: the records count all the same, and the next
    file or ``samkoll stats derive`` tries again. Raises: PermissionDenied.
    """
    batch = Batch.objects.select_related("profile").get(pk=batch_id)
    if batch.profile.kind == publishing.MONTHS:
        return batch
    try:
        made = deriving.derive(
            actor=actor,
            now=now,
            convention=queries.convention(batch),
            confirm_drop=confirm_drop,
        )
    except DomainError as hindrance:
        batch.derivation, batch.reason = None, str(hindrance)
    else:
        batch.derivation, batch.reason = made.pk, ""
    batch.save(update_fields=["derivation", "reason"])
    return batch


def discard(*, batch_id: int, actor: Actor, now: datetime) -> Batch:
    """Drop a file that waits for an answer; the upload is deleted. Raises: PermissionDenied."""
    batch = Batch.objects.get(pk=batch_id)
    require(policies.can_discard(actor, batch, day(now)))
    return _end(batch, BatchState.REFUSED, actor, now, reason=_("Avbruten innan den lästes in."))


@transaction.atomic
def undo(*, batch_id: int, actor: Actor, now: datetime) -> Batch:
    """Take a batch back: each of its months counts again as before it, or not at all.

    A month that a later file has replaced stays with the later file. Quarantined rows are
    deleted. Raises: PermissionDenied.
    """
    filing.lock_imports()
    batch = held(Batch.objects.select_related("profile"), batch_id)
    require(policies.can_undo(actor, batch, day(now)))
    publishing.take_back(batch, actor=actor, now=now)
    batch.quarantined.all().delete()
    batch.derivation, batch.reason = None, ""
    before = audit.state(batch, "state")
    batch.state, batch.ended_at = BatchState.UNDONE, now
    batch.save()
    audit.record("import.undone", actor, batch, before=before, after={"state": batch.state})
    return batch


@transaction.atomic
def purge_quarantine(*, actor: Actor, now: datetime) -> int:
    """Delete quarantined rows whose time is over; returns how many."""
    expired = QuarantinedRow.objects.expired(day(now))
    batches = Batch.objects.filter(pk__in=expired.values("batch").distinct())
    for batch in batches:
        count = expired.filter(batch=batch).count()
        audit.record("import.quarantine_purged", actor, batch, rows=count)
    return expired.delete()[0]


# -- inside ------------------------------------------------------------------------------------


def _commit(
    batch: Batch,
    source: Source,
    profile: Profile,
    confirmed: dict[str, bool],
    *,
    actor: Actor,
    now: datetime,
    progress: Progress | None,
) -> None:
    """Write the facts, decide, and only then let the transaction make them count."""
    from samkoll.imports.examining import examine

    check = _check(profile, now)
    with publishing.writer(profile, batch.sha256) as writer:
        findings = examine(
            source,
            check,
            folder=_work(now),
            sink=writer.write,
            progress=progress,
            base=_base(batch.corrects),
        )
        _decide(batch, profile, findings, confirmed)
        sealed = filing.seal_rows(source, batch.sha256, check, findings, vault())
        staged = writer.finish()
    with transaction.atomic():
        filing.lock_imports()
        _still_open(batch)
        refuse_repeated(batch.sha256, profile)
        _decide(batch, profile, findings, confirmed)
        batch.profile = filing.profile_row(profile)
        batch.state, batch.committed_at = BatchState.COMMITTED, now
        batch.snapshot, batch.upload = staged.sha256, ""
        filing.write_findings(batch, findings)
        batch.save()
        filing.write_rows(batch, findings)
        expires = day(now) + timedelta(days=settings.QUARANTINE_DAYS)
        filing.write_quarantine(batch, sealed, expires)
        publishing.count(staged, batch, actor=actor, now=now)
        audit.record("import.committed", actor, batch, **filing.summary(batch))


def _decide(batch: Batch, profile: Profile, findings: Findings, confirmed: dict[str, bool]) -> None:
    changes = queries.compared(profile, findings.totals, batch.period)
    decisions.decide(findings, changes, **confirmed)


def _end(batch: Batch, state: BatchState, actor: Actor, now: datetime, *, reason: str) -> Batch:
    """Close a batch that never counted, and delete its upload."""
    upload, batch.upload = batch.upload, ""
    with transaction.atomic():
        _still_open(batch)
        batch.state, batch.reason, batch.ended_at = state, reason, now
        batch.save()
        audit.record("import.refused", actor, batch, reason=reason)
    vault().delete(upload)
    return batch


def _still_open(batch: Batch) -> None:
    """Lock a batch that was read outside the transaction. Raises: Overtaken when it has ended."""
    if batch.pk is None:
        return
    state = Batch.objects.select_for_update(of=["self"]).get(pk=batch.pk).state
    if state not in (BatchState.RECEIVED, BatchState.PREVIEWED):
        raise Overtaken(_("Importen avgjordes medan filen lästes. Inget mer har ändrats."))


def _base(corrected: Batch | None) -> Base | None:
    """What the corrected rows are added to."""
    return correcting.base_of(corrected) if corrected else None


def _check(profile: Profile, now: datetime) -> Check:
    from samkoll.imports.examining import checking

    pseudonyms = Pseudonyms.from_key_file(settings.KEY_FILE)
    return checking(profile, queries.units(), pseudonyms, today=day(now))


def _stored(batch: Batch) -> Source:
    from samkoll.imports.reading import Source

    place = vault()
    return Source(batch.file_name, batch.size, lambda: place.open(batch.upload))


def _work(now: datetime) -> Path:
    """Where pseudonymised rows lie while a file is read; readable by the service's user only.

    What a killed import left there more than a day ago is removed.
    """
    folder = Path(settings.FACTS) / "work"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for left in folder.glob("import-*"):
        if left.stat().st_mtime < now.timestamp() - 86_400:
            shutil.rmtree(left, ignore_errors=True)
    return folder
