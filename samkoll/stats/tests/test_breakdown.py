"""Breakdowns: the statement, and that parts are what the whole is made of."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samkoll.core.months import Month, Window
from samkoll.stats.engine.breakdown import (
    DIMENSIONS,
    EXPRESSIONS,
    Breakdown,
    Group,
    NotBrokenDown,
    narrow,
)
from samkoll.stats.engine.cells import leaf_cells, statement
from samkoll.stats.engine.cube import SEXES, Cube
from samkoll.stats.engine.facts import MEASURES, TRACES
from samkoll.stats.engine.hierarchy import Scope
from samkoll.stats.metrics import lookup
from samkoll.stats.sums import Asked
from samkoll.stats.tests import oracle, world
from samkoll.stats.tests.group_attacker import value_of

SNAPSHOT = Path(__file__).with_name("leaf_cells_by_age.sql")
SICK_LEAVE = lookup("sick_leave")


def read(town, dimension, **options):
    """The cube and a breakdown of a small random world."""
    with TemporaryDirectory() as folder:
        facts = world.write(town, Path(folder), **options)
        cube = Cube(leaf_cells(facts), town.hierarchy, facts.months)
        return cube, Breakdown(facts, town.hierarchy, dimension)


def cell(breakdown, scope, sex, value, first, last):
    window = Window(Month(first), Month(last))
    group = Group(breakdown.dimension, value)
    return breakdown.cell(Asked(SICK_LEAVE, scope, sex, window, group), MEASURES)


def upper(town):
    scopes = town.hierarchy.published_scopes(town.months)
    return [scope for scope in scopes if town.hierarchy.by_sex(scope)]


def test_the_statement_with_one_thing_more_is_the_reviewed_one():
    """Plain SQL that DuckDB and Spark share. Changed on purpose? Review the file and update it."""
    made = statement("facts", ("ordinary", "persons"), EXPRESSIONS["age_band"])
    assert made + "\n" == SNAPSHOT.read_text()


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_every_group_equals_the_oracle(dimension):
    town = world.make(5, units=8, months=13)
    _, breakdown = read(town, dimension, files=2)
    first, last = town.months[1], town.months[-1]
    for scope in upper(town):
        for value in breakdown.values:
            rows = [row for row in town.rows if value_of(dimension, row) == value]
            part = world.World(town.units, town.boards, town.spans, rows, town.months)
            found = cell(breakdown, scope, "women", value, first, last)
            for name in ("sick_short", "sick_days", "persons", "departures"):
                expected = oracle.total(part, name, scope, "women", range(first, last + 1))
                assert found.sums[name] == expected, (scope, value, name)
            size = oracle.size(part, "persons", scope, "women", range(first, last + 1))
            assert found.sizes["persons"] == size


@given(
    seed=st.integers(0, 10**6), months=st.integers(12, 26), dimension=st.sampled_from(DIMENSIONS)
)
@settings(max_examples=12, deadline=None)
def test_groups_add_up_to_everybody_months_to_windows_and_scopes_to_the_whole(
    seed, months, dimension
):
    town = world.make(seed, units=8, months=months)
    cube, breakdown = read(town, dimension)
    last = town.months[-1]
    for scope in upper(town):
        for sex in SEXES:
            whole = cube.sums(scope, sex, last - 11, last).sums
            parts = [cell(breakdown, scope, sex, v, last - 11, last).sums for v in breakdown.values]
            assert whole == {name: sum(part[name] for part in parts) for name in MEASURES}
            each = [
                cube.sums(scope, sex, month, month).sums for month in range(last - 11, last + 1)
            ]
            assert whole == {name: sum(month[name] for month in each) for name in MEASURES}
    top, below = Scope(unit=1), [Scope(unit=u.id) for u in town.units if u.kind == "administration"]
    own = [r for r in town.rows if r["unit"] == 1 and int(r["month"]) > last - 12]
    for value in breakdown.values:
        total = cell(breakdown, top, "total", value, last - 11, last).sums
        inner = [cell(breakdown, scope, "total", value, last - 11, last).sums for scope in below]
        placed = [row for row in own if value_of(dimension, row) == value]
        for name in TRACES:
            rest = sum(int(row[name]) for row in placed)
            assert total[name] == sum(part[name] for part in inner) + rest


def test_groups_of_a_unit_are_refused_and_a_window_with_a_gap_has_no_figure():
    town = world.make(2, units=9, months=14)
    gap = town.months[5]
    _, breakdown = read(town, "form", skip=frozenset({gap}))
    unit = next(Scope(unit=u.id) for u in town.units if u.kind == "department")
    with pytest.raises(NotBrokenDown, match="förvaltningar"):
        cell(breakdown, unit, "total", "1", gap + 1, gap + 2)
    assert cell(breakdown, Scope(unit=1), "total", "1", gap - 1, gap + 1).missing
    assert not cell(breakdown, Scope(unit=1), "total", "1", gap + 1, gap + 2).missing


@pytest.mark.parametrize("files", [1, 3])
def test_values_stand_in_order_however_the_facts_are_filed(files):
    """Decisions on groups break ties by these numbers: they must not depend on reading order."""
    town = world.make(8, units=9, months=14)
    _, breakdown = read(town, "staff_group", files=files)
    assert list(breakdown.values) == sorted(breakdown.values)
    assert breakdown.pairs.tolist() == sorted(breakdown.pairs.tolist())
    persons = np.zeros_like(breakdown.sums["persons"])
    presence = breakdown.presence
    np.add.at(persons, (presence.pair, presence.sex, presence.month), presence.persons)
    assert (persons == breakdown.sums["persons"]).all()


def test_a_value_that_nobody_has_is_an_empty_group():
    _, breakdown = read(world.make(2, units=6, months=3), "staff_group")
    found = cell(breakdown, Scope(unit=1), "total", "Astronaut", world.FIRST, world.FIRST)
    assert (found.sizes["persons"], sum(found.sums.values())) == (0, 0)


def test_numbers_are_kept_in_half_the_memory_only_where_they_fit():
    for most, kind in ((2**31 - 1, np.int32), (2**31, np.int64), (-(2**31), np.int64)):
        table = np.array([[1, most]])
        assert narrow(table).dtype == kind
        assert narrow(table).sum() == table.sum()
    assert narrow(np.zeros((2, 0), np.int64)).shape == (2, 0)
