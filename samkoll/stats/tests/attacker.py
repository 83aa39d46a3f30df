"""An attacker who knows all that is published, adds and subtracts, and forgets nothing.

Shares no code with disclosure control: every window of every year at once, one unknown for each
unit, sex and month (the full space). The attacker also knows which units are empty in which
month, and every group that is published as empty. Sparse, so that it can attack the whole demo
municipality too.
"""

from __future__ import annotations

import heapq
from collections import defaultdict

import numpy as np

from samkoll.stats.engine.cells import duckdb_source
from samkoll.stats.engine.cube import SEXES
from samkoll.stats.engine.hierarchy import Scope
from samkoll.stats.tests import oracle

P = 2**61 - 1
PERSONS = {"persons": "main AND ordinary > 0", "permanent": "main AND form = 1"}


class Knowledge:
    """Sums that are known, in echelon form: each kept row has a leading unknown of its own."""

    def __init__(self):
        self.rows = {}

    def reduce(self, row):
        """What is left of a row when all that is known is taken away; empty: it follows."""
        row, heap = dict(row), [-key for key in row]
        heapq.heapify(heap)
        while heap:
            lead = -heap[0]
            if not row.get(lead):
                heapq.heappop(heap)
                continue
            basis = self.rows.get(lead)
            if basis is None:
                return row, lead
            factor = row[lead]
            for key, value in basis.items():
                if key not in row:
                    heapq.heappush(heap, -key)
                row[key] = (row.get(key, 0) - factor * value) % P
        return {}, None

    def learn(self, row):
        """Keep what the row tells beyond the rest."""
        left, lead = self.reduce(row)
        if lead is not None:
            inverse = pow(left[lead], -1, P)
            self.rows[lead] = {k: v * inverse % P for k, v in left.items() if v}

    def knows(self, row):
        """Can the row be worked out?"""
        return self.reduce(row)[1] is None


class Attack:
    """Everything published about one population, and everything that is not.

    ``persons``, ``some``: arrays unit x sex (women, men) x month; ``boards[unit, month]``.
    """

    def __init__(self, hierarchy, months, persons, some, boards, protection):
        self.hierarchy, self.months, self.protection = hierarchy, months, protection
        self.units = [unit.id for unit in hierarchy.units]
        self.index = {unit: n for n, unit in enumerate(self.units)}
        self.below = _below(hierarchy.units)
        self.persons, self.some, self.boards = persons, some | (persons > 0), boards
        self.zero = set()

    @classmethod
    def on_world(cls, town, population, protection):
        """Attack a small random world."""
        hierarchy = town.hierarchy
        index = {unit.id: n for n, unit in enumerate(hierarchy.units)}
        shape = (len(index), 2, len(town.months))
        persons, some = np.zeros(shape, np.int64), np.zeros(shape, bool)
        for row in town.rows:
            at = index[row["unit"]], row["sex"] - 1, row["month"] - town.months[0]
            persons[at] += oracle.measure(population, row)
            if population == "persons":
                some[at] |= any(row[name] for name in ("ordinary", "additional", "overtime"))
        boards = {
            (unit.id, month): oracle.board_of(town, unit.id, month)
            for unit in town.units
            for month in town.months
        }
        return cls(hierarchy, town.months, persons, some, boards, protection)

    @classmethod
    def on_facts(cls, facts, hierarchy, population, protection):
        """Attack real snapshots without a gap, counted by a query of the attacker's own."""
        import duckdb

        months = sorted(facts.months)
        index = {unit.id: n for n, unit in enumerate(hierarchy.units)}
        shape = (len(index), 2, len(months))
        persons, some = np.zeros(shape, np.int64), np.zeros(shape, bool)
        hours = "ordinary + additional + overtime <> 0" if population == "persons" else "false"
        query = (
            f"SELECT unit, sex, month, count(*) FILTER (WHERE {PERSONS[population]}), "
            f"bool_or({hours}) FROM {duckdb_source(facts.files)} GROUP BY ALL"
        )
        counted = duckdb.connect().execute(query).fetchall()
        for unit, sex, month, count, any_hours in counted:
            persons[index[unit], sex - 1, month - months[0]] = count
            some[index[unit], sex - 1, month - months[0]] = any_hours
        boards = {}
        for month in months:
            at = hierarchy.boards_at(month).tolist()
            boards.update({(u.id, month): b for u, b in zip(hierarchy.units, at, strict=True)})
        return cls(hierarchy, months, persons, some, boards, protection)

    def members(self, scope, sex):
        """For each month the unknowns (unit, sex) that belong."""
        units = self.below[scope.unit] if scope.unit is not None else self.units
        sexes = {"total": (0, 1), "women": (0,), "men": (1,)}[sex]
        return [
            [
                (self.index[unit], s)
                for unit in units
                if scope.board is None or self.boards[unit, month] == scope.board
                for s in sexes
            ]
            for month in self.months
        ]

    def row(self, members, first, last, sign=1):
        """Coefficients over the months first..last (counted from the first month)."""
        width = 2 * len(self.units)
        keys = (t * width + 2 * u + s for t in range(first, last + 1) for u, s in members[t])
        return {key: sign for key in keys if key not in self.zero}

    def size(self, members, last):
        """Smallest month with anybody of the window that ends with ``last``."""
        found = []
        for t in range(last - 11, last + 1):
            persons = sum(int(self.persons[u, s, t]) for u, s in members[t])
            some = any(self.some[u, s, t] for u, s in members[t])
            found += [persons or 1] if some else []
        return min(found, default=0)

    def leaks(self, *, largest=None):
        """What can be worked out though it is hidden, as (name, size); up to a group size."""
        published, secret = self._sorted_out()
        knowledge = Knowledge()
        for _, members, ends in sorted(published, key=lambda item: sum(map(len, item[1]))):
            for n, t in enumerate(ends):
                if n and ends[n - 1] == t - 1:  # the difference of two windows tells as much
                    new, old = self.row(members, t, t), self.row(members, t - 12, t - 12, -1)
                    knowledge.learn(new | old)
                else:
                    knowledge.learn(self.row(members, t - 11, t))
        found = []
        for name, members, ends in secret:
            for t in ends:
                size = self.size(members, t)
                if size and (largest is None or size <= largest):
                    row = self.row(members, t - 11, t)
                    if row and knowledge.knows(row):
                        found.append((f"{name} {t}", size))
        return found

    def _sorted_out(self):
        """Published and secret windows by scope and sex; learns about empty groups on the way."""
        published, secret = [], []
        width = 2 * len(self.units)
        for u, t in np.argwhere(~self.some.any(axis=1)):
            self.zero |= {t * width + 2 * u, t * width + 2 * u + 1}
        for scope in self.hierarchy.published_scopes(self.months):
            for sex in SEXES if self.hierarchy.by_sex(scope) else ("total",):
                ends = defaultdict(list)
                members = self.members(scope, sex)
                for t in range(11, len(self.months)):
                    state = self.protection.state(scope, sex, self.months[t])
                    ends[state].append(t)
                    if state == "empty":
                        self.zero |= set(self.row(members, t - 11, t))
                    if state == "shown":
                        size = self.size(members, t)
                        assert size == 0 or size > 10, f"published: {scope} {sex} {t}: {size}"
                published.append((f"{scope} {sex}", members, ends["shown"]))
                secret.append((f"{scope} {sex}", members, ends["protected"]))
        return published, secret + self._leftovers()

    def _leftovers(self):
        """Those placed directly on a unit, where they are one to ten in a window."""
        found = []
        for unit in self.hierarchy.units:
            members = [[(self.index[unit.id], 0), (self.index[unit.id], 1)]] * len(self.months)
            ends = range(11, len(self.months))
            small = [t for t in ends if 1 <= self.size(members, t) <= 10]
            found.append((f"placed on {Scope(unit=unit.id)}", members, small))
        return found


def _below(units):
    found = defaultdict(set)
    parents = {unit.id: unit.parent for unit in units}
    for unit in parents:
        at = unit
        while at is not None:
            found[at].add(unit)
            at = parents[at]
    return found
