"""Nothing of a small group follows from what is published of groups, units, sexes and windows."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samkoll.stats.engine.breakdown import DIMENSIONS, Breakdown
from samkoll.stats.engine.bridges import Edge, small_bridges
from samkoll.stats.engine.cells import leaf_cells
from samkoll.stats.engine.cube import Cube
from samkoll.stats.engine.disclosure import State, protect
from samkoll.stats.engine.groups import Cell
from samkoll.stats.engine.sharing import GroupProtection, share_out
from samkoll.stats.tests import world
from samkoll.stats.tests.group_attacker import GroupAttack


def decided(town, population, dimension):
    """Facts of the world, and what is decided on everybody and on groups."""
    with TemporaryDirectory() as folder:
        facts = world.write(town, Path(folder))
        cube = Cube(leaf_cells(facts), town.hierarchy, facts.months)
        breakdown = Breakdown(facts, town.hierarchy, dimension)
    base = protect(cube, population)
    return base, share_out(breakdown, cube, base, population)


@pytest.mark.parametrize("dimension", DIMENSIONS)
@given(
    seed=st.integers(0, 10**6), units=st.integers(5, 14), months=st.integers(3, 26),
    largest=st.integers(12, 60), population=st.sampled_from(["persons", "permanent"]),
)  # fmt: skip
@settings(max_examples=7, deadline=None)
def test_no_small_group_follows_from_groups_and_units(
    dimension, seed, units, months, largest, population
):
    town = world.make(seed, units=units, months=months, largest=largest)
    base, shares = decided(town, population, dimension)
    attack = GroupAttack(town, population, dimension, base, shares)
    assert attack.leaks(town.months[:: max(1, months // 4)]) == []


def test_a_value_that_only_one_unit_has_leaves_its_other_few():
    """Unit 1 has 12 cooks and 3 guards, unit 2 has 20 guards: all cooks are in unit 1."""
    edges = [Edge(1, 0, 12), Edge(1, 1, 3), Edge(2, 1, 20)]
    assert small_bridges(edges) == [Edge(1, 1, 3)]
    around = [*edges, Edge(2, 0, 5)]
    assert small_bridges(around) == []


def test_the_attacker_finds_what_blanking_alone_would_leak():
    town = world.make(3, units=12, months=4, largest=40)
    base, shares = decided(town, "persons", "staff_group")
    blanked: dict[tuple[int, str, Cell], State] = {}
    for (year, value, cell), state in shares.states.items():
        attack = GroupAttack(town, "persons", "staff_group", base, shares)
        sizes = [
            attack.size(month, attack.members(month, cell.scope, cell.sex_name, value))
            for month in town.months
        ]
        blanked[year, value, cell] = state if min(sizes) <= 10 else "shown"
    naive = GroupProtection(blanked)
    assert GroupAttack(town, "persons", "staff_group", base, naive).leaks(town.months) != []
