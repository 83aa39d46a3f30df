"""Small groups in the tree of units: what is left when published parts are taken from a published
whole.

The *region* of a published unit is its subtree without the published units below it. The regions
are all that subtraction along the tree can give, and they do not overlap; so the tree is safe
exactly when no region has one to ten persons in any month. A region that has is merged with its
smallest neighbour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from samkoll.stats.engine.cells import Integers
from samkoll.stats.engine.groups import SMALLEST_SHOWN, Flags, Groups, effective, is_small


@dataclass(frozen=True, slots=True)
class Regions:
    """``label[p]``: the published unit at or nearest above p, -1 without one. ``top[q]`` the same,
    strictly above q."""

    label: Integers
    top: Integers

    @classmethod
    def of(cls, parents: Sequence[int], shown: Flags) -> Regions:
        """Regions of the units that are shown, from their parents' positions."""
        label = np.full(len(parents), -1, np.int64)
        top = np.full(len(parents), -1, np.int64)
        for p, above in enumerate(parents):
            top[p] = label[above] if above >= 0 else -1
            label[p] = p if shown[p] else top[p]
        return cls(label, top)


def to_hide(groups: Groups, shown: Flags, months: Sequence[int]) -> list[int]:
    """Positions to hide so that no region is small in these months; call until it gives none."""
    regions = Regions.of(groups.hierarchy.parent, shown)
    persons = groups.own[:, :, months].sum(axis=1)
    there = groups.active[:, months]
    sums = np.zeros((len(shown) + 1, len(months)), np.int64)
    some = np.zeros((len(shown) + 1, len(months)), np.bool_)
    np.add.at(sums, regions.label, persons)
    np.logical_or.at(some, regions.label, there)
    size = effective(sums, some)
    small = is_small(size[:-1]).any(axis=1)
    found = [p for p in np.flatnonzero(small).tolist() if shown[p]]
    if not found:
        return []
    below = np.vstack([np.zeros((1, len(months)), np.int64), np.cumsum(persons, axis=0)])
    whole = below[groups.hierarchy.end] - below[:-1]
    return [
        _neighbour(
            groups,
            regions,
            below=shown & (regions.top == p),
            whole=whole,
            size=size[p],
            p=p,
            months=months,
        )
        for p in found
    ]


def _neighbour(
    groups: Groups,
    regions: Regions,
    *,
    below: Flags,
    whole: Integers,
    size: Integers,
    p: int,
    months: Sequence[int],
) -> int:
    """The cheapest unit to hide with region p: a published unit right below it, or p itself."""
    at = np.flatnonzero(is_small(size))
    first = int(at[0])
    beside = np.flatnonzero(below & (whole[:, first] > 0))
    if not beside.size:
        return p
    stratum = np.stack([groups.administration, groups.boards(months[first])], axis=1)
    inside = (regions.label == p) & groups.active[:, months[first]]
    kept = set(map(tuple, stratum[inside].tolist()))
    enough = np.asarray((size[at] + whole[beside][:, at] >= SMALLEST_SHOWN).all(axis=1))

    def cost(number: int) -> tuple[bool, bool, int, int]:
        q = int(beside[number])
        people = int(whole[q, first])
        return not enough[number], tuple(stratum[q].tolist()) not in kept, people, q

    chosen = min(range(len(beside)), key=cost)
    if not enough[chosen]:
        chosen = max(range(len(beside)), key=lambda n: (int(whole[beside[n], first]), -n))
    return int(beside[chosen])
