"""Parts add up in hours; known hours stay known. Worked numbers of docs/rules/forecast.md."""

from __future__ import annotations

import numpy as np
import pytest

from samkoll.stats.forecast.hours import Ahead, planned, reconciled, rest_of, year_end
from samkoll.stats.forecast.models import Path
from samkoll.stats.forecast.tests.made import JAN, flat


def path(*rates):
    middle = np.array(rates)
    return Path(middle, middle * 0.9, middle * 1.1, middle * 0.8, middle * 1.2)


def ahead(first, ordinary, *rates):
    return Ahead(first, np.array([float(ordinary)] * len(rates)), path(*rates))


def end_of(known, coming):
    return year_end(known, coming)


def test_planned_hours_are_last_years_grown_as_the_latest_three_months():
    known = flat([0.07] * 12, size=1000) | flat([0.07] * 12, first=JAN + 12, size=1100)
    assert planned(known, JAN + 23, 12) == pytest.approx([1100 * 1.1] * 12)


def test_the_parts_become_the_whole_in_hours_and_not_in_per_cent():
    whole = ahead(JAN, 1000, 0.08)  # 80 hours
    parts = [ahead(JAN, 600, 0.10), ahead(JAN, 300, 0.04)]  # 60 + 12, and 3 of the rest: 75
    found = reconciled(whole, parts, np.array([3.0]))
    assert [float(part.sick[0]) for part in found] == pytest.approx([64.0, 12.8])
    assert sum(float(part.sick[0]) for part in found) + 3 * 80 / 75 == pytest.approx(80)
    assert found[0].path.rate[0] == pytest.approx(0.10 * 80 / 75)
    assert found[0].path.high95[0] == pytest.approx(0.12 * 80 / 75)


def test_what_has_no_forecast_keeps_its_share_of_the_latest_year():
    known, part = flat([0.08] * 12, size=1000), flat([0.10] * 12, size=600)
    rest = rest_of(ahead(JAN + 12, 1000, 0.08), known, [part], JAN + 11)
    assert rest == pytest.approx([80 * (80 - 60) / 80])


def test_the_year_end_of_the_rule_page():
    known = flat([0.08] * 8, size=1000)  # January to August: 640 of 8 000 hours
    coming = ahead(JAN + 8, 1000, 0.09, 0.09, 0.09, 0.09, 0.2)  # September to January
    found = end_of(known, coming)
    assert (found.month, found.known) == (JAN + 11, 8)
    assert found.rate == pytest.approx((640 + 360) / 12000)  # 8,3 per cent
    assert found.low95 == pytest.approx((640 + 288) / 12000)  # 7,7
    assert found.high95 == pytest.approx((640 + 432) / 12000)  # 8,9: a third as wide as a month's
    assert year_end({}, coming) is None
