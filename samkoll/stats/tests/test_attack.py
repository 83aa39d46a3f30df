"""An independent attacker, in the full space of units, sexes and months, recovers nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samkoll.stats.engine.cells import leaf_cells
from samkoll.stats.engine.cube import Cube
from samkoll.stats.engine.disclosure import Protection, State, protect
from samkoll.stats.engine.groups import Cell
from samkoll.stats.tests import world
from samkoll.stats.tests.attacker import Attack

SEEDS = st.integers(0, 10**6)


def cube_of(town):
    with TemporaryDirectory() as folder:
        facts = world.write(town, Path(folder))
        return Cube(leaf_cells(facts), town.hierarchy, facts.months)


def steady(town):
    """The same people every month: nobody comes or goes, no board takes over."""
    people = {r["person"]: r for r in town.rows if r["main"]}.values()
    rows = [r | {"month": m, "ordinary": 9000, "departure": 0} for r in people for m in town.months]
    return replace(town, rows=rows)


@pytest.mark.parametrize("population", ["persons", "permanent"])
@given(
    seed=SEEDS, units=st.integers(6, 14), months=st.integers(12, 40), largest=st.integers(12, 40)
)
@settings(max_examples=25, deadline=None)
def test_no_group_of_ten_or_fewer_follows_from_what_is_published(
    population, seed, units, months, largest
):
    """Units open and close, boards take over, people come and go."""
    town = world.make(seed, units=units, months=months, largest=largest)
    protection = protect(cube_of(town), population)
    assert Attack.on_world(town, population, protection).leaks(largest=10) == []


@given(seed=SEEDS, units=st.integers(6, 16), largest=st.integers(12, 40))
@settings(max_examples=25, deadline=None)
def test_in_a_steady_organisation_no_hidden_cell_follows_at_all(seed, units, largest):
    town = steady(world.make(seed, units=units, months=26, largest=largest, moves=False))
    protection = protect(cube_of(town), "persons")
    assert Attack.on_world(town, "persons", protection).leaks() == []


def test_the_attacker_finds_what_blanking_alone_would_leak():
    """The attacker has teeth: without complements, subtraction gives the blanks back."""
    town = steady(world.make(3, units=14, months=12, largest=30, moves=False))
    protection = protect(cube_of(town), "persons")
    blanked: dict[tuple[int, Cell], State] = {
        key: "protected" if key in protection.primary else "shown" for key in protection.states
    }
    naive = Protection(blanked, protection.primary)
    assert Attack.on_world(town, "persons", naive).leaks(largest=10) != []


def test_the_same_facts_give_the_same_decisions():
    town = world.make(7, units=14, months=26)
    one, two = (protect(cube_of(town), "persons").states for _ in range(2))
    assert one == two
