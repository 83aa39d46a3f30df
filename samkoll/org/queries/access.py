"""Who may do what where. Answered on the closure table in SQL, never with a list of all units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When

from samkoll.accounts.models import User
from samkoll.core.fields import valid_on
from samkoll.core.statements import Statement, any_of
from samkoll.org.models import RoleAssignment, Unit
from samkoll.org.queries.places import line_of, places_of
from samkoll.org.roles import Role, roles


@dataclass(frozen=True, slots=True)
class Standpoint:
    """The unit that a user's pages are about, by id, and the name of the one ``above`` it.

    ``unit`` is None while there is no organisation. ``has_choice``: unless it is the user's only
    unit and has none below it.
    """

    unit: int | None
    code: str = ""
    name: str = ""
    above: str = ""
    has_choice: bool = False


def units_with(user: User, permission: str, today: date) -> QuerySet[Unit]:
    """The units where the user has a permission today, as one query on the closure table."""
    return Unit.objects.filter(pk__in=places_of(user, today).keys_with(permission))


def may(user: User, permission: str, today: date, *, unit: Unit | None = None) -> bool:
    """Whether the user has the permission at the unit, or anywhere when none is named."""
    held = places_of(user, today).with_permission(permission)
    if unit is None or any(place.unit == unit.pk for place in held):
        return bool(held)
    whole = {place.unit for place in held if place.unit and place.reach}
    return bool(whole) and not whole.isdisjoint(line_of(user, unit))


def permissions_of(user: User, today: date) -> frozenset[str]:
    """Everything that the user may do somewhere today."""
    return frozenset(permission for role in roles_of(user, today) for permission in role.may)


def visible_to(user: User, today: date) -> QuerySet[Unit]:
    """The units that a user sees: the organisation is public to everyone who is signed in."""
    return Unit.objects.all() if user.is_authenticated else Unit.objects.none()


def roles_of(user: User, today: date) -> list[Role]:
    """The roles that a user has today, in the order of ``data/roles.yaml``."""
    codes = {place.role for place in places_of(user, today).all}
    return [role for code, role in roles().items() if code in codes]


def own_units(user: User, today: date) -> QuerySet[Unit]:
    """The units named in the user's roles and positions of today, without those below them."""
    return Unit.objects.filter(pk__in=places_of(user, today).units).order_by("name_order")


def standpoint(user: User, today: date, code: str = "") -> Standpoint:
    """The unit with the code, else the user's first own one, else the municipality. One query."""
    own = places_of(user, today).units
    found = _STANDPOINT.ask(code=code, own=[*own])
    if not found:
        return Standpoint(None)
    pk, code, name, above, has_inner = found[0]
    return Standpoint(pk, code, name, above or "", has_choice={pk} != own or has_inner)


def _standpoint(code: str, own: list[int]) -> QuerySet[Unit, Any]:
    named = Unit.objects.filter(code=code).order_by(F("valid_to").desc(nulls_first=True))
    wanted = Q(pk=Subquery(named.values("pk")[:1]))
    return (
        Unit.objects.annotate(is_own=any_of("pk", own))
        .filter(wanted | Q(is_own=True) | Q(parent=None))
        .order_by(Case(When(wanted, then=0), When(is_own=True, then=1), default=2), "name_order")
        .values_list(
            "pk", "code", "name", "parent__name", Exists(Unit.objects.filter(parent=OuterRef("pk")))
        )[:1]
    )


_STANDPOINT = Statement(_standpoint, {"code": str, "own": list})


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
