"""Who may do what where. Answered on the closure table in SQL, never with a list of all units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When

from samkoll.accounts.models import User
from samkoll.core.fields import valid_on
from samkoll.org.models import RoleAssignment, Unit, UnitPath
from samkoll.org.queries.places import Place, line_of, places_of
from samkoll.org.roles import Role, roles, roles_with


@dataclass(frozen=True, slots=True)
class Standpoint:
    """The unit that a user's pages are about, and whether there are more to choose among."""

    unit: Unit | None
    has_choice: bool


def units_with(user: User, permission: str, today: date) -> QuerySet[Unit]:
    """The units where the user has a permission today, as one query on the closure table."""
    held = _held(user, permission, today)
    whole = {place.unit for place in held if place.unit and place.reach}
    alone = {place.unit for place in held if place.unit} - whole
    paths = UnitPath.objects.filter(Q(ancestor__in=whole) | Q(ancestor__in=alone, depth=0))
    return Unit.objects.filter(pk__in=paths.values("descendant"))


def may(user: User, permission: str, today: date, *, unit: Unit | None = None) -> bool:
    """Whether the user has the permission at the unit, or anywhere when none is named."""
    held = _held(user, permission, today)
    if unit is None or any(place.unit == unit.pk for place in held):
        return bool(held)
    whole = {place.unit for place in held if place.unit and place.reach}
    return bool(whole) and not whole.isdisjoint(line_of(user, unit))


def _held(user: User, permission: str, today: date) -> list[Place]:
    """The places of the user's roles that carry a permission."""
    codes = roles_with(permission)
    return [place for place in places_of(user, today) if place.role in codes]


def permissions_of(user: User, today: date) -> frozenset[str]:
    """Everything that the user may do somewhere today."""
    return frozenset(permission for role in roles_of(user, today) for permission in role.may)


def visible_to(user: User, today: date) -> QuerySet[Unit]:
    """The units that a user sees: the organisation is public to everyone who is signed in."""
    return Unit.objects.all() if user.is_authenticated else Unit.objects.none()


def roles_of(user: User, today: date) -> list[Role]:
    """The roles that a user has today, in the order of ``data/roles.yaml``."""
    codes = {place.role for place in places_of(user, today)}
    return [role for code, role in roles().items() if code in codes]


def own_units(user: User, today: date) -> QuerySet[Unit]:
    """The units named in the user's roles and positions of today, without those below them."""
    return Unit.objects.filter(pk__in=_own(user, today)).order_by("name_order")


def standpoint(user: User, today: date, code: str = "") -> Standpoint:
    """The unit with the code, else the user's first own one, else the municipality.

    ``has_choice``: unless it is the user's only unit and has none below it. One query.
    """
    own = _own(user, today)
    named = Unit.objects.filter(code=code).order_by(F("valid_to").desc(nulls_first=True))
    wanted = Q(pk=Subquery(named.values("pk")[:1]))
    unit = (
        Unit.objects.filter(wanted | (Q(pk__in=own) if own else Q(parent=None)))
        .annotate(has_inner=Exists(Unit.objects.filter(parent=OuterRef("pk"))))
        .select_related("parent")
        .order_by(Case(When(wanted, then=0), default=1), "name_order")
        .first()
    )
    if unit is None:
        return Standpoint(None, has_choice=False)
    has_inner: bool = unit.has_inner  # type: ignore[attr-defined]
    return Standpoint(unit, has_choice={unit.pk} != own or has_inner)


def _own(user: User, today: date) -> set[int]:
    return {place.unit for place in places_of(user, today) if place.unit}


def describe_users(users: Sequence[int], today: date) -> dict[int, list[str]]:
    """What each user is, for the list of demo users: "Chef, Solskolan"."""
    held = (
        RoleAssignment.objects.filter(valid_on(today), person__user__in=users)
        .select_related("person", "unit", "safety_area")
        .order_by("pk")
    )
    said: dict[int, list[str]] = {}
    for row in held:
        place = row.unit or row.safety_area
        said.setdefault(row.person.user_id or 0, []).append(f"{roles()[row.role]}, {place}")
    return said
