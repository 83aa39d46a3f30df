"""The one pass over persons against a loop over all rows, and against the cube."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest

from samkoll.stats.chance import persons
from samkoll.stats.engine.cells import leaf_cells
from samkoll.stats.engine.cube import Cube
from samkoll.stats.tests import world

SICK, ORDINARY = ("sick_short", "sick_long"), ("ordinary",)


def moments_of(found, scope):
    return found.of(scope)


def by_hand(made, hierarchy, scope, last):
    """Each person's hours in the two windows within the scope."""
    found: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for row in made.rows:
        inside = [
            hierarchy.ids[p]
            for start, end in hierarchy.runs(scope, row["month"])
            for p in range(start, end)
        ]
        if row["unit"] not in inside or not last - 24 < row["month"] <= last:
            continue
        place = 0 if row["month"] > last - 12 else 2
        found[row["person"]][place] += row["sick_short"] + row["sick_long"]
        found[row["person"]][place + 1] += row["ordinary"]
    return np.array([hours for hours in found.values() if any(hours)], np.float64).reshape(-1, 4)


@pytest.mark.parametrize("seed", [3, 11])
def test_every_scope_has_the_sums_of_its_persons(seed, tmp_path):
    made = world.make(seed)
    facts, hierarchy, last = world.write(made, tmp_path), made.hierarchy, max(made.months)
    found = persons.read(facts, hierarchy, last, SICK, ORDINARY)
    cube = Cube(leaf_cells(facts), hierarchy, facts.months)
    for scope in hierarchy.published_scopes(range(last - 23, last + 1)):
        rows, moments = by_hand(made, hierarchy, scope, last), moments_of(found, scope)
        if not len(rows):
            assert moments is None
            continue
        assert moments.persons == len(rows)
        assert moments.products.tolist() == (rows.T @ rows).tolist()
        x, y = rows[:, 0], rows[:, 1]
        assert moments.thirds == pytest.approx(
            [(x**3).sum(), (x * x * y).sum(), (x * y * y).sum(), (y**3).sum()]
        )
        sums = cube.sums(scope, "total", last - 11, last).sums or {}
        assert moments.sums[:2].tolist() == [sum(sums[m] for m in SICK), sums["ordinary"]]
