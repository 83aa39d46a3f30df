"""The slow, obviously right way: walk every row, ask of each whether it belongs."""

from __future__ import annotations

from samkoll.stats.engine.hierarchy import Scope
from samkoll.stats.tests.world import Row, World

LEFT = (1, 2, 3, 4, 5, 7)


def above(world: World, unit: int) -> list[int]:
    """The unit and every unit above it."""
    parents = {node.id: node.parent for node in world.units}
    chain = []
    at: int | None = unit
    while at is not None:
        chain.append(at)
        at = parents[at]
    return chain


def board_of(world: World, unit: int, month: int) -> int | None:
    """The board of the nearest unit at or above that has one in the month."""
    for near in above(world, unit):
        for span in world.spans:
            if span.unit == near and span.first <= month <= span.last:
                return span.board
    return None


def belongs(world: World, row: Row, scope: Scope, sex: str) -> bool:
    """Is the row of this scope and sex?"""
    unit, month = int(row["unit"]), int(row["month"])
    return (
        (scope.unit is None or scope.unit in above(world, unit))
        and (scope.board is None or board_of(world, unit, month) == scope.board)
        and (sex == "total" or row["sex"] == {"women": 1, "men": 2}[sex])
    )


def measure(name: str, row: Row) -> int:
    """What one row adds to a measure."""
    permanent = bool(row["main"]) and row["form"] == 1
    if name == "persons":
        return int(bool(row["main"]) and int(row["ordinary"]) > 0)
    if name == "permanent":
        return int(permanent)
    if name == "departures":
        return int(permanent and row["departure"] in LEFT)
    if name == "retirements":
        return int(permanent and row["departure"] == 1)
    if name == "full_time":
        return int(measure("persons", row) and row["extent"] == 10000)
    return int(row[name])


def total(world: World, name: str, scope: Scope, sex: str, months: range) -> int:
    """A measure over a scope, sex and months."""
    return sum(
        measure(name, row)
        for row in world.rows
        if row["month"] in months and belongs(world, row, scope, sex)
    )


def size(world: World, population: str, scope: Scope, sex: str, months: range) -> int:
    """The smallest month that has anybody; a month with hours and nobody counted has one."""
    found = []
    for month in months:
        rows = [r for r in world.rows if r["month"] == month and belongs(world, r, scope, sex)]
        people = sum(measure(population, row) for row in rows)
        hours = any(row[n] for row in rows for n in ("ordinary", "additional", "overtime"))
        if population == "persons" and people == 0 and hours:
            people = 1
        if people:
            found.append(people)
    return min(found, default=0)
