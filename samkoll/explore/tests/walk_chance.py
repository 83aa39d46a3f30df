"""What the pages of chance and forecasts show in tests: forty months of the town, a forecast."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np

from samkoll.core.months import Month
from samkoll.explore import forecast as forecasting
from samkoll.explore.models import Forecast
from samkoll.stats import queries as stats
from samkoll.stats.forecast.backtest import Score
from samkoll.stats.forecast.hours import YearEnd
from samkoll.stats.forecast.plan import Months, Part, Result
from samkoll.stats.models import MonthVersion
from samkoll.stats.tests.filing import publish
from samkoll.stats.tests.world import row
from tests.town import Town

FIRST, LAST = Month.of(2021, 1), Month.of(2024, 4)
PEOPLE = {"BUF-SOL": 30, "BUF-TAL": 45, "BUF-ANG": 7, "KSF-INT": 25}
MADE = datetime(2024, 5, 2, 9, tzinfo=UTC)
Rows = list[dict[str, int | bool | str]]


def rows(town: Town, *, first: Month = FIRST) -> Rows:
    """Everybody is ill now and then, most in winter; one in fifteen for months at a time."""
    rng, found = np.random.default_rng(1), []
    for code, count in PEOPLE.items():
        unit = town.units[code].pk
        for n in range(count):
            for month in range(first.index, LAST.index + 1):
                winter = 1 + 0.4 * np.cos(2 * np.pi * (month % 12) / 12)
                short = int(min(rng.gamma(0.5, 800 * winter), 8000))
                ill = n % 15 == 0 and (month // 4 + n) % 3 == 0
                person = unit * 10_000 + n
                found.append(
                    row(
                        person=person, employment=person, unit=unit, month=month,
                        sex=1 + n % 2, sick_short=short, sick_long=6000 if ill else 0,
                    )
                )  # fmt: skip
    return found


def figures(town: Town) -> dict[str, object]:
    """The town with forty months of sick leave; the address has no parts."""
    if not MonthVersion.objects.exists():
        publish(rows(town))
    return {}


def forecast(town: Town) -> dict[str, object]:
    """And a forecast made from them, without the library."""
    figures(town)
    made_by, facts = town.user("hr_strategist"), stats.current_facts()
    whole = _part(town.top.pk, 0.07, 1_000_000.0)
    parts = (_part(town.education.pk, 0.08, 700_000.0), Part(town.units["KSF"].pk, 0, "För kort."))
    result = Result(LAST.index + 1, whole, parts, tuple([14_000.0] * 12))
    Forecast.objects.create(
        metric="sick_leave",
        basis=forecasting.basis_of(facts, forecasting.periods()),
        snapshots=list(facts.hashes_of(facts.months)),
        left_out=[str(each) for each in forecasting.periods()],
        result=result.as_json(),
        made_at=MADE,
        made_by=made_by,
    )
    return {}


def _part(key: int, rate: float, ordinary: float) -> Part:
    """The same rate in every month, and half of it either way."""
    numbers = [rate * factor for factor in (1, 0.8, 1.2, 0.7, 1.3)]
    months = Months(*(tuple([each] * 12) for each in (*numbers, rate * ordinary, ordinary)))
    end = YearEnd(LAST.index + 8, 4, rate, rate * 0.9, rate * 1.1, rate * 0.8, rate * 1.2)
    return Part(key, 25, "", months, end, Score(8, 36, 0.45, 0.61, 0.64, 0.72))
