"""Which year's reports can be opened next: the first whose figures can be pinned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from samkoll.accounts.models import User
from samkoll.core.access import Verdict
from samkoll.core.months import Month
from samkoll.org import queries as org
from samkoll.reports import policies
from samkoll.reports.models import Report, Template
from samkoll.stats.models import MonthVersion

LAST_MONTH = 12
"""The last month of a report's figures where no stored form says otherwise."""


@dataclass(frozen=True, slots=True)
class NextYear:
    """The year to open, and whether its payroll data is there."""

    year: int
    verdict: Verdict


def next_year(user: User, today: date) -> NextYear | None:
    """What the list of reports offers; None for those who may not open any year.

    A year that is open without figures comes first, then the first later year with payroll data
    for both of its windows. Without any such year: the year after the last one, refused.
    """
    if not policies.can_start_year(user, org.municipality(), today):
        return None
    have = _months_with_facts()
    missing = {year: _missing(last, have) for year, last in _last_months(_years(have, today))}
    year = next((each for each, gaps in missing.items() if not gaps), next(iter(missing)))
    return NextYear(year, policies.has_facts_for(year, missing[year]))


def _years(have: frozenset[int], today: date) -> list[int]:
    """Years to try, the best first."""
    newest = Month(max(have)).year + 1 if have else today.year
    reports = Report.objects.order_by("year")
    opened = list(reports.values_list("year", flat=True).distinct())
    if not opened:
        return [newest, newest - 1]
    waiting = list(reports.filter(facts=[]).values_list("year", flat=True).distinct())
    after = opened[-1] + 1
    return [*waiting, *range(after, max(newest, after) + 1)]


def _last_months(years: list[int]) -> Iterator[tuple[int, Month]]:
    """The last month of each year's figures, as the newest form for the year has it."""
    stored = Template.objects.order_by("year", "version")
    forms = list(stored.values_list("year", "content__last_month"))
    for year in years:
        known = [last for made, last in forms if made <= year]
        yield year, Month.of(year - 1, known[-1] if known else LAST_MONTH)


def _missing(last: Month, have: frozenset[int]) -> list[Month]:
    """Months without payroll data in the two windows, the later of which ends with ``last``."""
    return [last - back for back in range(23, -1, -1) if (last - back).index not in have]


def _months_with_facts() -> frozenset[int]:
    current = MonthVersion.objects.current().filter(source="payroll")
    return frozenset(current.values_list("month", flat=True))
