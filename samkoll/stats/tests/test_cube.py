"""The cube against a slow oracle, cell by cell, and what it does about months without facts."""

from __future__ import annotations

import numpy as np
import pytest

from samkoll.stats.engine.cells import leaf_cells
from samkoll.stats.engine.cube import SEXES, Cube
from samkoll.stats.engine.facts import MEASURES
from samkoll.stats.engine.hierarchy import Scope, UnknownScope
from samkoll.stats.tests import oracle, world


def cube_of(town, folder, **options):
    facts = world.write(town, folder, **options)
    return Cube(leaf_cells(facts), town.hierarchy, facts.months)


@pytest.mark.parametrize("seed", range(4))
def test_every_cell_equals_the_oracle(tmp_path, seed):
    town = world.make(seed, units=8, months=14)
    cube = cube_of(town, tmp_path, files=2)
    last = town.months[-1]
    for scope in town.hierarchy.published_scopes(town.months):
        for sex in SEXES:
            found = cube.sums(scope, sex, last - 11, last)
            expected = {
                name: oracle.total(town, name, scope, sex, range(last - 11, last + 1))
                for name in MEASURES
            }
            assert found.sums == expected, (scope, sex)
            for population in ("persons", "permanent"):
                size = oracle.size(town, population, scope, sex, range(last - 11, last + 1))
                assert found.sizes[population] == size, (scope, sex, population)


@pytest.mark.parametrize("seed", range(4))
def test_rolling_windows_of_all_units_equal_single_figures(tmp_path, seed):
    town = world.make(seed, months=15)
    cube = cube_of(town, tmp_path)
    for name in ("ordinary", "persons"):
        table = cube.rolling(name)
        for column, unit in enumerate(cube.hierarchy.ids.tolist()):
            for row, last in enumerate(cube.window_ends):
                for number, sex in enumerate(("women", "men")):
                    one = cube.sums(Scope(unit=unit), sex, last - 11, last).sums
                    assert one is not None
                    assert table[number, row, column] == one[name]


def test_a_window_with_a_missing_month_has_no_figure(tmp_path):
    town = world.make(1, months=26)
    gap = town.months[13]
    cube = cube_of(town, tmp_path, skip=frozenset({gap}))
    before = cube.sums(Scope(unit=1), "total", gap - 12, gap - 1)
    across = cube.sums(Scope(unit=1), "total", gap - 3, gap + 8)
    assert (before.missing, across.missing) == (False, True)
    assert across.sums is None
    assert np.array_equal(cube.complete, [True, True] + [False] * 12 + [True])


def test_a_window_that_starts_before_the_facts_is_missing(tmp_path):
    town = world.make(1, months=12)
    cube = cube_of(town, tmp_path)
    assert cube.sums(Scope(unit=1), "total", town.months[0] - 1, town.months[-2]).missing
    assert cube.sums(Scope(unit=1), "total", town.months[1], town.months[-1] + 1).missing


def test_no_facts_at_all_make_an_empty_cube(tmp_path):
    town = world.make(1, months=1)
    cube = cube_of(town, tmp_path, skip=frozenset(town.months))
    assert len(cube.window_ends) == 0
    assert cube.sums(Scope(unit=1), "total", 0, 11).missing


def test_facts_of_a_unit_outside_the_organisation_are_refused(tmp_path):
    town = world.make(1, months=1)
    facts = world.write(town, tmp_path)
    smaller = world.World(town.units[:4], town.boards, [], town.rows, town.months)
    with pytest.raises(UnknownScope, match="saknas i organisationen"):
        Cube(leaf_cells(facts), smaller.hierarchy, facts.months)


def test_an_unknown_scope_is_refused_by_name_of_kind(tmp_path):
    cube = cube_of(world.make(1, months=1), tmp_path)
    with pytest.raises(UnknownScope, match="Enheten"):
        cube.sums(Scope(unit=999), "total", 0, 1)
    with pytest.raises(UnknownScope, match="Nämnden"):
        cube.sums(Scope(board=999), "total", 0, 1)
