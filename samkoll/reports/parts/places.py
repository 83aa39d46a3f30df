"""Which units give a part, and which report gathers each: docs/rules/report-parts.md."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from samkoll.core.fields import valid_on
from samkoll.org import queries as org
from samkoll.org.models import BoardUnit, Unit, UnitKind, UnitPath

Line = tuple[int, ...]
"""A unit and everything above it, the nearest first."""


@dataclass(frozen=True, slots=True)
class Giver:
    """A unit that gives a part: the units above it, nearest first, and the board it serves."""

    unit: int
    line: Line
    administration: int
    board: int

    @property
    def depth(self) -> int:
        """How far down it lies: whoever gathers a part lies above it."""
        return len(self.line)


def givers(today: date, period_end: date) -> list[Giver]:
    """Departments and units with a manager today below an administration, those above first.

    The board is the one that they served when the figures' period ended. Four queries.
    """
    led = Unit.objects.valid(today).filter(
        kind__in=(UnitKind.DEPARTMENT, UnitKind.UNIT),
        pk__in=org.managers(today).values("unit"),
    )
    lines = lines_of(led.order_by("name_order").values_list("pk", flat=True))
    over = {pk for line in lines.values() for pk in line}
    kinds = dict(Unit.objects.filter(pk__in=over).values_list("pk", "kind"))
    boards = _boards(period_end)
    found = []
    for unit, line in lines.items():
        administration = next((u for u in line if kinds[u] == UnitKind.ADMINISTRATION), None)
        board = next((boards[u] for u in line if u in boards), None)
        if administration and board:
            found.append(Giver(unit, line, administration, board))
    return sorted(found, key=lambda giver: giver.depth)


def lines_of(units: Iterable[int]) -> dict[int, Line]:
    """Each unit with everything above it, itself first, in one query."""
    keys = [*units]
    lines: dict[int, Line] = {unit: () for unit in keys}
    paths = UnitPath.objects.filter(descendant__in=keys).order_by("descendant", "depth")
    for below, above in paths.values_list("descendant", "ancestor"):
        lines[below] += (above,)
    return lines


def _boards(day: date) -> dict[int, int]:
    served = BoardUnit.objects.filter(valid_on(day)).order_by("pk")
    return dict(served.values_list("unit", "board"))


def served(administration: int, board: int | None, day: date) -> set[int]:
    """The units of an administration that served a board on a day; all of them without a board."""
    below = UnitPath.objects.filter(ancestor=administration).values_list("descendant", flat=True)
    if board is None:
        return set(below)
    boards = _boards(day)
    lines = lines_of(below)
    return {u for u, line in lines.items() if _nearest(line, boards) == board}


def _nearest(line: Line, boards: Mapping[int, int]) -> int | None:
    return next((boards[unit] for unit in line if unit in boards), None)


def gatherer(giver: Giver, givers_by_unit: Mapping[int, Giver], open_: Collection[int]) -> int:
    """The unit whose part gathers this one: the nearest above that gives a part of the same
    board's report; 0 when the board's report gathers it. ``open_``: units with a part."""
    for unit in giver.line[1:]:
        above = givers_by_unit.get(unit)
        if above and unit in open_ and above.board == giver.board:
            return unit
    return 0
