"""Small groups where boards and sexes cut across the tree: exact linear algebra for one month.

A *stratum* is an administration's part under one board. Above it everything is a union of strata;
below it only a tree of totals is published. So what the tree leaves open (a region that spans
several strata) and the women of each stratum are all the unknowns there are, a few dozen whatever
the municipality's size.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from samkoll.stats.engine.cells import Integers
from samkoll.stats.engine.groups import NO_BOARD, Cell, Flags, Groups
from samkoll.stats.engine.hierarchy import Scope
from samkoll.stats.engine.regions import Regions
from samkoll.stats.engine.span import Span

Stratum = tuple[int, int]
Shown = Callable[[Cell], bool]


@dataclass(frozen=True, slots=True)
class Target:
    """A group of one to ten persons that must not follow from what is published."""

    vector: Integers
    sex: int
    inside: Flags


class Margins:
    """The unknowns, the published sums and the protected groups of one month."""

    def __init__(self, groups: Groups, shown: Shown, units: Flags, month: int) -> None:
        self.groups, self.shown, self.month, self.units = groups, shown, month, units
        self.regions = Regions.of(groups.hierarchy.parent, units)
        self.active = groups.active[:, month]
        administration, board = groups.administration, groups.boards(month)
        found, number = np.unique(
            np.stack([administration[self.active], board[self.active]]), axis=1, return_inverse=True
        )
        self.strata: list[Stratum] = [(int(a), int(b)) for a, b in found.T]
        self.stratum = np.full(len(groups.hierarchy), -1, np.int64)
        self.stratum[self.active] = number.reshape(-1)
        self.open = self._open_classes()
        self.width = len(self.open) + len(self.strata)

    def _open_classes(self) -> list[tuple[int, int]]:
        """(region, stratum) pairs whose total the tree alone does not give."""
        label, stratum = self.regions.label[self.active], self.stratum[self.active]
        pairs = np.unique(np.stack([label, stratum]), axis=1)
        regions, counts = np.unique(pairs[0], return_counts=True)
        split = set(regions[counts > 1].tolist())
        return [(int(r), int(s)) for r, s in pairs.T if r < 0 or int(r) in split]

    def vector(self, strata: Iterable[int], sex: int) -> Integers:
        """Total, women or men of these strata in terms of the unknowns."""
        wanted = set(strata)
        total = np.array([s in wanted for _, s in self.open], np.int64)
        women = np.array([s in wanted for s in range(len(self.strata))], np.int64)
        if sex == 0:
            women = np.zeros_like(women)
        elif sex == 1:
            total = np.zeros_like(total)
        else:
            women = -women
        return np.concatenate([total, women])

    def strata_of(self, scope: Scope) -> list[int]:
        """The strata of an administration, a board, a pair or the municipality."""
        position = None if scope.unit is None else self.groups.hierarchy.position[scope.unit]
        kind = None if position is None else self.groups.hierarchy.units[position].kind
        return [
            n
            for n, (administration, board) in enumerate(self.strata)
            if (kind != "administration" or administration == position)
            and (scope.board is None or board == scope.board)
        ]

    def published(self) -> tuple[list[Cell | int | None], Integers]:
        """Each known sum: its source (a cell, or a region's position) and coefficients.

        Source None: nobody of one sex is in a stratum, which people there can see.
        """
        sources: list[Cell | int | None] = []
        rows = []
        for stratum in range(len(self.strata)):
            _, *by_sex = self.groups.count(self.active & (self.stratum == stratum), self.month)
            for sex in (1, 2):
                if by_sex[sex - 1] == 0:
                    sources.append(None)
                    rows.append(self.vector([stratum], sex))
        for region in sorted({r for r, _ in self.open if r >= 0}):
            sources.append(region)
            rows.append(np.array([r == region for r, _ in self.open] + [0] * len(self.strata)))
        for cell in self.groups.cells:
            margin = cell.sex > 0 or cell.scope.board is not None
            if margin and self.shown(cell):
                sources.append(cell)
                rows.append(self.vector(self.strata_of(cell.scope), cell.sex))
        return sources, np.array(rows, np.int64).reshape(len(rows), self.width)

    def targets(self) -> list[Target]:
        """Every group here of one to ten persons: cells, strata, hidden parts, split regions."""
        found: dict[bytes, Target] = {}
        for strata in self._unions():
            inside = self.active & np.isin(self.stratum, strata)
            for sex, count in enumerate(self.groups.count(inside, self.month)):
                if 1 <= count <= 10:
                    vector = self.vector(strata, sex)
                    found[vector.tobytes()] = Target(vector, sex, inside)
        for classes in self._splits():
            inside = self._inside(classes)
            if 1 <= self.groups.count(inside, self.month)[0] <= 10:
                vector = np.array([n in classes for n in range(self.width)], np.int64)
                found[vector.tobytes()] = Target(vector, 0, inside)
        return [target for target in found.values() if target.vector.any()]

    def _unions(self) -> Iterator[tuple[int, ...]]:
        """Strata one by one, upper cells, and the hidden parts of every sum of parts."""
        yield from ((n,) for n in range(len(self.strata)))
        for scope in self.groups.upper:
            yield tuple(self.strata_of(scope))
        whole = range(len(self.strata))
        for axis in (0, 1):
            for value in sorted({s[axis] for s in self.strata}):
                yield from self._hidden([n for n in whole if self.strata[n][axis] == value], axis)
        yield from self._hidden_groups(0)
        yield from self._hidden_groups(1)

    def _hidden(self, parts: Sequence[int], _axis: int) -> Iterator[tuple[int, ...]]:
        """The strata among these whose own figures are not published, by sex."""
        for sex in (0, 1, 2):
            yield tuple(n for n in parts if not self._pair_shown(n, sex))

    def _hidden_groups(self, axis: int) -> Iterator[tuple[int, ...]]:
        """The administrations (0) or boards (1) of the municipality that are not published."""
        for sex in (0, 1, 2):
            yield tuple(n for n, s in enumerate(self.strata) if not self._side_shown(s, axis, sex))

    def _pair_shown(self, stratum: int, sex: int) -> bool:
        position, board = self.strata[stratum]
        if position < 0 or board == NO_BOARD:
            return False
        unit = self.groups.hierarchy.units[position].id
        return self.shown(Cell(Scope(unit=unit, board=board), sex))

    def _side_shown(self, stratum: Stratum, axis: int, sex: int) -> bool:
        value = stratum[axis]
        if value < 0:
            return False
        if axis == 0:
            return self.shown(Cell(Scope(unit=self.groups.hierarchy.units[value].id), sex))
        return self.shown(Cell(Scope(board=value), sex))

    def _splits(self) -> Iterator[set[int]]:
        """Unknown parts of one region, alone and together."""
        by_region: dict[int, list[int]] = defaultdict(list)
        for n, (region, _) in enumerate(self.open):
            by_region[region].append(n)
        for classes in by_region.values():
            for size in range(1, min(len(classes), 4)):
                yield from (set(chosen) for chosen in combinations(classes, size))

    def _inside(self, classes: set[int]) -> Flags:
        inside = np.zeros_like(self.active)
        for n in classes:
            region, stratum = self.open[n]
            inside |= (self.regions.label == region) & (self.stratum == stratum)
        return inside & self.active

    def to_hide(self) -> list[Cell]:
        """One cell for each protected group that can be derived; none when this month is safe."""
        targets = self.targets()
        sources, rows = self.published()
        if not targets or not sources:
            return []
        span = Span(rows)
        found, used = span.derive(np.array([t.vector for t in targets]))
        chosen: list[Cell] = []
        for number in np.flatnonzero(found):
            every = [sources[n] for n in np.flatnonzero(used[number])]
            rows_used = [source for source in every if source is not None]
            if rows_used and not any(cell in chosen for cell in rows_used):
                chosen.append(self._cheapest(targets[number], rows_used))
        return chosen

    def known(self, cells: Sequence[Cell]) -> Flags:
        """Which of these cells can be worked out in this month anyway?"""
        answer = np.zeros(len(cells), np.bool_)
        vectors: dict[int, Integers] = {}
        for number, cell in enumerate(cells):
            if cell.sex > 0 or cell.scope.board is not None:
                vectors[number] = self.vector(self.strata_of(cell.scope), cell.sex)
            elif (vector := self._unit_vector(cell.scope)) is not None:
                vectors[number] = vector
        if vectors:
            _, rows = self.published()
            answer[list(vectors)] = Span(rows).derive(np.array(list(vectors.values())))[0]
        return answer

    def _unit_vector(self, scope: Scope) -> Integers | None:
        """A unit's total in terms of the unknowns; None when it is only a part of one."""
        inside = self.groups.members(scope, self.month) & self.active
        vector = np.zeros(self.width, np.int64)
        for region in np.unique(self.regions.label[inside]):
            of_region = self.active & (self.regions.label == region)
            for stratum in np.unique(self.stratum[inside & of_region]):
                whole = of_region & (self.stratum == stratum)
                if (whole & ~inside).any():
                    return None
                if (int(region), int(stratum)) in self.open:
                    vector[self.open.index((int(region), int(stratum)))] = 1
        return vector

    def _cheapest(self, target: Target, used: list[Cell | int]) -> Cell:
        """A unit beside the group, if its total is what leaks; else the least useful cell used."""
        if target.sex == 0 and (beside := self._beside(target)):
            return beside
        cells = [source for source in used if isinstance(source, Cell)]
        cells = cells or [self._unit_cell(source) for source in used if isinstance(source, int)]
        return min(cells, key=self._cost)

    def _beside(self, target: Target) -> Cell | None:
        """The smallest published unit that shares region and stratum with the group."""
        strata = set(self.stratum[target.inside].tolist())
        regions = set(self.regions.label[target.inside].tolist())
        fit = [
            q
            for q in np.flatnonzero(self.units & (self.stratum >= 0))
            if int(self.regions.top[q]) in regions and int(self.stratum[q]) in strata
        ]
        counted = [(self._people(self._unit_cell(int(q))), int(q)) for q in fit]
        counted = [pair for pair in counted if pair[0] > 0]
        return self._unit_cell(min(counted)[1]) if counted else None

    def _unit_cell(self, position: int) -> Cell:
        return Cell(Scope(unit=self.groups.hierarchy.units[position].id), 0)

    def _people(self, cell: Cell) -> int:
        inside = self.groups.members(cell.scope, self.month)
        return self.groups.count(inside, self.month)[cell.sex]

    def _cost(self, cell: Cell) -> tuple[bool, bool, int, int, int]:
        """The municipality last, totals late, then by persons; ties by the order of the scopes."""
        whole = cell.scope.board is None and cell.scope.unit == self.groups.hierarchy.units[0].id
        order = self.groups.upper.index(cell.scope) if cell.scope in self.groups.upper else -1
        return whole, cell.sex == 0, self._people(cell), order, cell.sex
