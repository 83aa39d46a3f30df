"""The organisation as plain values, numbered depth-first, so that every subtree is a range of
numbers.

Units never move: a reorganisation closes a unit and opens another, so ``parent`` is a plain key
and a subtree is the same for all months. Boards are dated: the board of a unit may change from
month to month.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from samkoll.core.errors import DomainError

NO_BOARD = -1
Run = tuple[int, int]
"""Positions ``start <= p < end`` in the depth-first numbering."""


class UnknownScope(DomainError):
    """The unit or board is not in the organisation."""


@dataclass(frozen=True, slots=True)
class UnitNode:
    """One unit. ``kind``: municipality, administration, department or unit."""

    id: int
    parent: int | None
    kind: str
    code: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class BoardSpan:
    """A unit answers to a board from month ``first`` to ``last`` (indexes, both included)."""

    unit: int
    board: int
    first: int = 0
    last: int = 1_000_000


@dataclass(frozen=True, slots=True)
class Scope:
    """What a figure is about: a unit with its subtree, a board, or what the two have in common."""

    unit: int | None = None
    board: int | None = None

    def __post_init__(self) -> None:
        if self.unit is None and self.board is None:
            raise ValueError("a scope has a unit or a board")


class Hierarchy:
    """The depth-first numbering of the units, and the board of each unit in each month.

    ``ids[p]``     unit at position p; siblings keep the order in which they were given
    ``end[p]``     its subtree is positions p to end[p] - 1
    ``parent[p]``  position of its parent, -1 at the top
    ``administration[p]``  position of the administration at or above it, -1 without one
    """

    def __init__(
        self, units: Iterable[UnitNode], boards: dict[int, str], spans: Iterable[BoardSpan] = ()
    ) -> None:
        self.boards = dict(boards)
        self.units = tuple(_depth_first({unit.id: unit for unit in units}))
        self.ids = np.array([unit.id for unit in self.units], np.int64)
        self.position = {unit.id: p for p, unit in enumerate(self.units)}
        self.parent = [self.position[u.parent] if u.parent is not None else -1 for u in self.units]
        self.end = np.arange(1, len(self.units) + 1)
        for p in range(len(self.units) - 1, 0, -1):
            if self.parent[p] >= 0:
                self.end[self.parent[p]] = max(self.end[self.parent[p]], self.end[p])
        self._spans: dict[int, list[BoardSpan]] = defaultdict(list)
        for span in spans:
            self._spans[self.position[span.unit]].append(span)
        self.administration = np.full(len(self.units), -1, np.int64)
        for p, unit in enumerate(self.units):
            if unit.kind == "administration":
                self.administration[p : self.end[p]] = p
        every = [span for of_unit in self._spans.values() for span in of_unit]
        self._edges = sorted({edge for s in every for edge in (s.first, s.last + 1)})
        self._boards_at = lru_cache(maxsize=None)(self._compute_boards_at)

    def __len__(self) -> int:
        return len(self.units)

    def positions_of(self, ids: npt.NDArray[np.integer]) -> npt.NDArray[np.int64]:
        """Positions of these unit ids. Raises: UnknownScope naming units that are not here."""
        table = np.full(max(self.position, default=0) + 2, -1, np.int64)
        table[self.ids] = np.arange(len(self.ids))
        found = np.asarray(table[np.minimum(ids, len(table) - 1)])
        if (found < 0).any():
            few = ", ".join(str(i) for i in np.unique(ids[found < 0])[:5])
            raise UnknownScope(f"Underlaget har enheter som saknas i organisationen: {few}.")
        return found

    def period_of(self, month: int) -> int:
        """A number that is equal for months with the same boards."""
        return int(np.searchsorted(self._edges, month, side="right"))

    def boards_at(self, month: int) -> npt.NDArray[np.int64]:
        """Board of each position in that month; the nearest unit at or above decides; NO_BOARD."""
        return self._boards_at(self.period_of(month), month)

    def _compute_boards_at(self, _period: int, month: int) -> npt.NDArray[np.int64]:
        found = np.full(len(self.units), NO_BOARD, np.int64)
        for p, above in enumerate(self.parent):
            own = [s.board for s in self._spans.get(p, ()) if s.first <= month <= s.last]
            found[p] = own[0] if own else (found[above] if above >= 0 else NO_BOARD)
        return found

    def range_of(self, scope: Scope) -> Run:
        """The positions of the scope's unit, or of everything. Raises: UnknownScope."""
        if scope.board is not None and scope.board not in self.boards:
            raise UnknownScope("Nämnden finns inte i organisationen.")
        if scope.unit is None:
            return 0, len(self.units)
        if scope.unit not in self.position:
            raise UnknownScope("Enheten finns inte i organisationen.")
        start = self.position[scope.unit]
        return start, int(self.end[start])

    def runs(self, scope: Scope, month: int) -> list[Run]:
        """The scope's positions in that month as few ranges. Raises: UnknownScope."""
        start, end = self.range_of(scope)
        if scope.board is None:
            return [(start, end)]
        inside = np.concatenate(([0], self.boards_at(month)[start:end] == scope.board, [0]))
        edges = np.flatnonzero(np.diff(inside)) + start
        return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]

    def published_scopes(self, months: Iterable[int]) -> tuple[Scope, ...]:
        """Every scope with published figures: units, boards, and the pairs that have existed."""
        scopes = [Scope(unit=unit.id) for unit in self.units]
        scopes += [Scope(board=board) for board in self.boards]
        pairs: dict[Scope, None] = {}
        representatives = {self.period_of(month): month for month in months}
        for month in representatives.values():
            at = self.boards_at(month)
            for p, unit in enumerate(self.units):
                if unit.kind == "administration":
                    for board in np.unique(at[p : self.end[p]]):
                        if board != NO_BOARD:
                            pairs.setdefault(Scope(unit=unit.id, board=int(board)))
        return (*scopes, *pairs)

    def by_sex(self, scope: Scope) -> bool:
        """Are figures by sex published? From administration and board level up."""
        if scope.board is not None:
            return True
        kind = self.units[self.range_of(scope)[0]].kind
        return kind in ("municipality", "administration")


def _depth_first(units: dict[int, UnitNode]) -> Iterator[UnitNode]:
    children: dict[int | None, list[UnitNode]] = defaultdict(list)
    for unit in units.values():
        children[unit.parent].append(unit)
    stack = children[None][::-1]
    while stack:
        unit = stack.pop()
        yield unit
        stack.extend(children[unit.id][::-1])
