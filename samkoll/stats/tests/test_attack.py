"""An independent attacker, in the full space of units, sexes and months, recovers nothing."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samkoll.stats.engine.cells import leaf_cells
from samkoll.stats.engine.cube import Cube
from samkoll.stats.engine.disclosure import Protection, protect
from samkoll.stats.tests import world
from samkoll.stats.tests.attacker import Attack


def cube_of(town):
    with TemporaryDirectory() as folder:
        facts = world.write(town, Path(folder))
        return Cube(leaf_cells(facts), town.hierarchy, facts.months)


@pytest.mark.parametrize("population", ["persons", "permanent"])
@given(seed=st.integers(0, 10**6), units=st.integers(6, 14), months=st.integers(12, 40))
@settings(max_examples=15, deadline=None)
def test_nothing_hidden_follows_from_what_is_published(population, seed, units, months):
    town = world.make(seed, units=units, months=months)
    cube = cube_of(town)
    assert Attack(town, cube, population, protect(cube, population)).leaks() == []
