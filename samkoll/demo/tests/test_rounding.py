"""Controlled rounding keeps its promises for whatever it is given."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samkoll.demo.generator.rounding import Unreachable, apportion, fit

cells = st.lists(
    st.tuples(
        st.one_of(st.just(0.0), st.floats(0.001, 1e6)), st.integers(0, 20_000)
    ),
    min_size=1, max_size=40,
)  # fmt: skip


@given(cells, st.data())
def test_the_total_is_met_no_cap_is_passed_and_noughts_stay(pairs, data):
    raw, caps = np.array([p[0] for p in pairs]), np.array([p[1] for p in pairs])
    total = data.draw(st.integers(0, int(caps[raw > 0].sum())))
    result = apportion(raw, total, caps)
    assert result.sum() == total
    assert (result >= 0).all()
    assert (result <= caps).all()
    assert (result[raw == 0] == 0).all()


@given(st.lists(st.floats(0.1, 1000), min_size=1, max_size=30), st.integers(0, 10**7))
def test_without_caps_each_share_is_rounded_by_less_than_one(raw, total):
    exact = np.array(raw) * (total / sum(raw))
    assert np.abs(apportion(raw, total) - exact).max() < 1.001


def test_the_largest_remainders_are_rounded_up():
    assert apportion([5.5, 3.3, 1.2], 10).tolist() == [6, 3, 1]


def test_what_a_cap_holds_back_goes_to_the_others():
    assert apportion([5, 1, 1], 10, [4, 9, 9]).tolist() == [4, 3, 3]


def test_a_total_beyond_the_caps_is_refused():
    with pytest.raises(Unreachable, match="Kontrollsumman 11 går inte att nå"):
        apportion([1, 1, 0], 11, [5, 5, 5])


def test_fitting_reaches_both_margins():
    seed = np.array([[1.0, 2.0], [3.0, 4.0]])
    table = fit(seed, [((0,), np.array([4.0, 6.0])), ((1,), np.array([5.0, 5.0]))])
    assert table.sum(axis=0) == pytest.approx([5, 5])
    assert table.sum(axis=1) == pytest.approx([4, 6])
