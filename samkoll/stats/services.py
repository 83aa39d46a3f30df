"""Everything that changes which facts count: a batch's months are published or taken back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from samkoll.audit import services as audit
from samkoll.audit.services import Actor
from samkoll.stats.changing import LimitTaken, remove_limit, save_cost_year, save_limit
from samkoll.stats.facts import MonthTotals, StagedSnapshot
from samkoll.stats.keeping import keep_records, withdraw_records
from samkoll.stats.models import MonthVersion, Snapshot, VersionState

__all__ = [
    "LimitTaken",
    "keep_records",
    "publish",
    "remove_limit",
    "retract",
    "save_cost_year",
    "save_limit",
    "withdraw_records",
]


@transaction.atomic
def publish(staged: StagedSnapshot, *, batch: str, actor: Actor, now: datetime) -> Snapshot:
    """Let each month of a finished file count instead of the source's earlier version of it.

    All of it or nothing. The file must lie at its final name already. A file that was taken back
    may be published again by another batch.
    """
    snapshot, _new = Snapshot.objects.get_or_create(
        sha256=staged.sha256,
        defaults={
            "source": staged.source,
            "convention": staged.convention,
            "knows": list(staged.knows),
            "rows": staged.rows,
            "created_at": now,
        },
    )
    replaced = _current(staged.source, [each.month for each in staged.months])
    MonthVersion.objects.filter(pk__in=[version.pk for version in replaced.values()]).update(
        state=VersionState.SUPERSEDED
    )
    MonthVersion.objects.bulk_create(
        _version(snapshot, each, replaced.get(each.month), batch, now) for each in staged.months
    )
    audit.record(
        "stats.published",
        actor,
        snapshot,
        batch=batch,
        rows=staged.rows,
        months=[each.month for each in staged.months],
        replaced=sorted(replaced),
    )
    return snapshot


@transaction.atomic
def retract(
    *, batch: str, actor: Actor, now: datetime, months: Iterable[int] | None = None
) -> None:
    """Take a batch's months back, all unless told: each counts again as before the batch, or not
    at all.

    A month that a later batch has replaced stays with the later batch. Files stay: reports that
    were made from them can still be worked out again.
    """
    chosen = {} if months is None else {"month__in": list(months)}
    ours = list(
        MonthVersion.objects.select_for_update(of=["self"])
        .filter(batch=batch, **chosen)
        .exclude(state=VersionState.WITHDRAWN)
        .select_related("snapshot")
        .order_by("month")
    )
    was_current = [version for version in ours if version.state == VersionState.CURRENT]
    MonthVersion.objects.filter(pk__in=[version.pk for version in ours]).update(
        state=VersionState.WITHDRAWN
    )
    restored = [before for version in was_current if (before := _standing_before(version))]
    MonthVersion.objects.filter(pk__in=[version.pk for version in restored]).update(
        state=VersionState.CURRENT
    )
    for snapshot in {version.snapshot for version in ours}:
        audit.record(
            "stats.retracted",
            actor,
            snapshot,
            batch=batch,
            months=[version.month for version in ours if version.snapshot == snapshot],
            restored=[version.month for version in restored],
            at=now,
        )


def _current(source: str, months: list[int]) -> dict[int, MonthVersion]:
    rows = MonthVersion.objects.select_for_update(of=["self"]).current()
    return {row.month: row for row in rows.filter(source=source, month__in=months)}


def _version(
    snapshot: Snapshot, each: MonthTotals, replaces: MonthVersion | None, batch: str, now: datetime
) -> MonthVersion:
    return MonthVersion(
        snapshot=snapshot,
        source=snapshot.source,
        month=each.month,
        batch=batch,
        state=VersionState.CURRENT,
        replaces=replaces,
        rows=each.rows,
        totals=each.totals,
        published_at=now,
    )


def _standing_before(version: MonthVersion) -> MonthVersion | None:
    """The nearest earlier version that has not been taken back."""
    before = version.replaces
    while before is not None and before.state == VersionState.WITHDRAWN:
        before = before.replaces
    return before
