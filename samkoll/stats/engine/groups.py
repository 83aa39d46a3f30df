"""The groups that disclosure control protects: how many persons, in which unit, sex and month."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from samkoll.stats.engine.cells import Integers
from samkoll.stats.engine.cube import SEXES, Cube, Sex
from samkoll.stats.engine.facts import TRACES
from samkoll.stats.engine.hierarchy import NO_BOARD, Scope

Flags = npt.NDArray[np.bool_]
SMALLEST_SHOWN = 11


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """One published figure's place: a scope and a sex (0 total, 1 women, 2 men)."""

    scope: Scope
    sex: int

    @property
    def sex_name(self) -> Sex:
        return SEXES[self.sex]


def effective(persons: npt.ArrayLike, some: npt.ArrayLike) -> Integers:
    """Persons to protect: those counted, or one where hours exist and nobody is counted."""
    return np.where(np.equal(persons, 0) & some, 1, persons)


def is_small(count: Integers) -> Flags:
    """One to ten persons. Nobody is nothing to protect."""
    return np.asarray((count >= 1) & (count < SMALLEST_SHOWN))


class Groups:
    """Persons of one population, by position, sex and month, and the cells made of them.

    ``own[p, s, m]``   persons placed directly on the unit at position p; s: 0 women, 1 men
    ``some[p, s, m]``  is there anything at all to protect (hours without a counted person)?
    """

    def __init__(self, cube: Cube, population: str) -> None:
        self.cube = cube
        self.hierarchy = cube.hierarchy
        self.own = own_monthly(cube, population)
        self.some = self.own > 0
        if population == "persons":
            for name in TRACES:
                self.some |= own_monthly(cube, name) != 0
        self.active: Flags = np.asarray(self.some.any(axis=1))
        self.years = months_of_years(cube)
        months = sorted({m for covered in self.years.values() for m in covered})
        scopes = self.hierarchy.published_scopes([cube.first + m for m in months])
        self.upper = tuple(scope for scope in scopes if self.hierarchy.by_sex(scope))
        self.cells = tuple(
            [Cell(scope, 0) for scope in scopes]
            + [Cell(scope, sex) for scope in self.upper for sex in (1, 2)]
        )
        self.administration = self.hierarchy.administration

    def members(self, scope: Scope, month: int) -> Flags:
        """Which positions belong to the scope in that month (counted from the cube's first)?"""
        inside = np.zeros(len(self.hierarchy), np.bool_)
        for start, end in self.hierarchy.runs(scope, self.cube.first + month):
            inside[start:end] = True
        return inside

    def boards(self, month: int) -> Integers:
        """Board of each position in that month."""
        return self.hierarchy.boards_at(self.cube.first + month)

    def count(self, inside: Flags, month: int) -> tuple[int, int, int]:
        """Persons to protect in a set of positions: total, women, men."""
        persons = self.own[inside, :, month].sum(axis=0)
        some = self.some[inside, :, month].any(axis=0)
        by_sex = effective(persons, some)
        both = int(effective(persons.sum(), some.any()))
        return both, int(by_sex[0]), int(by_sex[1])

    def monthly(self, scope: Scope) -> Integers:
        """Persons to protect, month by month: (total, women, men), month."""
        persons = np.zeros((2, self.cube.span), np.int64)
        some = np.zeros((2, self.cube.span), np.bool_)
        for months, runs in self.cube.periods(scope):
            for start, end in runs:
                persons[:, months] += self.own[start:end, :, months].sum(axis=0)
                some[:, months] |= self.some[start:end, :, months].any(axis=0)
        total = effective(persons.sum(axis=0), some.any(axis=0))
        return np.vstack([total[None], effective(persons, some)])


def own_monthly(cube: Cube, measure: str) -> Integers:
    """A measure of what is placed directly on each unit: position, sex, month."""
    table = cube.by_position(measure)
    return np.ascontiguousarray(np.diff(table[:, 1:, :], axis=2).transpose(2, 0, 1))


def months_of_years(cube: Cube) -> dict[int, list[int]]:
    """For each calendar year: the months with facts that some window of at most twelve months
    covers whose last month lies in the year, from February of the year before."""
    years = sorted({month // 12 for month in cube.months})
    return {
        year: sorted(m - cube.first for m in cube.months if 12 * year - 11 <= m < 12 * year + 12)
        for year in years
    }


__all__ = [
    "NO_BOARD",
    "SMALLEST_SHOWN",
    "Cell",
    "Groups",
    "effective",
    "is_small",
    "months_of_years",
    "own_monthly",
]
