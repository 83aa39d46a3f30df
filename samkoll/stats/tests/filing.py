"""Person-months of the named town, written and published as an import would."""

from __future__ import annotations

from datetime import UTC, datetime

import polars as pl
from django.conf import settings

from samkoll.audit.services import CommandLine
from samkoll.core.months import Month
from samkoll.stats import services
from samkoll.stats.engine.facts import COLUMNS, arrow_schema
from samkoll.stats.facts import SnapshotWriter
from samkoll.stats.models import MonthVersion
from samkoll.stats.tests import world

NOW = datetime(2024, 5, 15, 12, tzinfo=UTC)
LAST = Month.of(2023, 12)
ACTOR = CommandLine()
HOURS_AND_LEAVERS = "additional,overtime,departure"


def frame(rows):
    """Rows as the import hands them over."""
    return pl.DataFrame(rows, schema=pl.DataFrame(arrow_schema({}).empty_table()).schema)


def people(unit, count, *, first=LAST - 23, last=LAST, start=1, women=None, **given):
    """``count`` persons of one unit in every month; all women unless told."""
    women = count if women is None else women
    return [
        world.row(
            person=unit * 10_000 + start + n,
            employment=unit * 10_000 + start + n,
            unit=unit,
            month=month,
            sex=1 if n < women else 2,
            **given,
        )
        for month in range(first.index, last.index + 1)
        for n in range(count)
    ]


def stage(rows, *, convention="day_split", batch="1", knows=HOURS_AND_LEAVERS):
    """A finished file that does not count yet."""
    metadata = {"source": "payroll", "convention": convention, "batch": batch, "knows": knows}
    rows = sorted(rows, key=lambda r: (r["month"], r["unit"], r["sex"]))
    with SnapshotWriter(settings.FACTS, metadata) as writer:
        writer.write(frame([{name: r[name] for name, _ in COLUMNS} for r in rows]))
        return writer.finish()


def number() -> str:
    """A name for the next batch that no import has."""
    return f"test-{MonthVersion.objects.values('batch').distinct().count() + 1}"


def publish(rows, *, batch="", **options):
    """A batch of rows that counts; numbered unless it has a name."""
    batch = batch or number()
    staged = stage(rows, batch=batch, **options)
    return services.publish(staged, batch=batch, actor=ACTOR, now=NOW)
