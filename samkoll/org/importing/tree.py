"""Units as values: what the database holds, and what a file would make of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from samkoll.org.models import UnitKind

Key = tuple[str, date]


@dataclass(frozen=True, slots=True)
class Node:
    """A unit as it is, or as the file wants it. ``row`` is 0 for what only the database has."""

    code: str
    name: str
    kind: str
    starts: date
    ends: date | None
    parent: Key | None = None
    board: str = ""
    board_since: date | None = None
    row: int = 0

    @property
    def key(self) -> Key:
        return (self.code, self.starts)

    def covers(self, day: date) -> bool:
        """Whether the unit exists on that day."""
        return self.starts <= day and (self.ends is None or day <= self.ends)


@dataclass(frozen=True, slots=True)
class Known:
    """The organisation that is there: units by key, names of the boards of today by code."""

    units: dict[Key, Node]
    boards: dict[str, str]
    successions: frozenset[tuple[Key, Key]]


def by_code(nodes: Iterable[Node]) -> dict[str, list[Node]]:
    """Units with the same code through time, the oldest first."""
    found: defaultdict[str, list[Node]] = defaultdict(list)
    for node in sorted(nodes, key=lambda n: n.starts):
        found[node.code].append(node)
    return found


def is_top(node: Node) -> bool:
    """Whether this is the municipality itself."""
    return node.kind == UnitKind.MUNICIPALITY
