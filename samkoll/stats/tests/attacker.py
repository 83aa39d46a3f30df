"""An attacker who knows all that is published, adds and subtracts, and forgets nothing.

Shares no code with disclosure control: rows straight from the world, every window of every year at once,
one unknown for each unit, sex and month. The attacker also knows which units and published groups are empty.
"""

from __future__ import annotations

import numpy as np

from samkoll.stats.engine.cube import SEXES, Cube
from samkoll.stats.engine.disclosure import Protection
from samkoll.stats.engine.hierarchy import Scope
from samkoll.stats.tests import oracle
from samkoll.stats.tests.world import World

P = 1_000_003


def echelon(rows):
    """Row echelon form modulo P, and the pivot columns."""
    rows = rows.copy() % P
    pivots = []
    for column in range(rows.shape[1]):
        at = len(pivots)
        if at == len(rows):
            break
        below = np.flatnonzero(rows[at:, column])
        if not below.size:
            continue
        rows[[at, at + below[0]]] = rows[[at + below[0], at]]
        rows[at] = rows[at] * pow(int(rows[at, column]), -1, P) % P
        hit = np.flatnonzero(rows[at + 1 :, column]) + at + 1
        rows[hit] = (rows[hit] - rows[hit, column, None] * rows[at]) % P
        pivots.append(column)
    return rows[: len(pivots)], pivots


def follows(rows, targets):
    """Which targets are sums and differences of the rows?"""
    basis, pivots = echelon(rows)
    left = targets.copy() % P
    for row, column in zip(basis, pivots, strict=True):
        hit = np.flatnonzero(left[:, column])
        left[hit] = (left[hit] - left[hit, column, None] * row) % P
    return ~left.any(axis=1)


class Attack:
    """The full space of one population of a world, and everything published about it."""

    def __init__(self, world: World, cube: Cube, population: str, protection: Protection) -> None:
        self.world, self.population, self.protection = world, population, protection
        self.hierarchy = cube.hierarchy
        self.months = world.months
        self.units = [unit.id for unit in world.units]
        self.boards = {(u, m): oracle.board_of(world, u, m) for u in self.units for m in self.months}
        self.below = {u: {v for v in self.units if u in oracle.above(world, v)} for u in self.units}
        self.people = self._people()
        self.ends = [m for n, m in enumerate(cube.window_ends) if cube.complete[n]]

    def _people(self):
        """Persons by unit, sex and month; hours with nobody counted are one person, somewhere."""
        shape = (len(self.units), 2, len(self.months))
        persons, some = np.zeros(shape, np.int64), np.zeros(shape, bool)
        index = {unit: n for n, unit in enumerate(self.units)}
        for row in self.world.rows:
            at = index[row["unit"]], row["sex"] - 1, row["month"] - self.months[0]
            persons[at] += oracle.measure(self.population, row)
            if self.population == "persons":
                some[at] |= any(row[name] for name in ("ordinary", "additional", "overtime"))
        self.some = some | (persons > 0)
        return persons

    def members(self, scope, sex):
        """unit x sex x month: does it belong?"""
        inside = np.zeros(self.people.shape, np.int64)
        for n, unit in enumerate(self.units):
            if scope.unit is not None and unit not in self.below[scope.unit]:
                continue
            for t, month in enumerate(self.months):
                if scope.board is None or self.boards[unit, month] == scope.board:
                    inside[n, :, t] = [sex != "men", sex != "women"]
        return inside

    def windows(self, inside):
        """One row of coefficients for each published window end."""
        rows = []
        for last in self.ends:
            t = last - self.months[0]
            row = np.zeros_like(inside)
            row[:, :, t - 11 : t + 1] = inside[:, :, t - 11 : t + 1]
            rows.append(row)
        return rows

    def size(self, inside):
        """Smallest month with anybody of a set of (unit, sex, month)."""
        persons = (self.people * inside).sum(axis=(0, 1))
        some = (self.some & (inside > 0)).any(axis=(0, 1))
        there = np.where(some & (persons == 0), 1, persons)
        return int(there[there > 0].min()) if (there > 0).any() else 0

    def leaks(self):
        """Hidden cells and small leftovers that can be worked out, as readable strings."""
        known, secret = [], []
        zero = ~self.some.any(axis=1, keepdims=True) & np.ones((1, 2, 1), bool)
        for scope in self.hierarchy.published_scopes(self.months):
            for sex in SEXES if self.hierarchy.by_sex(scope) else ("total",):
                inside = self.members(scope, sex)
                for last, row in zip(self.ends, self.windows(inside), strict=True):
                    state = self.protection.state(scope, sex, last)
                    if state == "protected":
                        secret.append((f"{scope} {sex} {last} of {self.size(row)}", row))
                    elif state == "empty":
                        zero |= row > 0
                    else:
                        size = self.size(row)
                        assert size == 0 or size > 10, f"published: {scope} {sex} {last}: {size}"
                        known.append(row)
        secret += self.leftovers()
        keep = ~zero.reshape(-1)
        secret = [(name, row.reshape(-1)[keep]) for name, row in secret]
        secret = [(name, row) for name, row in secret if row.any()]
        if not secret or not known:
            return []
        found = follows(
            np.array([row.reshape(-1)[keep] for row in known]),
            np.array([row for _, row in secret]),
        )
        return [name for (name, _), leaked in zip(secret, found, strict=True) if leaked]

    def leftovers(self):
        """Those placed directly on a unit, where they are one to ten in a window."""
        found = []
        for unit in self.units:
            inside = self.members(Scope(unit=unit), "total")
            for below in self.below[unit] - {unit}:
                inside[self.units.index(below)] = 0
            for last, row in zip(self.ends, self.windows(inside), strict=True):
                if 1 <= self.size(row) <= 10:
                    found.append((f"rest of {unit} {last}", row))
        return found
