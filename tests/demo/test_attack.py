"""An attacker adds and subtracts everything that the demo publishes, and learns no hidden cell."""

from __future__ import annotations

import pytest

from samkoll.stats import queries
from samkoll.stats.engine.disclosure import protect
from samkoll.stats.engine.hierarchy import Scope
from samkoll.stats.tests.attacker import Attack


@pytest.mark.django_db
@pytest.mark.parametrize("population", ["persons", "permanent"])
def test_no_hidden_cell_can_be_worked_out(population):
    facts = queries.current_facts()
    cube = queries.cube_for(facts)
    protection = protect(cube, population)
    last = max(facts.months)
    units = [Scope(unit=unit.id) for unit in cube.hierarchy.units]
    assert any(protection.state(unit, "total", last) == "protected" for unit in units)
    assert Attack.on_facts(facts, cube.hierarchy, population, protection).leaks() == []
