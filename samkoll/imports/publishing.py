"""What becomes of a file's facts, by kind: months are published, records are kept.

The writers load polars and pyarrow; they are imported where a file is read.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, cast

from django.conf import settings

from samkoll.imports.models import Batch
from samkoll.imports.policies import Actor
from samkoll.imports.profiles import Profile
from samkoll.stats import services as stats
from samkoll.stats.facts import SnapshotWriter, StagedSnapshot

if TYPE_CHECKING:
    from samkoll.stats.records import Kind, RecordWriter, StagedRecords

MONTHS = "months"


def writer(profile: Profile, sha256: str) -> SnapshotWriter | RecordWriter:
    """Takes the facts of a file and ends as an immutable file that does not count yet."""
    if profile.kind != MONTHS:
        from samkoll.stats.records import RecordWriter

        return RecordWriter(settings.FACTS, cast("Kind", profile.kind))
    metadata = {
        "source": profile.source,
        "convention": profile.convention,
        "batch": sha256,
        "knows": profile.knows,
    }
    return SnapshotWriter(settings.FACTS, metadata)


def count(
    staged: StagedSnapshot | StagedRecords, batch: Batch, *, actor: Actor, now: datetime
) -> None:
    """Let the finished file count. Raises: EmptyPeriod."""
    if isinstance(staged, StagedSnapshot):
        stats.publish(staged, batch=str(batch.pk), actor=actor, now=now)
        return
    stats.keep_records(
        staged,
        source=batch.profile.source,
        batch=str(batch.pk),
        actor=actor,
        now=now,
        period=batch.period,
    )


def take_back(batch: Batch, *, actor: Actor, now: datetime) -> None:
    """Let what counted before the batch count again."""
    if batch.profile.kind == MONTHS:
        stats.retract(batch=str(batch.pk), actor=actor, now=now)
    else:
        stats.withdraw_records(batch=str(batch.pk), actor=actor, now=now)
