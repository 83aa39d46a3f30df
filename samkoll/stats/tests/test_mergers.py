"""Units that exist in a part of the window: docs/rules/rolling-windows-and-rounding.md."""

from __future__ import annotations

import pytest

from samkoll.core.months import Month
from samkoll.stats import queries
from samkoll.stats.engine.hierarchy import Scope
from samkoll.stats.tests.filing import people, publish

pytestmark = pytest.mark.django_db

CLOSED, OPENED = Month.of(2023, 6), Month.of(2023, 7)


@pytest.fixture
def merged(town):
    """Two units of 30 and 14 become one of 44, in which twice as many are ill."""
    one = town.units["KSF-INT"].pk
    other = town.unit("KSF-SER", "Servicecenter", "unit", "KSF-STO").pk
    new = town.unit("KSF-GEM", "Gemensam service", "unit", "KSF-STO").pk
    old = {"first": Month.of(2022, 1), "last": CLOSED, "sick_long": 800}
    publish(
        people(one, 30, **old)
        + people(other, 14, **old)
        + people(new, 44, first=OPENED, last=Month.of(2024, 12), sick_long=1600)
    )
    return [Scope(unit=pk) for pk in (one, other, new, town.units["KSF-STO"].pk)]


def texts(scopes, metric, year, month):
    facts = queries.current_facts()
    last = Month.of(year, month)
    return [queries.figure(s, metric, "total", last, facts).text for s in scopes]


@pytest.mark.parametrize(
    ("year", "month", "metric", "shown"),
    [
        (2023, 5, "sick_leave", ["5,0", "5,0", "–", "5,0"]),
        (2023, 12, "sick_leave", ["5,0", "5,0", "10,0", "7,5"]),
        (2023, 12, "employees", ["15", "7", "22", "44"]),
        (2024, 5, "sick_leave", ["5,0", "5,0", "10,0", "9,6"]),
        (2024, 6, "sick_leave", ["–", "–", "10,0", "10,0"]),
    ],
)
def test_the_table_of_the_rules(merged, year, month, metric, shown):
    assert texts(merged, metric, year, month) == shown


def test_the_sums_of_a_closed_unit_are_of_its_last_months(merged):
    facts = queries.current_facts()
    found = queries.figure(merged[0], "sick_leave", "total", Month.of(2024, 5), facts)
    assert (found.numerator, found.denominator) == (30 * 800, 30 * 16_000)


def test_a_new_unit_has_no_change_until_it_has_a_year_behind_it(merged):
    facts = queries.current_facts()
    for last, text in ((Month.of(2023, 12), "–"), (Month.of(2024, 12), "0,0")):
        assert queries.comparison(merged[2], "sick_leave", "total", last, facts).text == text
