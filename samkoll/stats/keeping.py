"""Which record files of an HR system count: kept, delivered again, taken back.

A file is complete for its period. For those days it speaks instead of everything of its source and
kind that was kept before; what it says of days before its period are late registrations, which go
before what earlier files say of the same days. ``docs/rules/spells.md`` tells it with numbers.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from samkoll.audit import services as audit
from samkoll.audit.services import Actor
from samkoll.core.errors import DomainError
from samkoll.stats.models import RecordFile, VersionState
from samkoll.stats.records.writer import StagedRecords

_LOCK = 0x5A4D4B02


class EmptyPeriod(DomainError):
    """A record file has no days: no rows, or an end before its beginning."""


@transaction.atomic
def keep_records(
    staged: StagedRecords,
    *,
    source: str,
    batch: str,
    actor: Actor,
    now: datetime,
    period: tuple[date, date] | None = None,
) -> RecordFile:
    """Let a finished record file count for its period; facts change when they are derived next.

    ``period``: the days for which the file is complete. Unless told they are the first and the
    last day that its rows name, but never later than today. The same rows for the same period of
    a file that counts already change nothing: that file is the answer.
    Raises: EmptyPeriod.
    """
    lock()
    first, last = period or _period(staged, now.date())
    if last < first:
        raise EmptyPeriod(_("Periodens sista dag ligger före den första."))
    known = RecordFile.objects.current().filter(kind=staged.kind, source=source)
    same = known.filter(sha256=staged.sha256, first_day=first, last_day=last).first()
    if same is not None:
        return same
    inside = list(known.filter(first_day__gte=first, last_day__lte=last).order_by("pk"))
    kept = RecordFile.objects.create(
        kind=staged.kind,
        source=source,
        sha256=staged.sha256,
        batch=batch,
        first_day=first,
        last_day=last,
        state=VersionState.CURRENT,
        rows=staged.rows,
        totals=staged.totals,
        kept_at=now,
    )
    RecordFile.objects.filter(pk__in=[file.pk for file in inside]).update(
        state=VersionState.SUPERSEDED, replaced_by=kept
    )
    audit.record(
        "stats.records_kept",
        actor,
        kept,
        batch=batch,
        kind=staged.kind,
        rows=staged.rows,
        period=[first, last],
        replaced=[file.pk for file in inside],
    )
    return kept


@transaction.atomic
def withdraw_records(*, batch: str, actor: Actor, now: datetime) -> tuple[RecordFile, ...]:
    """Take a batch's record files back; those that they superseded count again.

    A file that a later one has superseded stays so, under the later one. Files stay on disk.
    """
    lock()
    ours = RecordFile.objects.filter(batch=batch).exclude(state=VersionState.WITHDRAWN)
    found = tuple(ours.order_by("pk"))
    for file in found:
        heir = file.replaced_by
        back = file.replaces.order_by("pk")
        restored = [] if heir else list(back.values_list("pk", flat=True))
        if heir:
            back.update(replaced_by=heir)
        else:
            back.update(state=VersionState.CURRENT, replaced_by=None)
        file.state, file.replaced_by = VersionState.WITHDRAWN, None
        file.save(update_fields=["state", "replaced_by"])
        audit.record("stats.records_withdrawn", actor, file, batch=batch, restored=restored, at=now)
    return found


def _period(staged: StagedRecords, today: date) -> tuple[date, date]:
    if staged.first is None or staged.last is None:
        raise EmptyPeriod(_("Filen har inga rader. Ange vilken period den gäller."))
    return staged.first, max(staged.first, min(staged.last, today))


def lock() -> None:
    """Let nobody keep or withdraw record files until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
