"""Control charts: worked numbers of docs/rules/chance.md, the season, and false alarms."""

from __future__ import annotations

import numpy as np
import pytest

from samkoll.stats.chance import control, season

FLAT = (1.0,) * 12
JAN = 2021 * 12
WINTER = tuple(1 + 0.25 * np.cos(2 * np.pi * month / 12) for month in range(12))
BASE = [0.06, 0.08] * 6
"""Twelve months before the latest year: mean 7,0 %; neighbours 2,0 apart; deviation 1,77."""


def months(values, start=JAN):
    return dict(enumerate(values, start))


def charted(*given, **options):
    return control.control(*given, **options)


def factors_of(monthly):
    return season.factors(monthly)


def chart(latest):
    return charted(months(BASE + latest), FLAT)


def test_the_limits_of_the_rule_page():
    found = chart([0.07] * 12)
    assert found.centre == pytest.approx(0.07)
    assert found.high - found.centre == pytest.approx(3 * 0.02 / 1.128)  # 5,3 points
    assert (round(found.low, 3), round(found.high, 3)) == (0.017, 0.123)
    assert found.signals == ()


def test_a_month_outside_the_limits_is_a_signal():
    found = chart([0.07] * 5 + [0.124] + [0.07] * 5 + [0.01])
    told = [(signal.month - JAN, signal.reason, signal.above) for signal in found.signals]
    assert told == [(17, "outside", True), (23, "outside", False)]


def test_eight_in_a_row_on_one_side_is_a_signal_and_seven_is_not():
    seven = chart([0.065] + [0.08] * 7 + [0.065] * 4)
    eight = chart([0.065] + [0.08] * 8 + [0.065] * 3)
    assert seven.signals == ()
    assert [(s.month - JAN, s.reason, s.above) for s in eight.signals] == [(20, "run", True)]


@pytest.mark.parametrize("between", [[0.07], []], ids=["at the centre", "missing"])
def test_a_month_at_the_centre_or_a_gap_ends_a_row(between):
    values = months(BASE + [0.065] + [0.08] * 5)
    values |= months(between, JAN + 18) | months([0.08] * 7, JAN + 19)
    assert charted(values, FLAT).signals == ()


def test_fewer_than_two_years_give_no_chart():
    assert charted(months([0.07] * 23), FLAT) is None


def test_extraordinary_months_set_no_limits_and_give_no_signals():
    values = months([0.07, 0.08] * 6 + [0.2] * 6 + [0.07, 0.08] * 12)
    found = charted(values, FLAT, without=range(JAN + 12, JAN + 18))
    assert found.high < 0.11
    assert found.signals == ()
    assert len(found.values) == 42


def test_the_season_is_found_and_taken_out():
    rng = np.random.default_rng(1)
    trend = np.exp(np.arange(60) * 0.004)
    rates = 0.07 * trend * np.array(WINTER * 5) * np.exp(rng.normal(0, 0.02, 60))
    factors = factors_of(months(rates))
    assert factors == pytest.approx(WINTER, abs=0.04)
    assert np.mean(factors) == pytest.approx(1)
    assert factors_of(months(rates[:23])) is None


def test_a_season_that_chance_alone_would_give_is_drawn_towards_none():
    rng = np.random.default_rng(3)
    spread = [np.std(factors_of(months(0.07 * np.exp(rng.normal(0, 0.1, 24))))) for _ in range(40)]
    assert np.mean(spread) < 0.035  # the raw effects' would be 0.07


def test_a_winter_is_not_a_signal_once_the_season_is_out():
    rates = months([0.07 * factor for factor in WINTER * 4])
    factors = factors_of(rates)
    found = charted(rates, factors)
    assert found.signals == ()
    assert max(found.values.values()) == pytest.approx(min(found.values.values()), rel=1e-6)


def test_chance_alone_seldom_signals_and_twelve_month_means_often_would():
    rng, monthly, rolling = np.random.default_rng(2), 0, 0
    for _ in range(200):
        rates = rng.normal(0.07, 0.008, 48)
        monthly += bool(latest(charted(months(rates), FLAT)))
        means = np.convolve(rates, np.ones(12) / 12, "valid")
        rolling += bool(latest(charted(months(means), FLAT)))
    assert monthly / 200 < 0.12
    assert rolling / 200 > 0.4


def latest(found):
    return [s for s in found.signals if s.month > max(found.values) - 12]
