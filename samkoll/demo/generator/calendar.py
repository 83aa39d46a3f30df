"""Ordinary working hours of a full-time job, month by month."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from samkoll.core.months import Month

_FIXED = {(1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31)}


@cache
def full_time_hours(month: Month) -> int:
    """Hundredths of an hour: eight hours each weekday that is no holiday. At most 184 hours."""
    return 800 * len(working_days(month))


@cache
def working_days(month: Month) -> tuple[date, ...]:
    """Monday to Friday without public holidays (and the eves that are free by agreement)."""
    free = _moving(month.year)
    days = (month.first_day + timedelta(days=n) for n in range(month.last_day.day))
    return tuple(
        day
        for day in days
        if day.weekday() < 5 and (day.month, day.day) not in _FIXED and day not in free
    )


@cache
def _moving(year: int) -> frozenset[date]:
    """Good Friday, Easter Monday, Ascension Day and Midsummer's Eve."""
    easter = _easter(year)
    june = date(year, 6, 19)
    midsummer = june + timedelta(days=(4 - june.weekday()) % 7)
    return frozenset({midsummer, *(easter + timedelta(days=n) for n in (-2, 1, 39))})


def _easter(year: int) -> date:
    """Easter Sunday by the anonymous Gregorian rule."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)
