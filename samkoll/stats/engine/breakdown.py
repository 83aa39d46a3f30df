"""The facts broken down by one thing more than unit and sex: staff group, age band or form.

Figures of groups are published from administration and board level up, so nothing below a
*stratum* (an administration's part under one board) is kept: one row of months for each value and
stratum that has somebody. The statement reads one year at a time; memory is bounded by the number
of values, not by that of units or persons.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any, Literal, Protocol, get_args

import numpy as np
import numpy.typing as npt

from samkoll.core.errors import DomainError
from samkoll.core.months import Window
from samkoll.stats.engine.cells import Integers
from samkoll.stats.engine.choice import leaf_table
from samkoll.stats.engine.cube import POPULATIONS, CellSums, Sex, window_sums
from samkoll.stats.engine.facts import MEASURES, TRACES, WOMAN, FactSet
from samkoll.stats.engine.hierarchy import Hierarchy, Scope

Dimension = Literal["staff_group", "age_band", "form"]
DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)
YOUNG, MIDDLE, OLD = "-29", "30-49", "50-"
AGE_BANDS = (YOUNG, MIDDLE, OLD)
"""Age at the end of the month's calendar year."""
FORMS = ("1", "2", "3")

_AGE = "FLOOR(month / 12) - birth_year"
EXPRESSIONS: dict[Dimension, str] = {
    "staff_group": "staff_group",
    "age_band": (
        f"CASE WHEN {_AGE} <= 29 THEN '{YOUNG}' WHEN {_AGE} <= 49 THEN '{MIDDLE}' ELSE '{OLD}' END"
    ),
    "form": "CASE form WHEN 1 THEN '1' WHEN 2 THEN '2' ELSE '3' END",
}
"""The value of a row, in SQL that DuckDB and Spark share."""
_YEAR = 12


class NotBrokenDown(DomainError):
    """Figures of groups exist for the municipality, administrations and boards only."""


@dataclass(frozen=True, slots=True)
class Group:
    """Whom a figure is about besides unit and sex: one value of a dimension."""

    dimension: Dimension
    value: str


@dataclass(frozen=True, slots=True)
class Presence:
    """Who was where, for disclosure control: columns with an entry for each leaf cell and value.

    ``month`` counts from the breakdown's first, ``pair`` numbers value and stratum. ``some``: is
    there anything to protect, be it only hours of somebody who is counted elsewhere?
    """

    month: Integers
    position: Integers
    sex: Integers
    pair: Integers
    persons: Integers
    permanent: Integers
    some: npt.NDArray[np.bool_]

    def of(self, population: str) -> tuple[Integers, npt.NDArray[np.bool_]]:
        """Persons of the population, and where there is somebody to protect."""
        counted: Integers = getattr(self, population)
        return counted, (counted > 0) | (self.some if population == "persons" else False)


class Whose(Protocol):
    """Whose figure, over which months."""

    @property
    def scope(self) -> Scope: ...

    @property
    def sex(self) -> Sex: ...

    @property
    def window(self) -> Window: ...

    @property
    def group(self) -> Group | None: ...


class Breakdown:
    """Sums by value, stratum, sex and month of every measure, in one dimension.

    ``pairs[p]``: number of the value, number of the stratum; ``strata[s]``: position of the
    administration and board, either -1 for none.
    """

    def __init__(self, facts: FactSet, hierarchy: Hierarchy, dimension: Dimension) -> None:
        self.dimension, self.hierarchy, self.months = dimension, hierarchy, facts.months
        self.first = min(facts.months, default=0)
        self.span = max(facts.months, default=-1) + 1 - self.first
        self.stratum_at, self.strata = self._strata()
        self.inside = lru_cache(maxsize=None)(self._inside)
        self._numbers: dict[str, int] = {}
        self._pairs: dict[tuple[int, int], int] = {}
        self._table: npt.NDArray[Any] = np.zeros((len(MEASURES), 0, 2, self.span), np.int64)
        seen = []
        for columns in _by_year(facts, dimension):
            presence = self._placed(columns)
            more = len(self._pairs) - self._table.shape[1]
            self._table = np.pad(self._table, ((0, 0), (0, more), (0, 0), (0, 0)))
            at = presence.pair, presence.sex, presence.month
            for name, table in self.sums.items():
                np.add.at(table, at, columns[name])
            seen.append(presence)
        self.values = tuple(sorted(self._numbers))
        self.pairs, place = self._in_order()
        self._table = narrow(self._table[:, np.argsort(place)])
        presence = _joined(seen)
        self.presence = replace(presence, pair=place[presence.pair])

    def _strata(self) -> tuple[Integers, tuple[tuple[int, int], ...]]:
        """The stratum of each position in each month, and what the strata are."""
        administration = self.hierarchy.administration
        boards = [self.hierarchy.boards_at(self.first + m) for m in range(self.span)]
        keys = np.array([(administration + 1) * 2**31 + board + 1 for board in boards])
        found, number = np.unique(keys, return_inverse=True)
        strata = tuple((int(key >> 31) - 1, int(key & (2**31 - 1)) - 1) for key in found)
        return number.reshape(keys.shape), strata

    def _placed(self, columns: dict[str, Any]) -> Presence:
        """One year's leaf cells with the numbers of their values and strata."""
        words = [self._numbers.setdefault(w, len(self._numbers)) for w in columns["words"]]
        value = np.array(words, np.int64)[columns["value"]]
        month = columns["month"].astype(np.int64) - self.first
        position = self.hierarchy.positions_of(columns["unit"])
        keys = value * len(self.strata) + self.stratum_at[month, position]
        found, number = np.unique(keys, return_inverse=True)
        pairs = [divmod(int(key), len(self.strata)) for key in found]
        place = np.array([self._pairs.setdefault(p, len(self._pairs)) for p in pairs], np.int64)
        sex = (columns["sex"] != WOMAN).astype(np.int64)
        some = np.any([columns[name] != 0 for name in TRACES], axis=0)
        permanent = np.maximum(columns["permanent"], columns["departures"])
        pair = place[number.reshape(-1)]
        return Presence(month, position, sex, pair, columns["persons"], permanent, some)

    def _in_order(self) -> tuple[Integers, Integers]:
        """The pairs by value and stratum, whatever the order of reading, and the place of each."""
        rank = {word: number for number, word in enumerate(self.values)}
        renumbered = np.array([rank[word] for word in self._numbers], np.int64)
        pairs = np.array(list(self._pairs), np.int64).reshape(-1, 2)
        pairs[:, 0] = renumbered[pairs[:, 0]]
        order = np.lexsort((pairs[:, 1], pairs[:, 0]))
        return pairs[order], np.argsort(order)

    @property
    def sums(self) -> dict[str, Integers]:
        """Each measure by pair, sex and month."""
        return dict(zip(MEASURES, self._table, strict=True))

    @cached_property
    def _of_value(self) -> dict[str, Integers]:
        """The pairs of each value."""
        return {
            word: np.flatnonzero(self.pairs[:, 0] == number)
            for number, word in enumerate(self.values)
        }

    def pairs_of(self, scope: Scope, value: str) -> Integers:
        """The value's pairs in a scope. Raises: NotBrokenDown, UnknownScope."""
        found = self._of_value.get(value)
        if found is None:
            return np.zeros(0, np.int64)
        return np.asarray(found[self.inside(scope)[self.pairs[found, 1]]])

    def _inside(self, scope: Scope) -> npt.NDArray[np.bool_]:
        """Which strata belong to the scope? Raises: NotBrokenDown, UnknownScope."""
        position, _ = self.hierarchy.range_of(scope)
        if not self.hierarchy.by_sex(scope):
            raise NotBrokenDown("Uppdelning finns för kommunen, förvaltningar och nämnder.")
        whole = scope.unit is None or self.hierarchy.units[position].kind == "municipality"
        return np.array(
            [
                (whole or administration == position) and scope.board in (None, board)
                for administration, board in self.strata
            ],
            np.bool_,
        )

    def cell(self, asked: Whose, measures: Sequence[str]) -> CellSums:
        """Exact sums of these measures over the window, and the group sizes.

        Raises: NotBrokenDown, UnknownScope.
        """
        first, last = asked.window.first.index, asked.window.last.index
        pairs = self.pairs_of(asked.scope, asked.group.value if asked.group else "")
        if any(month not in self.months for month in range(first, last + 1)):
            return CellSums(None, dict.fromkeys(POPULATIONS, 0))
        months = slice(first - self.first, last - self.first + 1)
        return window_sums(self._table[:, pairs, :, months].sum(axis=1), asked.sex, measures)


def narrow(table: Integers) -> npt.NDArray[np.integer]:
    """The same numbers in half the memory where they fit; sums of them are wide again."""
    most = max(int(table.max(initial=0)), -int(table.min(initial=0)))
    return table.astype(np.int32) if most <= np.iinfo(np.int32).max else table


def _by_year(facts: FactSet, dimension: Dimension) -> Iterator[dict[str, Any]]:
    """The columns of each year's leaf cells; ``value`` numbers the ``words``."""
    years = defaultdict(list)
    for file in facts.files:
        for year in sorted({month // _YEAR for month in file.months}):
            months = tuple(month for month in file.months if month // _YEAR == year)
            years[year].append(replace(file, months=months))
    for _, files in sorted(years.items()):
        columns = leaf_table(files, value=EXPRESSIONS[dimension])
        words, numbers = np.unique(columns["value"].astype(str), return_inverse=True)
        yield {**columns, "value": numbers, "words": words.tolist()}


def _joined(seen: list[Presence]) -> Presence:
    def column(name: str) -> Any:
        return np.concatenate([np.zeros(0, np.int64), *(getattr(each, name) for each in seen)])

    names = Presence.__slots__
    return Presence(**{name: column(name) for name in names} | {"some": column("some") != 0})
