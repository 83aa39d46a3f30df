"""Units, boards and who carries on whom: the steps that import, demo and tests build with.

They ask for no permission: what a page calls is in ``files`` and ``people``, and asks first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from samkoll.audit import services as audit
from samkoll.core.errors import DomainError
from samkoll.org.models import Board, BoardUnit, Succession, Unit, UnitName, UnitPath


class BadPeriod(DomainError):
    """A day lies outside the period that it has to lie in."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A unit that is to be opened. ``parent`` exists already; None for the municipality."""

    code: str
    name: str
    kind: str
    parent: Unit | None
    valid_from: date
    valid_to: date | None = None


def open_unit(
    *, code: str, name: str, kind: str, parent: Unit | None, valid_from: date, actor: audit.Actor
) -> Unit:
    """Add a unit under its parent from a day on. Raises: BadPeriod."""
    return open_units([Opening(code, name, kind, parent, valid_from)], actor=actor)[0]


@transaction.atomic
def open_units(openings: Sequence[Opening], *, actor: audit.Actor) -> list[Unit]:
    """Add many units at once, with their names, paths and log entries. Raises: BadPeriod."""
    for new in openings:
        if new.parent is not None and new.valid_from < new.parent.valid_from:
            raise BadPeriod(
                _("%(name)s kan inte börja gälla före enheten ovanför, %(parent)s.")
                % {"name": new.name, "parent": new.parent.name}
            )
    units = Unit.objects.bulk_create(
        Unit(
            code=new.code,
            name=new.name,
            kind=new.kind,
            parent=new.parent,
            valid_from=new.valid_from,
            valid_to=new.valid_to,
        )
        for new in openings
    )
    UnitName.objects.bulk_create(
        UnitName(unit=unit, name=unit.name, valid_from=unit.valid_from) for unit in units
    )
    UnitPath.objects.bulk_create(_paths(units))
    for unit in units:
        audit.record("unit.opened", actor, unit, after=audit.state(unit, "code", "name", "kind"))
    return units


def _paths(units: Sequence[Unit]) -> list[UnitPath]:
    """The closure rows of new units, from those of their parents."""
    parents = {unit.parent_id for unit in units}
    above: dict[int, list[tuple[int, int]]] = {}
    for path in UnitPath.objects.filter(descendant__in=parents - {None}):
        above.setdefault(path.descendant_id, []).append((path.ancestor_id, path.depth))
    return [
        UnitPath(ancestor_id=ancestor, descendant=unit, depth=depth)
        for unit in units
        for ancestor, depth in [
            (unit.pk, 0),
            *((a, d + 1) for a, d in above.get(unit.parent_id or 0, ())),
        ]
    ]


@transaction.atomic
def close_unit(
    *, unit: Unit, last_day: date, successors: tuple[Unit, ...] = (), actor: audit.Actor
) -> Unit:
    """End a unit on a day, and say which units carry on. Raises: BadPeriod."""
    if last_day < unit.valid_from:
        raise BadPeriod(_("En enhet kan inte sluta gälla före sin första dag."))
    if unit.children.filter(valid_to=None).exists():
        raise BadPeriod(_("Stäng eller flytta först enheterna under %(name)s.") % {"name": unit})
    unit.valid_to = last_day
    unit.save(update_fields=["valid_to"])
    audit.record("unit.closed", actor, unit, after={"valid_to": last_day})
    for successor in successors:
        succeed(predecessor=unit, successor=successor, actor=actor)
    return unit


def succeed(*, predecessor: Unit, successor: Unit, actor: audit.Actor) -> Succession:
    """Say that a unit carries on another one that has ended. Raises: BadPeriod."""
    if predecessor.valid_to is None:
        raise BadPeriod(_("%(name)s har inte slutat gälla än.") % {"name": predecessor})
    succession = Succession.objects.create(
        predecessor=predecessor, successor=successor, on=predecessor.valid_to + timedelta(days=1)
    )
    audit.record("unit.succeeded", actor, successor, predecessor=predecessor.code)
    return succession


@transaction.atomic
def rename_unit(*, unit: Unit, name: str, valid_from: date, actor: audit.Actor) -> Unit:
    """Give a unit another name from a day on; older figures keep the older name."""
    before = audit.state(unit, "name")
    UnitName.objects.update_or_create(unit=unit, valid_from=valid_from, defaults={"name": name})
    newest = unit.names.order_by("-valid_from").first()
    unit.name = newest.name if newest else name
    unit.save(update_fields=["name"])
    audit.record("unit.renamed", actor, unit, before=before, after={"name": name})
    return unit


@transaction.atomic
def open_board(*, code: str, name: str, valid_from: date, actor: audit.Actor) -> Board:
    """Add a board from a day on."""
    board = Board.objects.create(code=code, name=name, valid_from=valid_from)
    audit.record("board.opened", actor, board, after=audit.state(board, "code", "name"))
    return board


@transaction.atomic
def serve_board(*, unit: Unit, board: Board, valid_from: date, actor: audit.Actor) -> BoardUnit:
    """Let a unit (and all below it) serve a board from a day on; an earlier board ends then."""
    earlier = unit.board_units.filter(valid_to=None).first()
    if earlier is not None:
        if valid_from <= earlier.valid_from:
            raise BadPeriod(_("Enheten hör redan till en nämnd den dagen."))
        earlier.valid_to = valid_from - timedelta(days=1)
        earlier.save(update_fields=["valid_to"])
    served = BoardUnit.objects.create(unit=unit, board=board, valid_from=valid_from)
    audit.record("unit.board", actor, unit, after={"board": board.code, "from": valid_from})
    return served
