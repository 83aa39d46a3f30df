"""Compares the lines of a file with the organisation that is there. Pure: reads and writes nothing.

A unit is known by its code and first day. Units that the file does not name are left alone, and an
empty board cell leaves the unit's board alone; so the same file twice changes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from samkoll.org.importing.checks import Checker
from samkoll.org.importing.lines import Fault, Line
from samkoll.org.importing.tree import Key, Known, Node


@dataclass(frozen=True, slots=True)
class Rename:
    """A unit that gets another name from a day on."""

    key: Key
    before: str
    after: str
    since: date


@dataclass(frozen=True, slots=True)
class Closing:
    """A unit that ends, and the units that carry on."""

    key: Key
    name: str
    last_day: date


@dataclass(frozen=True, slots=True)
class Serving:
    """A unit that comes to serve a board (by code) from a day on."""

    key: Key
    name: str
    before: str
    board: str
    since: date


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would change, in the order in which it is done, or why it can not."""

    boards: tuple[Line, ...] = ()
    opened: tuple[Node, ...] = ()
    renamed: tuple[Rename, ...] = ()
    closed: tuple[Closing, ...] = ()
    serving: tuple[Serving, ...] = ()
    successions: tuple[tuple[Key, Key], ...] = ()
    unchanged: int = 0
    untouched: int = 0
    faults: tuple[Fault, ...] = field(default=())

    @property
    def changes(self) -> int:
        """How many things the import would change."""
        parts = (self.boards, self.opened, self.renamed, self.closed, self.serving)
        return sum(len(part) for part in parts) + len(self.successions)

    @property
    def fingerprint(self) -> str:
        """The same for the same changes: what was previewed is what is done."""
        return hashlib.sha256(repr(replace(self, faults=())).encode()).hexdigest()[:16]


def make_plan(lines: Iterable[Line], known: Known, *, day: date) -> Plan:
    """What the lines change. Renames and changes of board count from ``day``.

    With any fault the plan changes nothing: all or nothing.
    """
    checker = Checker(list(lines), known, day)
    checker.run()
    if checker.faults:
        return Plan(faults=tuple(sorted(checker.faults)))
    return _plan(checker.nodes, checker.boards, checker.successions, known, day)


def _plan(
    nodes: dict[Key, Node],
    boards: list[Line],
    successions: list[tuple[Key, Key]],
    known: Known,
    day: date,
) -> Plan:
    wanted = [node for node in nodes.values() if node.row]
    old = [(known.units[node.key], node) for node in wanted if node.key in known.units]
    renamed = [_rename(a, b, day) for a, b in old if a.name != b.name]
    closed = [Closing(b.key, b.name, b.ends) for a, b in old if b.ends and a.ends is None]
    serving = [s for node in wanted if (s := _serving(node, known.units.get(node.key), day))]
    same = {b.key for a, b in old} - {r.key for r in renamed} - {c.key for c in closed}
    same -= {s.key for s in serving}
    depth = _depths(nodes)
    return Plan(
        boards=tuple(line for line in boards if line.code not in known.boards),
        opened=tuple(
            sorted((n for n in wanted if n.key not in known.units), key=lambda n: depth[n.key])
        ),
        renamed=tuple(renamed),
        closed=tuple(sorted(closed, key=lambda c: -depth[c.key])),
        serving=tuple(serving),
        successions=tuple(pair for pair in successions if pair not in known.successions),
        unchanged=len(same),
        untouched=len(known.units) - len(old),
    )


def _rename(before: Node, after: Node, day: date) -> Rename:
    since = max(day, after.starts)
    return Rename(after.key, before.name, after.name, min(since, after.ends or since))


def _serving(node: Node, before: Node | None, day: date) -> Serving | None:
    held = before.board if before else ""
    if not node.board or node.board == held:
        return None
    since = max(day, node.starts) if held else node.starts
    return Serving(node.key, node.name, held, node.board, since)


def _depths(nodes: dict[Key, Node]) -> dict[Key, int]:
    """Steps to the top for every unit. The checks have made sure that there is a top."""
    depth: dict[Key, int] = {}
    for key in nodes:
        way: list[Key] = []
        here: Key | None = key
        while here is not None and here not in depth:
            way.append(here)
            here = nodes[here].parent
        base = -1 if here is None else depth[here]
        for steps, seen in enumerate(reversed(way), start=1):
            depth[seen] = base + steps
    return depth
