"""Variance by person: against the bootstrap, against what really happens, and worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from samkoll.stats.chance import ratio
from samkoll.stats.chance.tests.crowd import FULL, moments, people

EIGHT = np.array([[FULL, FULL, 0, FULL]] + [[0, FULL, 0, FULL]] * 7)
"""One of eight is ill all year; nobody was the year before. The rule page's example."""


def changed(found):
    """The change of a group that has both windows."""
    return ratio.change(found)


def bootstrap(rng, rows, what, draws=2000):
    picked = rng.integers(0, len(rows), (draws, len(rows)))
    return np.array([what(rows[each].sum(axis=0)) for each in picked])


def test_one_of_eight_by_hand():
    found = moments(EIGHT)
    assert ratio.rate(found) == pytest.approx(0.125)
    # Σe² = 0,875² + 7·0,125² = 0,875 (in years of work); times 8/7, over 8²
    assert ratio.variance(found) == pytest.approx(0.875 * 8 / 7 / 64)
    assert ratio.variance(found) ** 0.5 == pytest.approx(0.125)


def test_a_change_by_one_of_eight_is_within_chance():
    change = changed(moments(EIGHT))
    assert change.difference == pytest.approx(0.125)
    assert not change.certain
    assert change.low < 0 < change.high


@pytest.mark.parametrize("count", [40, 400])
def test_the_variance_is_that_of_drawing_persons_again(count):
    rng = np.random.default_rng(1)
    rows = people(rng, count)
    drawn = bootstrap(rng, rows, lambda s: s[0] / s[1])
    assert ratio.variance(moments(rows)) ** 0.5 == pytest.approx(drawn.std(), rel=0.06)


def test_the_variance_of_a_change_counts_those_who_were_there_in_both_years():
    rng = np.random.default_rng(2)
    rows = people(rng, 300)
    drawn = bootstrap(rng, rows, lambda s: s[0] / s[1] - s[2] / s[3])
    change = changed(moments(rows))
    assert (change.high - change.low) / 2 / ratio.Z95 == pytest.approx(drawn.std(), rel=0.06)
    apart = np.vstack([rows * [1, 1, 0, 0], rows * [0, 0, 1, 1]])  # as if nobody had stayed
    wider = changed(moments(apart))
    assert wider.high - wider.low > 1.1 * (change.high - change.low)


def test_hours_taken_for_independent_would_give_limits_that_are_far_too_narrow():
    rows = people(np.random.default_rng(3), 200)
    found = moments(rows)
    now, hours = ratio.rate(found), rows[:, 1].sum() / 100
    assert ratio.variance(found) ** 0.5 > 10 * (now * (1 - now) / hours) ** 0.5


@pytest.mark.parametrize("size", [15, 60, 400])
def test_groups_drawn_by_chance_lie_within_the_limits_as_often_as_they_say(size):
    rng = np.random.default_rng(4)
    rows = people(rng, 3000)
    spread, places = ratio.spread(moments(rows)), []
    for _ in range(4000):
        x, y = rows[rng.permutation(3000)[:size] if size > 100 else rng.integers(0, 3000, size)][
            :, :2
        ].sum(axis=0)
        places.append(spread.limits(y).place(x / y))
    outside = np.abs(places)
    assert 0.02 < (outside >= 1).mean() < 0.065
    assert (outside == 2).mean() < 0.009


def test_changes_of_nothing_are_called_certain_about_once_in_twenty():
    rng = np.random.default_rng(5)
    certain = [changed(moments(people(rng, 25))).certain for _ in range(1500)]
    assert 0.01 < np.mean(certain) < 0.06


def test_the_whole_does_not_differ_from_itself_by_chance():
    spread = ratio.spread(moments(people(np.random.default_rng(6), 500)))
    assert spread.deviation(spread.hours) == 0
    assert spread.limits(spread.hours).low998 == pytest.approx(spread.rate)
    smaller, larger = spread.limits(50 * FULL), spread.limits(200 * FULL)
    assert smaller.high95 > larger.high95 > spread.rate > larger.low95 > smaller.low95


def test_limits_are_skewed_as_persons_are_and_never_below_zero():
    limits = ratio.spread(moments(people(np.random.default_rng(7), 500))).limits(15 * FULL)
    assert limits.low998 == 0
    middle = ratio.spread(moments(people(np.random.default_rng(7), 500))).rate
    assert limits.high95 - middle > middle - limits.low95


def units(rng, spread, between, count=80):
    hours = rng.uniform(15, 150, count) * FULL
    noise = np.array([spread.deviation(each) for each in hours])
    return spread.rate + rng.normal(0, np.sqrt(noise**2 + between**2)), hours


def test_a_spread_between_units_is_found_and_widens_the_limits():
    rng = np.random.default_rng(8)
    spread = ratio.spread(moments(people(rng, 3000)))
    found = [ratio.overdispersion(spread, *units(rng, spread, 0.02)) ** 0.5 for _ in range(30)]
    assert np.mean(found) == pytest.approx(0.02, rel=0.35)  # drawing the tenths in makes it careful
    nothing = [ratio.overdispersion(spread, *units(rng, spread, 0.0)) ** 0.5 for _ in range(30)]
    assert np.mean(nothing) < 0.003


def test_few_units_say_nothing_about_how_units_differ():
    spread = ratio.spread(moments(people(np.random.default_rng(9), 300)))
    assert ratio.overdispersion(spread, [0.5] * 9, [20 * FULL] * 9) == 0
