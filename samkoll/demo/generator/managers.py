"""Who is the nearest manager of whom. See ``docs/rules/demo-data.md``.

Managers are the longest-serving permanent staff of a unit, on leave or not, one for each begun
thirty people. Above them is one for the department, one for the administration and one for
all, found the same way among the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from samkoll.demo.generator.organisation import Organisation
from samkoll.demo.generator.plan import PERMANENT
from samkoll.demo.generator.rounding import Ints
from samkoll.demo.generator.rows import Rows

NOBODY = -1
_TEAM = 30


class Managers:
    """Finds the managers of one month after another."""

    def __init__(self, organisation: Organisation) -> None:
        above = {unit.code: unit.parent for unit in organisation.units}
        self._department = [leaf.parent for leaf in organisation.leaves]
        self._administration = {code: above[code] for code in self._department}

    def of_month(self, rows: Rows) -> Ints:
        """The manager (a person) of each row of one month; ``NOBODY`` for the first of all."""
        free = _candidates(rows)
        home = rows.unit[rows.main]
        people = np.bincount(home, minlength=len(self._department))
        teams = {
            unit: _first(free, [unit], -(-int(people[unit]) // _TEAM))
            for unit in np.unique(rows.unit).tolist()
        }
        heads, above = self._heads(free, list(teams))
        for unit, leaders in teams.items():
            above |= dict.fromkeys(leaders, heads[self._department[unit]])
        found = []
        for who, unit in zip(rows.person.tolist(), rows.unit.tolist(), strict=True):
            leaders = teams[unit] or [heads[self._department[unit]]]
            found.append(above.get(who, leaders[who % len(leaders)]))
        return np.array(found, dtype=np.int64)

    def _heads(
        self, free: dict[int, list[int]], units: list[int]
    ) -> tuple[dict[str, int], dict[int, int]]:
        """The head of each department, and the manager of everybody above the units."""
        by_department: dict[str, list[int]] = defaultdict(list)
        by_administration: dict[str, list[int]] = defaultdict(list)
        for unit in units:
            department = self._department[unit]
            by_department[department].append(unit)
            by_administration[self._administration[department]].append(unit)
        top = next(iter(_first(free, units, 1)), NOBODY)
        above = {top: NOBODY}
        chiefs = {}
        for code, inside in by_administration.items():
            chiefs[code] = next(iter(_first(free, inside, 1)), top)
            above.setdefault(chiefs[code], top)
        heads = {}
        for code, inside in by_department.items():
            chief = chiefs[self._administration[code]]
            heads[code] = next(iter(_first(free, inside, 1)), chief)
            above.setdefault(heads[code], chief)
        return heads, above


def _candidates(rows: Rows) -> dict[int, list[int]]:
    """Who could lead in each unit, the longest-serving last."""
    able = rows.main & (rows.form == PERMANENT) & (rows.group < 0)
    found: dict[int, list[int]] = defaultdict(list)
    for at in np.flatnonzero(able)[np.argsort(-rows.person[able], kind="stable")].tolist():
        found[int(rows.unit[at])].append(int(rows.person[at]))
    return found


def _first(free: dict[int, list[int]], units: Iterable[int], count: int) -> list[int]:
    """Up to ``count`` of the longest-serving in these units; they are free no longer."""
    taken: list[int] = []
    for _ in range(count):
        waiting = [unit for unit in units if free.get(unit)]
        if not waiting:
            break
        taken.append(free[min(waiting, key=lambda unit: free[unit][-1])].pop())
    return taken
