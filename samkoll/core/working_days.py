"""Working days in Sweden: Monday to Friday without public holidays and the eves that are free."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

_FIXED = {(1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31)}


def is_working_day(day: date) -> bool:
    """Monday to Friday, no public holiday, and none of Midsummer's, Christmas and New Year's Eve.

    Source: docs/sources.md#working-days
    """
    free = day.weekday() > 4 or (day.month, day.day) in _FIXED or day in _moving(day.year)
    return not free


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
