"""A tiny HR system: rows with defaults, files of them, and what derives from them."""

from __future__ import annotations

from datetime import date

import polars as pl

from samkoll.core.months import Month
from samkoll.stats.records import RecordWriter
from samkoll.stats.records.schema import frame_schema
from samkoll.stats.spells import Basis, RecordSource, UnitSpan, derive

DEFAULTS: dict[str, dict[str, object]] = {
    "absence": {
        "last": None, "extent": 1000, "hours": None, "cause": 1, "started": None,
        "day_number": None, "reversal": False,
    },
    "employment": {
        "unit": "A", "valid_from": date(2020, 1, 1), "valid_to": None, "form": 1, "extent": 1000,
        "sex": 1, "birth_year": 1980, "staff_group": "", "main": True, "manager": None,
        "full_time_week": None,
    },
    "time": {"unit": "", "ordinary": None, "additional": 0, "overtime": 0},
    "departure": {"cause": 2},
}  # fmt: skip
UNITS = (UnitSpan("A", 1, 0, 99_999), UnitSpan("B", 2, 0, 99_999))


def post(first, last=None, person=1, **given):
    """A post of absence; days as (month, day) of 2024 or whole dates."""
    return {"person": person, "employment": person, "first": day(first), "last": day(last), **given}


def employment(person=1, **given):
    return {"person": person, "employment": person, **given}


def time(month, person=1, **given):
    return {"person": person, "employment": person, "month": Month.of(2024, month).index, **given}


def departure(last, person=1, **given):
    return {"person": person, "employment": person, "last": day(last), **given}


def day(given):
    """None, a date, or (month, day) of 2024."""
    return date(2024, *given) if isinstance(given, tuple) else given


def full(kind, rows):
    """Rows with every column, numbered as in a file."""
    return [{"row": n, **DEFAULTS[kind], **row} for n, row in enumerate(rows, start=2)]


def frame(kind, rows):
    return pl.DataFrame(full(kind, rows), schema=frame_schema(kind))


def source(folder, kind, rows, first, last, sequence):
    """A record file that is complete from a first to a last day."""
    with RecordWriter(folder, kind) as writer:
        writer.write(frame(kind, rows))
        return RecordSource(kind, writer.finish().path, sequence, first, last)


def file(folder, kind, rows, period=((1, 1), (12, 31)), sequence=1):
    """A record file that is complete for a period of 2024, all of it unless told."""
    return source(folder, kind, rows, day(period[0]), day(period[1]), sequence)


def basis(folder, absence=(), employments=None, **more):
    """Files of 2024: one for each kind that is given."""
    kinds = {
        "absence": absence,
        "employment": [employment()] if employments is None else employments,
    }
    options = {key: more.pop(key) for key in ("convention", "units") if key in more}
    files = [file(folder, kind, rows) for kind, rows in {**kinds, **more}.items()]
    return Basis(tuple(files), options.get("units", UNITS), options.get("convention", "day_split"))


def facts(given, folder):
    """Rows of facts as dicts, and the report."""
    with derive(given, folder / "work") as derived:
        rows = [row for part in derived.rows(derived.months) for row in part.to_dicts()]
        return rows, derived.report
