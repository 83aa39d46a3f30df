"""What may be published: no group of ten or fewer, nor anything from which one can be worked out.

``docs/rules/small-groups.md`` tells the rule with worked numbers and proves it. In short: a cell
(scope, sex) is decided for a whole calendar year, alike for all twelve windows that end in it and
for every metric of a population. If a hidden figure followed from published ones, then the same
additions and subtractions, restricted to any single month of its window, would give that month's
part of it. So it is enough to look at one month at a time, with everything that is published in
any year whose windows contain the month.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

import numpy as np

from samkoll.stats.engine import regions
from samkoll.stats.engine.cells import Integers
from samkoll.stats.engine.cube import SEXES, Cube, Sex
from samkoll.stats.engine.groups import SMALLEST_SHOWN, Cell, Flags, Groups, is_small
from samkoll.stats.engine.hierarchy import Scope
from samkoll.stats.engine.margins import Margins

State = Literal["shown", "protected", "empty"]
SMALLEST_INTERNAL = 5


@dataclass(frozen=True, slots=True)
class Protection:
    """The decisions for one population. Anything that is not decided on is protected."""

    states: dict[tuple[int, Cell], State]
    primary: frozenset[tuple[int, Cell]]

    def state(self, scope: Scope, sex: Sex, last: int) -> State:
        """May the windows that end in this month be published for the scope and sex?"""
        return self.states.get((last // 12, Cell(scope, SEXES.index(sex))), "protected")


def internal(size: int, sex: Sex) -> bool:
    """May the unit's own line see it, on screen? Totals only, from five persons; nobody is fine."""
    return sex == "total" and (size == 0 or size >= SMALLEST_INTERNAL)


def protect(cube: Cube, population: str) -> Protection:
    """Decide every published cell of every year. The same facts give the same decisions."""
    return _Decision(Groups(cube, population)).settle()


HIDDEN, SHOWN, EMPTY = 0, 1, 2
NAMES: dict[int, State] = {HIDDEN: "protected", SHOWN: "shown", EMPTY: "empty"}


class _Decision:
    """``table[y, c]``: the state of cell c in the y-th year; unit totals first, by position."""

    def __init__(self, groups: Groups) -> None:
        self.groups = groups
        self.number = {cell: n for n, cell in enumerate(groups.cells)}
        self.years = list(groups.years)
        self.table = np.zeros((len(self.years), len(groups.cells)), np.int8)
        monthly = {scope: groups.monthly(scope) for scope in {c.scope for c in groups.cells}}
        for n, cell in enumerate(groups.cells):
            persons = monthly[cell.scope][cell.sex]
            for y, months in enumerate(groups.years.values()):
                self.table[y, n] = _first_state(persons[months])
        self.primary = self.table == HIDDEN
        self.stretches = self._stretches()
        self._last: dict[int, tuple[bytes, Margins]] = {}
        self._safe: dict[int, bytes] = {}

    def _stretches(self) -> dict[tuple[int, ...], list[int]]:
        """Months by the years (rows of the table) in which a window over them is published."""
        found: dict[tuple[int, ...], list[int]] = defaultdict(list)
        for month in range(self.groups.cube.span):
            covered = enumerate(self.groups.years.values())
            years = tuple(y for y, months in covered if month in months)
            if years:
                found[years].append(month)
        return found

    def settle(self) -> Protection:
        """Hide until no month gives anything away, then show again what is known anyway."""
        while any([self._hide_in(years, months) for years, months in self.stretches.items()]):
            pass
        for y in range(len(self.years)):
            self._show_what_is_known(y)
        places = [(y, n) for y in range(len(self.years)) for n in range(len(self.number))]
        keys = {(y, n): (self.years[y], self.groups.cells[n]) for y, n in places}
        return Protection(
            {keys[place]: NAMES[int(self.table[place])] for place in places},
            frozenset(keys[place] for place in places if self.primary[place]),
        )

    def _hide_in(self, years: tuple[int, ...], months: list[int]) -> bool:
        changed = False
        while found := regions.to_hide(self.groups, self._units(years), months):
            changed = True
            self.table[np.ix_(years, found)] = HIDDEN
        for month in months:
            now = self.table[list(years)].tobytes()
            if self._safe.get(month) == now:
                continue
            cells = self._margins(years, month).to_hide()
            if cells:
                changed = True
                self.table[np.ix_(years, [self.number[cell] for cell in cells])] = HIDDEN
            else:
                self._safe[month] = now
        return changed

    def _show_what_is_known(self, y: int) -> None:
        """Publish again what follows from the rest in every month: it gives nothing new away."""
        numbers = np.flatnonzero((self.table[y] == HIDDEN) & ~self.primary[y])
        cells = [self.groups.cells[n] for n in numbers]
        known = np.ones(len(cells), np.bool_)
        for years, months in self.stretches.items():
            for month in months if y in years and cells else ():
                known &= self._margins(years, month).known(cells)
        self.table[y, numbers[known]] = SHOWN

    def _margins(self, years: tuple[int, ...], month: int) -> Margins:
        """One month with everything published in any of the years; kept while that is the same."""
        table = self.table[list(years)]
        kept = self._last.get(month)
        if kept is None or kept[0] != table.tobytes():
            visible = (table != HIDDEN).any(axis=0)
            number = self.number

            def shown(cell: Cell) -> bool:
                return cell in number and bool(visible[number[cell]])

            kept = table.tobytes(), Margins(self.groups, shown, self._units(years), month)
            self._last[month] = kept
        return kept[1]

    def _units(self, years: tuple[int, ...]) -> Flags:
        """Is each unit's total published in any of the years?"""
        table = self.table[list(years), : len(self.groups.hierarchy)]
        return np.asarray((table == SHOWN).any(axis=0))


def _first_state(persons: Integers) -> int:
    """By the group alone: one to ten in any month, somebody, or nobody at all."""
    if is_small(persons).any():
        return HIDDEN
    return SHOWN if persons.any() else EMPTY


__all__ = [
    "SMALLEST_INTERNAL",
    "SMALLEST_SHOWN",
    "Protection",
    "State",
    "internal",
    "protect",
]
