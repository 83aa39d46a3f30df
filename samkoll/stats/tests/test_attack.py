"""An independent attacker, in the full space of units, sexes and months, recovers nothing."""

from __future__ import annotations

import os
import subprocess
import sys
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
from samkoll.stats.tests import states, world
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


def test_the_same_facts_give_the_same_figures_and_states_in_every_process():
    """Whatever the hash seed, and however the months are spread over files."""
    found = {_published(7, hashing, files) for hashing, files in ((0, 1), (1, 1), (2, 3))}
    assert len(found) == 1


def _published(seed, hashing, files):
    command = [sys.executable, "-m", states.__name__, str(seed), str(files)]
    environment = {**os.environ, "PYTHONHASHSEED": str(hashing)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return done.stdout
