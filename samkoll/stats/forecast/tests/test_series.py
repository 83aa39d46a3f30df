"""What a forecast learns from: enough months, none of an extraordinary time, no gaps."""

from __future__ import annotations

import numpy as np
import pytest

from samkoll.stats.forecast.series import TooShort, series
from samkoll.stats.forecast.tests.made import JAN, flat, hours


def test_two_years_are_the_least_and_under_three_are_few():
    with pytest.raises(TooShort, match="23 vanliga månader"):
        series(hours(23))
    assert series(hours(24)).is_short
    assert not series(hours(36)).is_short


def test_only_months_after_the_last_gap_count():
    known = hours(40)
    del known[JAN + 10]
    found = series(known)
    assert (found.first, found.known) == (JAN + 11, 29)


def test_an_extraordinary_time_at_the_beginning_is_cut_off():
    found = series(hours(40), disturbed=range(JAN - 20, JAN + 10))
    assert (found.first, found.known, found.filled) == (JAN + 10, 30, frozenset())


def test_one_in_the_middle_is_filled_with_season_and_trend_and_does_not_count():
    known = hours(60, noise=0)
    wave = range(JAN + 24, JAN + 34)
    disturbed = known | {month: (2 * known[month][0], known[month][1]) for month in wave}
    found, calm = series(disturbed, disturbed=wave), series(known)
    assert (found.known, len(found.rates)) == (50, 60)
    assert found.rates == pytest.approx(calm.rates, rel=1e-3)
    assert found.before(JAN + 24).filled == frozenset()


def test_extraordinary_months_do_not_make_a_short_history_long():
    with pytest.raises(TooShort, match="22 vanliga"):
        series(hours(40), disturbed=range(JAN + 5, JAN + 23))


def test_a_month_without_any_sick_leave_is_no_fault():
    assert np.isfinite(np.log(series(flat([0.0] + [0.07] * 24)).rates)).all()
