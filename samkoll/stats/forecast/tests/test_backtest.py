"""The backtest: what is held against what, worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from samkoll.stats.forecast.backtest import backtest
from samkoll.stats.forecast.models import Path
from samkoll.stats.forecast.series import series
from samkoll.stats.forecast.tests.made import JAN, flat


def steady(known, horizon):
    """Always 7 per cent, within 6 to 8 (80) and 5 to 9 (95)."""
    return Path(*(np.full(horizon, rate) for rate in (0.07, 0.06, 0.08, 0.05, 0.09)))


def test_errors_and_coverage_by_hand():
    """Two years at 7 per cent, then one at 8,5: errors 1,5; last year's guess misses the same."""
    found = backtest(series(flat([0.07] * 24 + [0.085] * 12)), steady)
    assert (found.origins, found.forecasts) == (12, sum(range(1, 13)))
    assert found.points == pytest.approx(1.5)
    assert found.naive_points == pytest.approx(1.5)
    assert found.mase == pytest.approx(1)
    assert (found.covered80, found.covered95) == (0, 1)


def test_a_short_history_is_tried_from_its_latest_eight_months():
    assert backtest(series(flat([0.07] * 24)), steady).origins == 8


def test_no_more_than_twenty_four_origins():
    assert backtest(series(flat([0.07] * 96)), steady).origins == 24


def test_extraordinary_months_are_not_held_against_anything():
    wave = range(JAN + 40, JAN + 46)
    known = series(flat([0.07] * 40 + [0.3] * 6 + [0.07] * 14), disturbed=wave)
    found = backtest(known, steady)
    assert found.points == pytest.approx(0, abs=1e-9)
    assert found.mase is None or found.mase < 1e-3


def test_nothing_of_what_came_later_is_known_at_an_origin():
    seen = []

    def watching(known, horizon):
        seen.append((known.last, horizon))
        return steady(known, horizon)

    backtest(series(flat([0.07] * 36)), watching)
    assert seen == [(JAN + 23 + n, min(12, 12 - n)) for n in range(12)]
