"""What may be published of groups: no group of ten or fewer, nor anything that gives one away.

A *cell* is a value of the dimension, a scope from administration and board level up, and a sex.
Cells are decided for a calendar year, as in ``disclosure``, month by month, with everything that
is published together: the cells, the figures of everybody (``Protection``), and the units below.
``docs/rules/small-groups.md`` tells the rule and proves it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from samkoll.stats.engine.breakdown import Breakdown
from samkoll.stats.engine.bridges import edges_of, small_bridges
from samkoll.stats.engine.cells import Integers
from samkoll.stats.engine.cube import SEXES, Cube, Sex, present
from samkoll.stats.engine.disclosure import EMPTY, HIDDEN, NAMES, SHOWN, Protection, State
from samkoll.stats.engine.facts import TRACES
from samkoll.stats.engine.groups import Cell, Flags, effective, is_small, months_of_years
from samkoll.stats.engine.hierarchy import Scope
from samkoll.stats.engine.partition import EVERYBODY, Month, Partition, Place, components
from samkoll.stats.engine.regions import Regions


@dataclass(frozen=True, slots=True)
class GroupProtection:
    """The decisions of one dimension for one population. What is not decided is protected."""

    states: dict[tuple[int, str, Cell], State]

    def state(self, scope: Scope, sex: Sex, value: str, last: int) -> State:
        """May the windows that end in this month be published for the group?"""
        return self.states.get((last // 12, value, Cell(scope, SEXES.index(sex))), "protected")


def share_out(
    breakdown: Breakdown, cube: Cube, base: Protection, population: str
) -> GroupProtection:
    """Decide every cell of every year. The same facts give the same decisions."""
    return _Decision(breakdown, cube, base, population).settle()


class _Decision:
    """``table[y, v, c]``: the state of value v in cell c in the y-th year.

    Cell c is scope c // 3 and sex c % 3 (0 total, 1 women, 2 men); the municipality comes first.
    """

    def __init__(self, breakdown: Breakdown, cube: Cube, base: Protection, population: str) -> None:
        self.breakdown, self.cube, self.population = breakdown, cube, population
        hierarchy = cube.hierarchy
        every = sorted(month - cube.first for month in cube.months)
        scopes = hierarchy.published_scopes([cube.first + month for month in every])
        self.scopes = [scope for scope in scopes if hierarchy.by_sex(scope)]
        self.cells = [Cell(scope, sex) for scope in self.scopes for sex in (0, 1, 2)]
        self.inside = np.array([breakdown.inside(scope) for scope in self.scopes])
        covered = months_of_years(cube)
        self.years = list(covered)
        self.months = [covered[year] for year in self.years]
        self.base = self._states_of(base, self.cells)
        units = [Cell(Scope(unit=unit.id), 0) for unit in hierarchy.units]
        self.units = self._states_of(base, units) == SHOWN
        names = ("persons", "permanent", "departures", *TRACES)
        sums = {name: breakdown.sums[name] for name in names}
        self.persons = present(population, sums)
        self.counted = self.persons if population == "permanent" else sums["persons"]
        self.table = self._first_states()
        self.able = self.table == SHOWN
        self._safe: dict[int, bytes] = {}

    def _states_of(self, base: Protection, cells: list[Cell]) -> Integers:
        """What is decided about everybody: year, cell."""
        numbers = {name: number for number, name in NAMES.items()}
        return np.array(
            [
                [numbers[base.states.get((y, cell), "protected")] for cell in cells]
                for y in self.years
            ]
        )

    def _first_states(self) -> Integers:
        """By the group alone, and never more than what is published about everybody."""
        shape = (len(self.years), len(self.breakdown.values), len(self.cells))
        table = np.full(shape, EMPTY, np.int64)
        for v in range(shape[1]):
            for c in range(shape[2]):
                persons = self._people(v, c)
                for y, months in enumerate(self.months):
                    here = persons[months]
                    if is_small(here).any() or (here.any() and self.base[y, c] != SHOWN):
                        table[y, v, c] = HIDDEN
                    elif here.any():
                        table[y, v, c] = SHOWN
        return table

    def _people(self, v: int, c: int) -> Integers:
        """Persons of a cell to protect, month by month."""
        scope, sex = divmod(c, 3)
        of_value = self.breakdown.pairs[:, 0] == v
        pairs = np.flatnonzero(of_value & self.inside[scope][self.breakdown.pairs[:, 1]])
        sexes = slice(None) if sex == 0 else slice(sex - 1, sex)
        counted = self.counted[pairs, sexes].sum(axis=(0, 1))
        return effective(counted, (self.persons[pairs, sexes] > 0).any(axis=(0, 1)))

    def settle(self) -> GroupProtection:
        """Hide until no month gives anything away."""
        covering: dict[tuple[int, ...], list[int]] = defaultdict(list)
        for month in sorted({m for months in self.months for m in months}):
            years = tuple(y for y, months in enumerate(self.months) if month in months)
            covering[years].append(month)
        while any([self._hide_in(years, months) for years, months in covering.items()]):
            pass
        for y in range(len(self.years)):
            self._show_what_is_known(y, covering)
        return GroupProtection(
            {
                (year, word, cell): NAMES[int(self.table[y, v, c])]
                for y, year in enumerate(self.years)
                for v, word in enumerate(self.breakdown.values)
                for c, cell in enumerate(self.cells)
            }
        )

    def _hide_in(self, years: tuple[int, ...], months: list[int]) -> bool:
        changed, chosen = False, list(years)
        for month in months:
            now = self.table[chosen].tobytes()
            if self._safe.get(month) == now:
                continue
            while found := self._to_hide(chosen, month):
                changed = True
                for v, cells in found:
                    self.table[np.ix_(chosen, [v], cells)] = HIDDEN
            self._safe[month] = self.table[chosen].tobytes()
        return changed

    def _show_what_is_known(self, y: int, covering: dict[tuple[int, ...], list[int]]) -> None:
        """Publish again what follows from the rest in every month: it gives nothing new away."""
        hidden = np.argwhere(self.able[y] & (self.table[y] == HIDDEN)).tolist()
        cells: list[Place] = [(v, c) for v, c in hidden]
        for years, months in covering.items():
            for month in months if y in years else ():
                if cells:
                    known = Partition(self._month(list(years), month)).known(cells)
                    cells = [cell for cell, follows in zip(cells, known, strict=True) if follows]
        for v, c in cells:
            self.table[y, v, c] = SHOWN

    def _to_hide(self, years: list[int], month: int) -> list[tuple[int, list[int]]]:
        """Cells to hide, so that what leaks in this month does not; none when nothing does."""
        partition = Partition(self._month(years, month))
        chosen: list[tuple[int, list[int]]] = []
        for target, used in partition.leaks():
            if not any(source in used for v, cells in chosen for source in ((v, c) for c in cells)):
                chosen += self._cheapest(partition, target, used)
        return chosen or self._bridges(partition, years, month)

    def _month(self, years: list[int], month: int) -> Month:
        """What there is and what is published in any of the years."""
        pair, sex = np.nonzero(self.persons[:, :, month])
        value, stratum = self.breakdown.pairs[pair].T
        return Month(
            value=value,
            stratum=stratum,
            sex=sex,
            persons=self.counted[pair, sex, month],
            inside=self.inside,
            visible=(self.table[years] != HIDDEN).any(axis=0),
            base=(self.base[years] != HIDDEN).any(axis=0),
            components=self._components(years, month, pair * 2 + sex),
        )

    def _regions(self, years: list[int]) -> Integers:
        """The published unit at or nearest above each position, in any of the years."""
        return Regions.of(self.cube.hierarchy.parent, self.units[years].any(axis=0)).label

    def _there(self, month: int) -> tuple[Integers, Integers, Integers, Integers]:
        """Position, pair, sex and persons of everything that there is in the month."""
        presence = self.breakdown.presence
        counted, some = presence.of(self.population)
        at = np.flatnonzero(some & (presence.month == month))
        return presence.position[at], presence.pair[at], presence.sex[at], counted[at]

    def _components(self, years: list[int], month: int, atoms: Integers) -> Integers:
        position, pair, sex, _ = self._there(month)
        number = np.searchsorted(atoms, pair * 2 + sex)
        return components(self._regions(years)[position], number, len(atoms))

    def _cheapest(
        self, partition: Partition, target: Flags, used: list[Place]
    ) -> list[tuple[int, list[int]]]:
        """The least useful cell of those that give the target away, and what says the same.

        Of the target's own value if its cells do it; else another value's cell, beside the target
        in what is published of everybody (of its sex, where sexes give it away).
        """
        groups = [place for place in used if place[0] >= 0]
        own = np.unique(partition.month.value[target]).tolist()
        options = [place for place in groups if [place[0]] == own]
        if not options:
            sexes = np.unique(partition.month.sex[target])
            cells = sorted({cell for value, cell in used if value == EVERYBODY})
            by_sex = len(sexes) == 1 and any(cell % 3 for cell in cells)
            sex = int(sexes[0]) + 1 if by_sex else 0
            beside = sorted({cell - cell % 3 + sex for cell in cells})
            options = [place for cell in beside for place in partition.shown_in(cell)]
        options = options or groups
        return [partition.alike(min(options, key=partition.cost))] if options else []

    def _bridges(
        self, partition: Partition, years: list[int], month: int
    ) -> list[tuple[int, list[int]]]:
        """A value to hide where a unit's few of it are all that the unit and the values leave."""
        position, pair, _, counted = self._there(month)
        value, stratum = self.breakdown.pairs[pair].T
        region = self._regions(years)[position]
        for scope in np.flatnonzero(partition.month.base[::3]).tolist():
            shown = partition.month.visible[:, 3 * scope]
            at = self.inside[scope][stratum] & (region >= 0)
            edges = edges_of(
                region[at], np.where(shown, np.arange(len(shown)), -1)[value[at]], counted[at]
            )
            for edge in small_bridges(edges)[:1]:
                beside = [e for e in edges if e.region == edge.region and e.value >= 0]
                if edge.value >= 0 or beside:
                    few = edge if edge.value >= 0 else min(beside, key=lambda e: e.persons)
                    return [partition.alike((few.value, 3 * scope))]
        return []
