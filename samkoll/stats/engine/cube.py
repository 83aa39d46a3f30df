"""The cube: rolling sums of every measure for every unit, board and pair, by running sums.

With units numbered depth-first a subtree is a range of numbers, and a window is a range of
months. One running sum along each axis makes the sum over any such rectangle a difference of four
corners, so no figure needs a query of its own. All sums are integers and exact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

import numpy as np
import numpy.typing as npt

from samkoll.stats.engine.cells import Integers, LeafCells
from samkoll.stats.engine.facts import MEASURES, TRACES, WOMAN
from samkoll.stats.engine.hierarchy import Hierarchy, Run, Scope

Sex = Literal["total", "women", "men"]
SEXES: tuple[Sex, ...] = ("total", "women", "men")
POPULATIONS = ("persons", "permanent")
KEPT_SCOPES = 256
"""Scopes whose months are kept, for pages with many figures of few: 30 kB each in ten years."""


@dataclass(frozen=True, slots=True)
class CellSums:
    """One scope, sex and window of the cube; ``sums`` is None when a month is missing."""

    sums: Mapping[str, int] | None
    sizes: Mapping[str, int]

    @property
    def missing(self) -> bool:
        """At least one month of the window has no facts: there is no figure, not a partial one."""
        return self.sums is None


class Cube:
    """Sums over (sex, month, unit) of each measure, cumulated along months and positions.

    A measure's table is made when it is first asked for. Axes: sex (0 women, 1 men), months + 1,
    units + 1; entry (s, m, p) is the sum over the months before the m-th and the positions before
    p.
    """

    def __init__(self, cells: LeafCells, hierarchy: Hierarchy, months: frozenset[int]) -> None:
        self.hierarchy = hierarchy
        self.months = months
        self.first = min(months, default=0)
        self.span = max(months, default=-1) + 1 - self.first
        self._shape = (2, self.span + 1, len(hierarchy) + 1)
        self._place = self._places(cells)
        self._cells = cells.measures
        self._by_position: dict[str, Integers] = {}
        self._corner: dict[str, Integers] = {}
        self._series = lru_cache(maxsize=KEPT_SCOPES)(self._every_measure)
        self._periods: dict[Scope, list[tuple[slice, list[Run]]]] = {}

    def _places(self, cells: LeafCells) -> Integers:
        """Where each leaf cell goes in a flattened table. Raises: UnknownScope."""
        man = (cells.sex != WOMAN).astype(np.int64)
        month = cells.month.astype(np.int64) - (self.first - 1)
        position = self.hierarchy.positions_of(cells.unit)
        return np.asarray((man * self._shape[1] + month) * self._shape[2] + position + 1)

    def by_position(self, measure: str) -> Integers:
        """One measure cumulated over positions only: sex, month + 1, position + 1."""
        if measure not in self._by_position:
            table = np.zeros(self._shape, np.int64)
            table.reshape(-1)[self._place] = self._cells[measure]
            self._by_position[measure] = np.cumsum(table, axis=2, out=table)
        return self._by_position[measure]

    def corner(self, measure: str) -> Integers:
        """One measure cumulated over positions and months."""
        if measure not in self._corner:
            self._corner[measure] = np.cumsum(self.by_position(measure), axis=1)
        return self._corner[measure]

    # Everything at once, for pages with many units and for disclosure control.

    @property
    def window_ends(self) -> range:
        """Indexes of the last months for which twelve months lie within the cube's span."""
        return range(self.first + 11, self.first + self.span)

    @cached_property
    def complete(self) -> npt.NDArray[np.bool_]:
        """For each of ``window_ends``: do all twelve months have facts?"""
        present = [m in self.months for m in range(self.first, self.first + self.span)]
        counted = np.concatenate(([0], np.cumsum(present)))
        return np.asarray(counted[12:] - counted[:-12] == 12)

    def rolling(self, measure: str) -> Integers:
        """R12 sums for every unit's subtree: (women, men), window end, position."""
        corner = self.corner(measure)
        window = corner[:, 12:, :] - corner[:, :-12, :]
        return np.asarray(np.take(window, self.hierarchy.end, axis=2) - window[:, :, :-1])

    def monthly(self, measure: str, scope: Scope) -> Integers:
        """One scope month by month: (women, men), month."""
        table = self.by_position(measure)
        if scope.board is None:
            start, end = self.hierarchy.range_of(scope)
            return np.asarray(table[:, 1:, end] - table[:, 1:, start])
        out = np.zeros((2, self.span), np.int64)
        for months, runs in self.periods(scope):
            for start, end in runs:
                out[:, months] += table[:, 1:, end][:, months] - table[:, 1:, start][:, months]
        return out

    @cached_property
    def _stretches(self) -> list[slice]:
        """Stretches of months with the same boards."""
        numbers = [self.hierarchy.period_of(self.first + m) for m in range(self.span)]
        starts = [m for m in range(self.span) if m == 0 or numbers[m] != numbers[m - 1]]
        return [slice(a, b) for a, b in zip(starts, [*starts[1:], self.span], strict=True)]

    def periods(self, scope: Scope) -> list[tuple[slice, list[Run]]]:
        """The scope's runs in each stretch of months with the same boards."""
        if scope not in self._periods:
            self._periods[scope] = [
                (months, self.hierarchy.runs(scope, self.first + months.start))
                for months in self._stretches
            ]
        return self._periods[scope]

    # One figure.

    def sums(self, scope: Scope, sex: Sex, first: int, last: int) -> CellSums:
        """Exact sums of all measures over the months first..last, and the group sizes.

        Raises: UnknownScope.
        """
        self.hierarchy.range_of(scope)
        if any(month not in self.months for month in range(first, last + 1)):
            return CellSums(None, dict.fromkeys(POPULATIONS, 0))
        months = slice(first - self.first, last - self.first + 1)
        return window_sums(self._series(scope)[..., months], sex, MEASURES)

    def _every_measure(self, scope: Scope) -> Integers:
        """All measures of one scope: measure, (women, men), month."""
        return np.stack([self.monthly(name, scope) for name in MEASURES])


def window_sums(series: Integers, sex: Sex, measures: Sequence[str]) -> CellSums:
    """Exact sums of some measures, and the group sizes, of a window whose ``MEASURES`` are given
    by (women, men) and month."""
    chosen = series.sum(axis=1) if sex == "total" else series[:, 0 if sex == "women" else 1]
    values = dict(zip(MEASURES, chosen, strict=True))
    sums = dict(zip(MEASURES, chosen.sum(axis=1).tolist(), strict=True))
    sizes = {population: smallest(present(population, values)) for population in POPULATIONS}
    return CellSums({name: sums[name] for name in measures}, sizes)


def by_sex(women_and_men: Integers, sex: Sex) -> Integers:
    """Pick or add along the first axis (women, men)."""
    if sex == "total":
        return np.asarray(women_and_men.sum(axis=0))
    return np.asarray(women_and_men[0 if sex == "women" else 1])


def present(population: str, monthly: Mapping[str, Integers]) -> Integers:
    """Persons of a population month by month, never 0 where there is anything to protect.

    Hours without a counted person (somebody whose main employment lies elsewhere, or who has no
    ordinary hours) belong to at least one person: such a month counts as one.
    """
    if population == "permanent":
        return np.maximum(monthly["permanent"], monthly["departures"])
    persons = monthly["persons"]
    if persons.all():
        return persons
    some = np.any([monthly[name] != 0 for name in TRACES], axis=0)
    return np.where((persons == 0) & some, 1, persons)


def smallest(persons: Integers) -> int:
    """The group size of a window: its smallest month that has anybody; 0 when none has."""
    there = persons[persons > 0]
    return int(there.min()) if there.size else 0
