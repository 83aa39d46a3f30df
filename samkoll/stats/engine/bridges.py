"""Where units and values together leave no choice: a value's few in a unit that follow from sums.

Units' totals and values' totals are the margins of a table of units and values. A cell of it can
be worked out exactly when its edge is a *bridge* of the graph that joins each unit with the values
that it has (Gusfield 1988): there is no way around it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from samkoll.stats.engine.cells import Integers
from samkoll.stats.engine.groups import SMALLEST_SHOWN

Node = tuple[int, bool]
"""A region (True) or a value."""


@dataclass(frozen=True, slots=True)
class Edge:
    """So many persons of a value belong to a published unit's region.

    ``value`` -1 stands for all values together whose total is not published.
    """

    region: int
    value: int
    persons: int


def edges_of(region: Integers, value: Integers, persons: Integers) -> list[Edge]:
    """The edges of leaf cells, each pair of region and value once."""
    keys, number = np.unique(region * _APART + value + 1, return_inverse=True)
    counted = np.bincount(number, weights=persons, minlength=len(keys)).astype(np.int64)
    places = np.stack([keys // _APART, keys % _APART - 1, counted], axis=1)
    return [Edge(*place) for place in places.tolist()]


_APART = 2**31
"""More than there are values."""


def small_bridges(edges: Sequence[Edge]) -> list[Edge]:
    """The bridges with one to ten persons."""
    near: dict[Node, list[tuple[Node, int]]] = defaultdict(list)
    for number, edge in enumerate(edges):
        one, other = (edge.region, True), (edge.value, False)
        near[one].append((other, number))
        near[other].append((one, number))
    found = sorted(_bridges(near))
    return [edges[n] for n in found if 1 <= edges[n].persons < SMALLEST_SHOWN]


def _bridges(near: dict[Node, list[tuple[Node, int]]]) -> list[int]:
    """Numbers of the edges that no cycle goes through, by depth-first search without recursion."""
    found: list[int] = []
    turn: dict[Node, int] = {}
    low: dict[Node, int] = {}
    for start, first in near.items():
        if start in turn:
            continue
        stack = [(start, -1, iter(first))]
        turn[start] = low[start] = len(turn)
        while stack:
            node, came, ways = stack[-1]
            for other, number in ways:
                if number == came:
                    continue
                if other in turn:
                    low[node] = min(low[node], turn[other])
                    continue
                turn[other] = low[other] = len(turn)
                stack.append((other, number, iter(near[other])))
                break
            else:
                stack.pop()
                if stack:
                    above = stack[-1][0]
                    low[above] = min(low[above], low[node])
                    if low[node] > turn[above]:
                        found.append(came)
    return found
