"""People, their positions and roles, safety areas."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from samkoll.accounts.models import User
from samkoll.audit import services as audit
from samkoll.core.access import require
from samkoll.core.errors import DomainError
from samkoll.org import policies, queries
from samkoll.org.models import Person, Position, RoleAssignment, SafetyArea, Unit
from samkoll.org.registry import changes
from samkoll.org.roles import roles
from samkoll.org.services.permission import holds
from samkoll.org.services.units import BadPeriod


class UnknownRole(DomainError):
    """No such role in ``data/roles.yaml``."""


class UnknownUnit(DomainError):
    """No unit has that code or name."""


@transaction.atomic
def add_person(*, name: str, email: str = "", actor: audit.Actor, today: date) -> Person:
    """Add somebody who can hold positions and roles. Raises: PermissionDenied."""
    require(policies.can_change(held=holds(actor, "org:write", today)))
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
    """Give a person a position; a new manager ends the earlier one's position the day before."""
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
    today: date,
) -> RoleAssignment:
    """Give a person a role at a unit or for a safety area from a day on.

    Raises: PermissionDenied (also for one's own roles), UnknownRole.
    """
    to_self = isinstance(actor, User) and person.user_id == actor.pk
    held = holds(actor, "org:write", today)
    require(policies.can_give_role(role, held=held, to_self=to_self))
    if role not in roles():
        raise UnknownRole(
            _("Det finns ingen roll som heter %(role)s. Välj bland %(all)s.")
            % {"role": role, "all": ", ".join(roles())}
        )
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
def end_role(
    *, assignment: RoleAssignment, last_day: date, actor: audit.Actor, today: date
) -> RoleAssignment:
    """Let a role end on a day. Raises: PermissionDenied, BadPeriod."""
    require(policies.can_change(held=holds(actor, "org:write", today)))
    if last_day < assignment.valid_from:
        raise BadPeriod(_("Rollen kan inte sluta gälla före sin första dag."))
    before = audit.state(assignment, "valid_to")
    assignment.valid_to = last_day
    assignment.save(update_fields=["valid_to"])
    audit.record(
        "role.ended", actor, assignment, before=before, after=audit.state(assignment, "valid_to")
    )
    return assignment


@transaction.atomic
def leave(*, person: Person, last_day: date, actor: audit.Actor, today: date) -> Person:
    """Let somebody leave: every position and role that goes on ends on ``last_day``.

    What the person was responsible for goes to others when the day has passed (``flows``).

    Raises: PermissionDenied, BadPeriod (the day lies before something began).
    """
    require(policies.can_change(held=holds(actor, "org:write", today)))
    going_on = Q(valid_to=None) | Q(valid_to__gt=last_day)
    positions = Position.objects.filter(going_on, person=person)
    assignments = RoleAssignment.objects.filter(going_on, person=person)
    late = [row for rows in (positions, assignments) for row in rows if row.valid_from > last_day]
    if late:
        raise BadPeriod(
            _("%(what)s börjar först %(day)s. Välj en senare sista dag.")
            % {"what": late[0], "day": late[0].valid_from}
        )
    ended = positions.update(valid_to=last_day) + assignments.update(valid_to=last_day)
    audit.record("person.left", actor, person, after={"last_day": last_day, "ended": ended})
    changes.tell(actor, today)
    return person


@transaction.atomic
def add_safety_area(
    *, name: str, units: Sequence[Unit], valid_from: date, actor: audit.Actor, today: date
) -> SafetyArea:
    """Add a safety area (skyddsområde) of units, each with all below it.

    Raises: PermissionDenied.
    """
    require(policies.can_change(held=holds(actor, "org:write", today)))
    area = SafetyArea.objects.create(name=name, valid_from=valid_from)
    area.units.set(units)
    audit.record("safety_area.added", actor, area, after={"units": [u.code for u in units]})
    return area


@transaction.atomic
def link_user(*, person: Person, user: User, actor: audit.Actor) -> Person:
    """Let a person sign in as a user."""
    person.user = user
    person.save(update_fields=["user"])
    audit.record("person.user", actor, person, after={"user": str(user)})
    return person


@transaction.atomic
def give_role_to_user(user: User, role: str, unit: str, *, actor: audit.Actor, today: date) -> None:
    """Give a new user a role at the unit with a code; the top when it is empty.

    The person is made when the user has none. Raises: UnknownRole, UnknownUnit.
    """
    try:
        place = queries.unit_by_code(unit) if unit else queries.municipality()
    except Unit.DoesNotExist as error:
        raise UnknownUnit(queries.unknown_unit(unit)) from error
    person = Person.objects.filter(user=user).first()
    if person is None:
        person = Person.objects.create(name=user.name, email=user.email)
        audit.record("person.added", actor, person, after=audit.state(person, "name", "email"))
        link_user(person=person, user=user, actor=actor)
    assign_role(person=person, role=role, unit=place, valid_from=today, actor=actor, today=today)
