"""One month of a breakdown as linear algebra: what do published groups give away?

The unknowns (*atoms*) are the women and the men of each value in each stratum. Published are sums
of atoms: the cells of groups, those of everybody, and the units below. Every unit's total may be
used only as a whole, and all units of a stratum that share a value and a sex must be used alike
(whatever follows about the cells is the same for all units of a stratum), so the units fall into
few *components*. Values whose cells give every atom are known and drop out; what is left is small.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from samkoll.stats.engine.cells import Integers
from samkoll.stats.engine.groups import Flags, is_small
from samkoll.stats.engine.span import Span

Place = tuple[int, int]
"""A cell: the number of the value, and that of the scope and sex (three for each scope)."""
Rows = tuple[list[Place], Flags]
"""Published sums over some atoms, and where each comes from."""
EVERYBODY, UNITS = -1, -2
"""Values of published sums that are no groups."""


@dataclass(frozen=True, slots=True)
class Month:
    """What there is and what is published in one month. Atoms are columns of equal length.

    ``inside[scope, stratum]``; ``visible[value, cell]`` of groups; ``base[cell]`` of everybody;
    ``components[atom]``: the number of the atom's component, -1 where no unit's total is published.
    """

    value: Integers
    stratum: Integers
    sex: Integers
    persons: Integers
    inside: Flags
    visible: Flags
    base: Flags
    components: Integers

    def atoms(self, cell: int) -> Flags:
        """The atoms of a cell of everybody."""
        scope, sex = divmod(cell, 3)
        found = self.inside[scope][self.stratum]
        return np.asarray(found & (self.sex == sex - 1) if sex else found)

    def count(self, atoms: Flags) -> int:
        """Persons to protect: those counted, or one where hours exist and nobody is counted."""
        return max(int(self.persons[atoms].sum()), int(atoms.any()))


class Partition:
    """The published sums of one month, and what follows from them."""

    def __init__(self, month: Month) -> None:
        self.month = month
        self.of_cell = np.array([month.atoms(cell) for cell in range(3 * len(month.inside))])
        inside = month.inside.astype(np.int64)
        apart = inside @ (1 - inside).T  # how many strata of one scope lie outside the other
        self._below = ((apart > 0) & (apart.T == 0)).astype(np.int64)
        self.own = {int(v): np.flatnonzero(month.value == v) for v in np.unique(month.value)}
        self._rows = {v: self._of_value(v) for v in self.own}
        self.closed = np.zeros(len(month.value), np.bool_)
        for v, (_, rows) in self._rows.items():
            self.closed[self.own[v]] = _rank(rows) == rows.shape[1]
        self._open = np.flatnonzero(~self.closed)
        self.sources, self.table = self._published()

    def _of_value(self, v: int) -> Rows:
        """The value's published cells over its own atoms."""
        cells = np.flatnonzero(self.month.visible[v])
        return _distinct([(v, c) for c in cells.tolist()], self.of_cell[np.ix_(cells, self.own[v])])

    def _published(self) -> Rows:
        """Every published sum over the atoms that are not known."""
        sources, parts = list[Place](), list[Flags]()
        for v, (cells, rows) in self._rows.items():
            if not self.closed[self.own[v]].all():
                wide = np.zeros((len(rows), len(self.month.value)), np.bool_)
                wide[:, self.own[v]] = rows
                sources += cells
                parts.append(wide)
        everybody = np.flatnonzero(self.month.base)
        numbers = np.unique(self.month.components[self.month.components >= 0])
        sources += [(EVERYBODY, c) for c in everybody.tolist()] + [(UNITS, 0)] * len(numbers)
        parts += [self.of_cell[everybody], self.month.components == numbers[:, None]]
        return _distinct(sources, np.concatenate(parts)[:, self._open])

    def targets(self) -> list[Flags]:
        """Every group of one to ten persons: cells, strata, and what published sums leave."""
        found: dict[bytes, Flags] = {}
        for v, own in self.own.items():
            for atoms in self._small(self._groups(v), own):
                found[atoms.tobytes()] = atoms
        hidden = ~self.month.visible[self.month.value]
        rest = self.of_cell[self.month.base] & hidden[:, self.month.base].T
        everybody = np.concatenate([rest, self.of_cell])
        for atoms in self._small(everybody, np.arange(len(self.month.value))):
            found[atoms.tobytes()] = atoms
        return list(found.values())

    def _small(self, groups: Flags, atoms: Integers) -> Iterator[Flags]:
        """The groups of one to ten persons among these over some atoms, over all atoms."""
        persons = np.maximum(groups @ self.month.persons[atoms], groups.any(axis=1))
        for group in sorted({group.tobytes() for group in groups[is_small(persons)]}):
            wide = np.zeros(len(self.month.value), np.bool_)
            wide[atoms] = np.frombuffer(group, np.bool_)
            yield wide

    def _groups(self, v: int) -> Flags:
        """Cells and strata of a value over its own atoms, and what its published cells leave."""
        own = self.own[v]
        stratum, sex = self.month.stratum[own], self.month.sex[own]
        sexes = np.array([np.ones(len(own), np.bool_), sex == 0, sex == 1])
        strata = np.unique(stratum)[:, None] == stratum
        parts = [self.of_cell[:, own], *(strata & each for each in sexes)]
        for number, each in enumerate(sexes):
            shown = np.flatnonzero(self.month.visible[v][number::3])
            inside, below = self.month.inside[shown], self._below[np.ix_(shown, shown)]
            rest = inside & ~((below @ inside) > 0)
            parts.append(rest[:, stratum] & each)
        return np.concatenate(parts)

    def leaks(self) -> list[tuple[Flags, list[Place]]]:
        """The targets that can be worked out, with the published cells that give them away."""
        found: list[tuple[Flags, list[Place]]] = []
        unsure: list[Flags] = []
        for target in self.targets():
            if self.closed[target].all():
                found.append((target, self._of_closed(target)))
            else:
                unsure.append(target)
        wide = np.array(unsure, np.bool_).reshape(len(unsure), len(self.closed))
        return found + _derived(unsure, wide[:, self._open], (self.sources, self.table))

    def _of_closed(self, target: Flags) -> list[Place]:
        """The cells that give a target whose values are all known."""
        used: list[Place] = []
        for v in np.unique(self.month.value[target]).tolist():
            of_value = target[None, self.own[v]]
            used += [
                place for _, cells in _derived([target], of_value, self._rows[v]) for place in cells
            ]
        return used

    def known(self, places: list[Place]) -> Flags:
        """Which of these cells can be worked out from what is published?"""
        wanted = np.array([self.atoms(place) for place in places])[:, self._open]
        rest = np.flatnonzero(wanted.any(axis=1))
        answer = np.ones(len(places), np.bool_)
        if rest.size:
            span = Span(self.table.astype(np.int64))
            answer[rest] = span.derive(wanted[rest].astype(np.int64))[0]
        return answer

    def atoms(self, place: Place) -> Flags:
        """The atoms of a value's cell."""
        v, cell = place
        return np.asarray(self.of_cell[cell] & (self.month.value == v))

    def cost(self, place: Place) -> tuple[bool, bool, int, Place]:
        """Sexes before totals, the municipality last, then by persons."""
        cell = place[1]
        return cell % 3 == 0, cell < 3, self.month.count(self.atoms(place)), place

    def shown_in(self, cell: int) -> list[Place]:
        """The published cells of groups beside each other in this cell of everybody."""
        shown = np.flatnonzero(self.month.visible[:, cell]).tolist()
        return [(v, cell) for v in shown if self.atoms((v, cell)).any()]

    def alike(self, place: Place) -> tuple[int, list[int]]:
        """What must go so that a value's cell is not known: all its cells that say the same, and
        those of the other sex (of a total: of the smaller one)."""
        v, cell = place
        whole = cell - cell % 3
        sexes = [self.atoms((v, whole + sex)) for sex in (1, 2)]
        there = [atoms for atoms in sexes if atoms.any()]
        smaller = min(there, key=self.month.count)
        wanted = there if cell % 3 else [self.atoms(place), smaller]
        own = self.own[v]
        same = [(self.of_cell[:, own] == each[own]).all(axis=1) for each in wanted]
        return v, np.flatnonzero(np.any(same, axis=0)).tolist()


def components(regions: Integers, atoms: Integers, count: int) -> Integers:
    """For each of ``count`` atoms the number of its component; pairs of a region and an atom in it
    are given. Region -1 (below no published unit) makes its whole component -1."""
    if not len(atoms):
        return np.full(count, -1, np.int64)
    label = np.arange(regions.max() + 2)
    place = regions + 1
    while True:
        of_atom = np.full(count, len(label), np.int64)
        np.minimum.at(of_atom, atoms, label[place])
        new = label.copy()
        np.minimum.at(new, place, of_atom[atoms])
        new = new[new]
        if (new == label).all():
            return of_atom - 1
        label = new


def _distinct(sources: list[Place], sums: Flags) -> Rows:
    """Sums each once and none empty, with their sources."""
    found: dict[bytes, int] = {}
    for number in np.flatnonzero(sums.any(axis=1)).tolist():
        found.setdefault(sums[number].tobytes(), number)
    return [sources[number] for number in found.values()], sums[list(found.values())]


def _derived(targets: list[Flags], wanted: Flags, rows: Rows) -> list[tuple[Flags, list[Place]]]:
    """The targets that follow from the rows, with the sources of those that do it."""
    sources, sums = rows
    if not targets or not sources:
        return []
    follows, used = Span(sums.astype(np.int64)).derive(wanted.astype(np.int64))
    return [
        (targets[n], [sources[k] for k in np.flatnonzero(used[n])])
        for n in np.flatnonzero(follows).tolist()
    ]


@lru_cache(maxsize=4096)
def _rank_of(content: bytes, count: int, width: int) -> int:
    rows = np.frombuffer(content, np.bool_).reshape(count, width)
    return len(Span(rows.astype(np.int64)).pivots)


def _rank(rows: Flags) -> int:
    return _rank_of(np.ascontiguousarray(rows).tobytes(), *rows.shape)
