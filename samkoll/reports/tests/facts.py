"""Payroll facts for the named town: so many women and men in a unit, every month alike."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import polars as pl
from django.conf import settings

from samkoll.audit.services import CommandLine
from samkoll.core.months import Month
from samkoll.stats import services
from samkoll.stats.engine.facts import COLUMNS, MAN, WOMAN
from samkoll.stats.facts import SnapshotWriter
from samkoll.stats.tests.filing import number

NOW = datetime(2024, 4, 30, 9, 0, tzinfo=UTC)
KINDS = {
    "uint64": pl.UInt64, "int32": pl.Int32, "uint8": pl.UInt8, "int16": pl.Int16,
    "bool": pl.Boolean, "string": pl.String,
}  # fmt: skip


def publish(town, people, *, first=(2022, 1), last=(2023, 12), convention="day_split", batch=""):
    """``people``: unit code -> (women, men). Each works 160 hours a month; women are ill for 16
    of them (4 short), men for 8 (2 short); everybody has 1 hour of overtime."""
    batch = batch or number()
    rows = [
        _row(town.units[code].pk, month, sex, number)
        for month in range(Month.of(*first).index, Month.of(*last).index + 1)
        for code, counts in people.items()
        for sex, count in zip((WOMAN, MAN), counts, strict=True)
        for number in range(count)
    ]
    frame = pl.DataFrame(rows, schema={n: KINDS[k] for n, k in COLUMNS}, orient="row")
    metadata = {"source": "payroll", "convention": convention, "batch": batch}
    metadata["knows"] = "additional,overtime,departure"
    with SnapshotWriter(Path(settings.FACTS), metadata) as writer:
        writer.write(frame.sort("month", "unit", "sex"))
        staged = writer.finish()
    services.publish(staged, batch=batch, actor=CommandLine(), now=NOW)


def _row(unit, month, sex, number):
    person = unit * 100_000 + sex * 10_000 + number
    ill = (400, 1200) if sex == WOMAN else (200, 600)
    who = (person, person, unit, month, sex, 1980, 1, True, "Handläggare", 10000)
    unknown = (0, 0, 0, 0)  # 60 days, sick days, occasions, manager
    return (*who, 16000, *ill, 0, 100, 0, *unknown)
