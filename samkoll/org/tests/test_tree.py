"""The closure table is the tree, after whatever has happened to it."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from samkoll.org import services
from samkoll.org.models import Unit, UnitPath
from samkoll.org.services import BadPeriod
from tests.town import ACTOR

FIRST = date(2020, 1, 1)
steps = st.lists(
    st.tuples(st.sampled_from(["open", "open", "open", "close", "move"]), st.integers(0, 30)),
    max_size=25,
)


def walk(unit: Unit) -> set[tuple[int, int, int]]:
    """(ancestor, descendant, depth) of one unit by following parents one at a time."""
    above: Unit | None = unit
    found, depth = set(), 0
    while above is not None:
        found.add((above.pk, unit.pk, depth))
        above, depth = above.parent, depth + 1
    return found


def open_under(parent: Unit | None, number: int, day: date) -> Unit:
    return services.open_unit(
        code=f"U{number}",
        name=f"Enhet {number}",
        kind="unit" if parent else "municipality",
        parent=parent,
        valid_from=day,
        actor=ACTOR,
    )


class Random(TestCase):
    @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
    @given(steps)
    def test_paths_equal_a_walk_along_the_parents(self, steps):
        units = [open_under(None, 0, FIRST)]
        for number, (step, pick) in enumerate(steps, start=1):
            day, unit = FIRST + timedelta(days=number), units[pick % len(units)]
            try:
                if step == "open":
                    units.append(open_under(unit, number, day))
                elif unit.parent is not None and unit.valid_to is None:
                    services.close_unit(unit=unit, last_day=day, actor=ACTOR)
                    if step == "move":
                        new = open_under(units[0], number, day + timedelta(days=1))
                        services.succeed(predecessor=unit, successor=new, actor=ACTOR)
                        units.append(new)
            except BadPeriod:
                continue
        stored = set(UnitPath.objects.values_list("ancestor", "descendant", "depth"))
        assert stored == set().union(*(walk(unit) for unit in Unit.objects.all()))
