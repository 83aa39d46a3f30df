"""Ordinary working hours of a full-time job, month by month."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from samkoll.core.months import Month
from samkoll.core.working_days import is_working_day


@cache
def full_time_hours(month: Month) -> int:
    """Hundredths of an hour: eight hours each working day. At most 184 hours."""
    return 800 * len(working_days(month))


@cache
def working_days(month: Month) -> tuple[date, ...]:
    """The month's working days, in order."""
    days = (month.first_day + timedelta(days=n) for n in range(month.last_day.day))
    return tuple(day for day in days if is_working_day(day))
