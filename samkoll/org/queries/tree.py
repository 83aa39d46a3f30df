"""The tree as pages show it: one or two levels below a unit, in a few queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from samkoll.core.fields import valid_on
from samkoll.org.models import BoardUnit, Position, Unit, UnitPath
from samkoll.org.queries.finding import above
from samkoll.org.registry import pages

LEVELS = 2


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit of the tree. ``below``: units of today under it; ``inner``: those that are shown."""

    pk: int
    code: str
    name: str
    kind: str
    url: str
    board: str
    manager: str
    below: int
    inner: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Closed:
    """A unit that has ended, and who carries on."""

    code: str
    name: str
    url: str
    last_day: date
    successors: str


@dataclass(frozen=True, slots=True)
class Tree:
    """One unit with what lies below it, what lies above it, and what has ended there."""

    root: Branch
    above: tuple[Branch, ...]
    closed: tuple[Closed, ...]


def tree(root: Unit, today: date, *, levels: int = LEVELS) -> Tree:
    """The part of the tree that the page shows for one unit."""
    paths = UnitPath.objects.filter(ancestor=root, depth__lte=levels)
    shown = [
        p.descendant for p in paths.select_related("descendant").order_by("descendant__name_order")
    ]
    now = [unit for unit in shown if _covers(unit, today)]
    builder = _Builder(now or [root], today)
    return Tree(
        root=builder.branch(root),
        above=tuple(builder.alone(unit) for unit in above(root)),
        closed=_closed([unit for unit in shown if unit.valid_to and unit.valid_to < today]),
    )


class _Builder:
    def __init__(self, units: list[Unit], today: date) -> None:
        served = BoardUnit.objects.filter(valid_on(today), unit__in=units).select_related("board")
        led = Position.objects.filter(valid_on(today), is_manager=True, unit__in=units)
        counts = UnitPath.objects.filter(
            valid_on(today, "descendant__"), ancestor__in=units, depth__gt=0
        )
        self.boards = {row.unit_id: row.board.name for row in served}
        self.managers = {row.unit_id: row.person.name for row in led.select_related("person")}
        self.below = dict(counts.values_list("ancestor").annotate(Count("pk")))
        self.children: dict[int, list[Unit]] = {}
        for unit in units:
            self.children.setdefault(unit.parent_id or 0, []).append(unit)

    def branch(self, unit: Unit) -> Branch:
        inner = tuple(self.branch(child) for child in self.children.get(unit.pk, []))
        return self.alone(unit, inner)

    def alone(self, unit: Unit, inner: tuple[Branch, ...] = ()) -> Branch:
        return Branch(
            pk=unit.pk,
            code=unit.code,
            name=unit.name,
            kind=unit.get_kind_display(),
            url=pages.unit_url(unit.code),
            board=self.boards.get(unit.pk, ""),
            manager=self.managers.get(unit.pk, ""),
            below=self.below.get(unit.pk, 0),
            inner=inner,
        )


def _closed(units: list[Unit]) -> tuple[Closed, ...]:
    names: dict[int, list[str]] = {}
    pairs = Unit.objects.filter(pk__in=[unit.pk for unit in units]).values_list(
        "pk", "successions__successor__name"
    )
    for pk, name in pairs:
        if name:
            names.setdefault(pk, []).append(name)
    return tuple(
        Closed(
            unit.code,
            unit.name,
            pages.unit_url(unit.code),
            unit.valid_to,
            ", ".join(names.get(unit.pk, [])),
        )
        for unit in units
        if unit.valid_to
    )


def _covers(unit: Unit, today: date) -> bool:
    return unit.valid_from <= today and (unit.valid_to is None or today <= unit.valid_to)
