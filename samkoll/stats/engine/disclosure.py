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


class _Decision:
    def __init__(self, groups: Groups) -> None:
        self.groups = groups
        self.states: dict[tuple[int, Cell], State] = {}
        for scope, cells in self._by_scope().items():
            monthly = groups.monthly(scope)
            for year, months in groups.years.items():
                for cell in cells:
                    persons = monthly[cell.sex, months]
                    small = bool(is_small(persons).any())
                    empty: State = "shown" if persons.any() else "empty"
                    self.states[year, cell] = "protected" if small else empty
        self.primary = frozenset(key for key, s in self.states.items() if s == "protected")
        self.stretches = self._stretches()

    def _by_scope(self) -> dict[Scope, list[Cell]]:
        found: dict[Scope, list[Cell]] = defaultdict(list)
        for cell in self.groups.cells:
            found[cell.scope].append(cell)
        return found

    def _stretches(self) -> dict[tuple[int, ...], list[int]]:
        """Months by the years in which a window over them is published."""
        found: dict[tuple[int, ...], list[int]] = defaultdict(list)
        for month in range(self.groups.cube.span):
            years = tuple(y for y, covered in self.groups.years.items() if month in covered)
            if years:
                found[years].append(month)
        return found

    def settle(self) -> Protection:
        """Hide until no month gives anything away, then show again what is known anyway."""
        while any([self._hide_in(years, months) for years, months in self.stretches.items()]):
            pass
        self._show_what_is_known()
        return Protection(self.states, self.primary)

    def _show_what_is_known(self) -> None:
        """Publish again what follows from the rest in every month: it gives nothing new away."""
        for year in self.groups.years:
            cells = [
                cell
                for (of, cell), state in self.states.items()
                if of == year and state == "protected" and (of, cell) not in self.primary
            ]
            known = np.ones(len(cells), np.bool_)
            for years, months in self.stretches.items():
                if year in years and cells:
                    for month in months:
                        known &= self._margins(years, month).known(cells)
            for cell in (cells[n] for n in np.flatnonzero(known)):
                self.states[year, cell] = "shown"

    def _margins(self, years: tuple[int, ...], month: int) -> Margins:
        return Margins(
            self.groups, lambda cell: self._visible(years, cell), self._units(years), month
        )

    def _hide_in(self, years: tuple[int, ...], months: list[int]) -> bool:
        changed = False
        while found := regions.to_hide(self.groups, self._units(years), months):
            changed = True
            for p in found:
                self._hide(years, Cell(Scope(unit=self.groups.hierarchy.units[p].id), 0))
        for month in months:
            for cell in self._margins(years, month).to_hide():
                changed = True
                self._hide(years, cell)
        return changed

    def _units(self, years: tuple[int, ...]) -> Flags:
        """Is each unit's total published in any of the years?"""
        cells = (Cell(Scope(unit=unit.id), 0) for unit in self.groups.hierarchy.units)
        return np.array([self._shown(years, cell) for cell in cells], np.bool_)

    def _shown(self, years: tuple[int, ...], cell: Cell) -> bool:
        return any(self.states.get((year, cell)) == "shown" for year in years)

    def _visible(self, years: tuple[int, ...], cell: Cell) -> bool:
        """Is the cell known, as a figure or as empty?"""
        return any(self.states.get((year, cell), "protected") != "protected" for year in years)

    def _hide(self, years: tuple[int, ...], cell: Cell) -> None:
        for year in years:
            if (year, cell) in self.states:
                self.states[year, cell] = "protected"


__all__ = [
    "SMALLEST_INTERNAL",
    "SMALLEST_SHOWN",
    "Protection",
    "State",
    "internal",
    "protect",
]
