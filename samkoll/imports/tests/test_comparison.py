"""What moves oddly between two deliveries, and what does not."""

from __future__ import annotations

import pytest

from samkoll.imports.comparison import compare
from samkoll.imports.totals import WHOLE_FILE, Totals, merged


def totals(month: int = 10, rows: int = 100, persons: int = 100, **sums: int) -> Totals:
    return Totals(month, rows, persons, sums)


@pytest.mark.parametrize(
    ("before", "after", "odd"),
    [
        (totals(), totals(rows=120), ()), (totals(), totals(rows=121), ("rows",)),
        (totals(), totals(persons=79), ("persons",)),
        (totals(persons=15), totals(persons=5), ()),
        (totals(overtime=50_000), totals(overtime=99_000), ()),
        (totals(overtime=50_000), totals(overtime=100_000), ("overtime",)),
        (totals(ordinary=100_000), totals(ordinary=-100_000), ("ordinary",)),
    ],
)  # fmt: skip
def test_a_total_that_moves_by_more_than_a_fifth_is_odd(before, after, odd):
    (change,) = compare([after], {10: before})
    assert change.odd == odd


def test_a_new_month_is_held_against_the_month_before_by_steady_totals_only():
    new = totals(11, rows=130, sick_short=900_000, ordinary=1_600_000)
    old = totals(10, rows=100, sick_short=100_000, ordinary=1_600_000)
    (change,) = compare([new], {10: old})
    assert (change.old, change.odd) == (None, ("rows",))
    first, second = compare([old, new], {})
    assert (first.odd, second.odd) == ((), ("rows",))


def test_a_tenth_fewer_rows_is_no_drop_and_one_more_is():
    known = {10: totals(), WHOLE_FILE: totals(WHOLE_FILE)}
    changes = compare([totals(rows=90), totals(WHOLE_FILE, rows=89)], known)
    assert [change.is_large_drop for change in changes] == [True, False]
    assert changes[0].is_whole_file


def test_parts_of_a_month_add_up():
    parts = [totals(10, 2, 1, hours=-5), totals(11, 1, 1), totals(10, 3, 2, hours=5)]
    assert merged(parts) == (totals(10, 5, 3, hours=0), totals(11, 1, 1))
