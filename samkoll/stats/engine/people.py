"""The cube of persons counted over windows, what of it may be shown, and moves between units."""

from __future__ import annotations

import threading

import numpy as np

from samkoll.stats.engine.cells import Integers
from samkoll.stats.engine.cube import Cube, Sex, by_sex
from samkoll.stats.engine.disclosure import Protection, protect
from samkoll.stats.engine.distinct import Moves, PersonCells
from samkoll.stats.engine.facts import WOMAN
from samkoll.stats.engine.groups import Flags
from samkoll.stats.engine.hierarchy import Hierarchy, Scope


class People:
    """Counts of persons by scope, sex and month; month m stands for the window that ends with m."""

    def __init__(self, found: PersonCells, hierarchy: Hierarchy, months: frozenset[int]) -> None:
        self.cube = Cube(found.cells, hierarchy, months)
        self._moves = found.moves
        self._from = hierarchy.positions_of(found.moves.source)
        self._to = hierarchy.positions_of(found.moves.target)
        self._protections: dict[str, Protection] = {}
        self._lock = threading.Lock()

    def protection(self, population: str) -> Protection:
        """The decisions for a count of persons as the group, made when first asked for."""
        with self._lock:
            if population not in self._protections:
                self._protections[population] = protect(self.cube, population)
            return self._protections[population]

    def total(self, measure: str, scope: Scope, sex: Sex, first: int, last: int) -> int:
        """The sum of a count over the months; one month for what is counted over a window."""
        months = slice(max(first - self.cube.first, 0), last - self.cube.first + 1)
        return int(by_sex(self.cube.monthly(measure, scope), sex)[months].sum())

    def moved(self, scope: Scope, sex: Sex, first: int, last: int) -> int:
        """Moves out of the scope to what is outside it, in these (new) months.

        A move between two parts of the scope is none. Boards are those of the month before the
        new one, in which the group is protected: who changes board with the unit has not moved.
        """
        moves: Moves = self._moves
        start, end = np.searchsorted(moves.month, [first, last + 1])
        found = 0
        for month in np.unique(moves.month[start:end]):
            a, b = np.searchsorted(moves.month, [month, month + 1])
            inside = self._inside(scope, int(month) - 1)
            out = inside[self._from[a:b]] & ~inside[self._to[a:b]]
            found += int(moves.count[a:b][out & _of_sex(moves.sex[a:b], sex)].sum())
        return found

    def _inside(self, scope: Scope, month: int) -> Flags:
        inside = np.zeros(len(self.cube.hierarchy), np.bool_)
        for start, end in self.cube.hierarchy.runs(scope, month):
            inside[start:end] = True
        return inside


def _of_sex(sex: Integers, wanted: Sex) -> Flags:
    if wanted == "total":
        return np.ones(len(sex), np.bool_)
    return np.asarray((sex == WOMAN) == (wanted == "women"))
