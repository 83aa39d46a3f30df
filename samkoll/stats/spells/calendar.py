"""The calendar as two tables for DuckDB: working days before each day, and each month's own.

``calendar``: ``work`` is the number of working days up to and with the day. ``months``: ``mask``
has bit d set when day d is a working day, so that the working days between two days of a month are
a count of bits; ``before`` is ``work`` of the day before the month.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from samkoll.core.months import Month
from samkoll.core.working_days import is_working_day
from samkoll.stats.spells.basis import BEGINNING

if TYPE_CHECKING:
    import duckdb

AHEAD = timedelta(days=2_000)
"""How far after the last covered day the calendar goes: posts may end later than the file."""


def fill(connection: duckdb.DuckDBPyConnection, months: Iterable[int], last: date) -> None:
    """Make both tables: days from the beginning, and the given months."""
    import polars as pl

    start = BEGINNING - timedelta(days=1)
    days = [start + timedelta(days=n) for n in range((last + AHEAD - start).days + 1)]
    work = pl.Series([is_working_day(day) for day in days]).cast(pl.Int32)
    frame = pl.DataFrame({"day": days, "free": work == 0, "work": work.cum_sum()})
    chosen = pl.DataFrame({"month": list(months)}, schema={"month": pl.Int32})
    by_month = pl.DataFrame(
        {
            "month": chosen["month"],
            "first": [Month(m).first_day for m in chosen["month"]],
            "last": [Month(m).last_day for m in chosen["month"]],
            "mask": [_mask(Month(m)) for m in chosen["month"]],
        },
        schema={"month": pl.Int32, "first": pl.Date, "last": pl.Date, "mask": pl.Int64},
    )
    connection.register("_days", frame.to_arrow())
    connection.register("_months", by_month.to_arrow())
    connection.execute("CREATE TABLE calendar AS SELECT day, work FROM _days")
    connection.execute(
        "CREATE TABLE months AS SELECT m.*, c.work AS before FROM _months AS m "
        "JOIN calendar AS c ON c.day = m.first - 1"
    )
    connection.unregister("_days")
    connection.unregister("_months")


def _mask(month: Month) -> int:
    days = (month.first_day.replace(day=n + 1) for n in range(month.last_day.day))
    return sum(1 << day.day for day in days if is_working_day(day))
