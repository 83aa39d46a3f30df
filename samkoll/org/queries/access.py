"""Who may do what where. Answered on the closure table in SQL, never with a list of ids."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet

from samkoll.accounts.models import User
from samkoll.core.fields import valid_on
from samkoll.org.models import Position, RoleAssignment, Unit, UnitPath
from samkoll.org.roles import Role, roles, roles_with


def assignments(user: User, permission: str, today: date) -> QuerySet[RoleAssignment]:
    """The user's role assignments of today that carry a permission."""
    return RoleAssignment.objects.filter(
        valid_on(today), person__user=user, role__in=roles_with(permission)
    )


def units_with(user: User, permission: str, today: date) -> QuerySet[Unit]:
    """The units where the user has a permission today, as one query on the closure table."""
    held = assignments(user, permission, today)
    of_unit = held.filter(unit__isnull=False)
    of_area = held.filter(valid_on(today, "safety_area__"), safety_area__units__isnull=False)
    # From the few roles outwards: a condition on each path would ask for the roles each time.
    paths = UnitPath.objects.filter(
        Q(ancestor__in=of_unit.filter(with_subtree=True).values("unit"))
        | Q(ancestor__in=of_unit.values("unit"), depth=0)
        | Q(ancestor__in=of_area.values("safety_area__units"))
    )
    return Unit.objects.filter(pk__in=paths.values("descendant"))


def may(user: User, permission: str, today: date, *, unit: Unit | None = None) -> bool:
    """Whether the user has the permission at the unit, or anywhere when none is named."""
    if unit is None:
        return assignments(user, permission, today).exists()
    return units_with(user, permission, today).filter(pk=unit.pk).exists()


def permissions_of(user: User, today: date) -> frozenset[str]:
    """Everything that the user may do somewhere today."""
    return frozenset(permission for role in roles_of(user, today) for permission in role.may)


def visible_to(user: User, today: date) -> QuerySet[Unit]:
    """The units that a user sees: the organisation is public to everyone who is signed in."""
    return Unit.objects.all() if user.is_authenticated else Unit.objects.none()


def roles_of(user: User, today: date) -> list[Role]:
    """The roles that a user has today, in the order of ``data/roles.yaml``."""
    held = RoleAssignment.objects.filter(valid_on(today), person__user=user)
    codes = set(held.values_list("role", flat=True))
    return [role for code, role in roles().items() if code in codes]


def own_units(user: User, today: date) -> QuerySet[Unit]:
    """The units named in the user's roles and positions of today, without those below them."""
    held = RoleAssignment.objects.filter(valid_on(today), person__user=user)
    posts = Position.objects.filter(valid_on(today), person__user=user)
    return Unit.objects.filter(
        Q(pk__in=held.values("unit"))
        | Q(pk__in=held.values("safety_area__units"))
        | Q(pk__in=posts.values("unit"))
    ).order_by("name_order")


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
