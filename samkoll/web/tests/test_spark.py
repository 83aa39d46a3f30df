"""Sparklines stay inside their picture and never invent a value."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from samkoll.web.spark import HEIGHT, WIDTH, spark

SERIES = st.lists(st.none() | st.integers(-(10**6), 10**6), max_size=60)


@given(SERIES)
def test_every_point_lies_inside_the_picture(values):
    line = spark(values, "")
    if line is None:
        assert sum(v is not None for v in values) < 2
        return
    for piece in line.pieces:
        for point in piece.split():
            x, y = map(float, point.split(","))
            assert 0 <= x <= WIDTH
            assert 0 <= y <= HEIGHT


@given(SERIES)
def test_only_known_values_are_drawn(values):
    line = spark(values, "")
    drawn = sum(len(piece.split()) for piece in line.pieces) if line else 0
    assert drawn <= sum(v is not None for v in values)


def test_a_gap_stays_a_gap():
    line = spark([1, 2, None, 3, 4], "")
    assert line is not None
    assert [len(piece.split()) for piece in line.pieces] == [2, 2]


def test_a_flat_series_lies_in_the_middle():
    line = spark([5, 5], "")
    assert line is not None
    assert line.last_y == f"{HEIGHT / 2:.1f}"


def test_noise_in_the_last_decimal_stays_low():
    line = spark([Decimal("4.2"), Decimal("4.3"), Decimal("4.2")], "")
    assert line is not None
    heights = [float(point.split(",")[1]) for point in line.pieces[0].split()]
    assert max(heights) - min(heights) < HEIGHT / 8
