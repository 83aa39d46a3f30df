"""Everything that changes the organisation."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from samkoll.audit import services as audit
from samkoll.core.errors import DomainError
from samkoll.org.models import (
    Board,
    BoardUnit,
    Person,
    Position,
    RoleAssignment,
    SafetyArea,
    Succession,
    Unit,
    UnitName,
    UnitPath,
)
from samkoll.org.roles import roles


class BadPeriod(DomainError):
    """A day lies outside the period that it has to lie in."""


class UnknownRole(DomainError):
    """No such role in ``data/roles.yaml``."""


@transaction.atomic
def open_unit(
    *, code: str, name: str, kind: str, parent: Unit | None, valid_from: date, actor: audit.Actor
) -> Unit:
    """Add a unit under its parent from a day on. Raises: BadPeriod."""
    if parent is not None and valid_from < parent.valid_from:
        raise BadPeriod(
            _("%(name)s kan inte börja gälla före enheten ovanför, %(parent)s.")
            % {"name": name, "parent": parent.name}
        )
    unit = Unit.objects.create(
        code=code, name=name, kind=kind, parent=parent, valid_from=valid_from
    )
    UnitName.objects.create(unit=unit, name=name, valid_from=valid_from)
    above = UnitPath.objects.filter(descendant=parent) if parent else ()
    UnitPath.objects.bulk_create(
        [UnitPath(ancestor=unit, descendant=unit, depth=0)]
        + [
            UnitPath(ancestor_id=path.ancestor_id, descendant=unit, depth=path.depth + 1)
            for path in above
        ]
    )
    audit.record("unit.opened", actor, unit, after=audit.state(unit, "code", "name", "kind"))
    return unit


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
    for successor in successors:
        Succession.objects.create(
            predecessor=unit, successor=successor, on=last_day + timedelta(days=1)
        )
    audit.record(
        "unit.closed", actor, unit, after={"valid_to": last_day}, successors=list(successors)
    )
    return unit


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


@transaction.atomic
def add_person(*, name: str, email: str = "", actor: audit.Actor) -> Person:
    """Add somebody who can hold positions and roles."""
    person = Person.objects.create(name=name, email=email)
    audit.record("person.added", actor, person, after=audit.state(person, "name", "email"))
    return person


@transaction.atomic
def appoint(
    *,
    person: Person,
    unit: Unit,
    title: str,
    is_manager: bool,
    valid_from: date,
    actor: audit.Actor,
) -> Position:
    """Give a person a position; a new manager ends the earlier manager's position the day before."""
    if is_manager:
        Position.objects.filter(unit=unit, is_manager=True, valid_to=None).update(
            valid_to=valid_from - timedelta(days=1)
        )
    position = Position.objects.create(
        person=person, unit=unit, title=title, is_manager=is_manager, valid_from=valid_from
    )
    audit.record("position.opened", actor, position, after=audit.state(position, "title", "unit"))
    return position


@transaction.atomic
def assign_role(
    *,
    person: Person,
    role: str,
    unit: Unit | None = None,
    safety_area: SafetyArea | None = None,
    with_subtree: bool = True,
    valid_from: date,
    actor: audit.Actor,
) -> RoleAssignment:
    """Give a person a role at a unit or for a safety area from a day on. Raises: UnknownRole."""
    if role not in roles():
        raise UnknownRole(_("Det finns ingen roll som heter %(role)s.") % {"role": role})
    assignment = RoleAssignment.objects.create(
        person=person,
        role=role,
        unit=unit,
        safety_area=safety_area,
        with_subtree=with_subtree,
        valid_from=valid_from,
    )
    audit.record(
        "role.assigned", actor, assignment, after=audit.state(assignment, "role", "unit", "person")
    )
    return assignment


@transaction.atomic
def end_role(*, assignment: RoleAssignment, last_day: date, actor: audit.Actor) -> RoleAssignment:
    """Let a role end on a day."""
    if last_day < assignment.valid_from:
        raise BadPeriod(_("Rollen kan inte sluta gälla före sin första dag."))
    before = audit.state(assignment, "valid_to")
    assignment.valid_to = last_day
    assignment.save(update_fields=["valid_to"])
    audit.record(
        "role.ended", actor, assignment, before=before, after=audit.state(assignment, "valid_to")
    )
    return assignment
