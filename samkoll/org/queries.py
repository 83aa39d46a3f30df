"""Finding units and who may do what where. All tree questions are answered in SQL."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from samkoll.accounts.models import User
from samkoll.core.fields import valid_on
from samkoll.org.models import Board, RoleAssignment, Unit, UnitPath
from samkoll.org.roles import roles_with


def assignments(user: User, permission: str, today: date) -> QuerySet[RoleAssignment]:
    """The user's role assignments of today that carry a permission."""
    return RoleAssignment.objects.filter(
        valid_on(today), person__user=user, role__in=roles_with(permission)
    )


def units_with(user: User, permission: str, today: date) -> QuerySet[Unit]:
    """The units where the user has a permission today, as one query on the closure table."""
    held = assignments(user, permission, today)
    by_unit = held.filter(unit=OuterRef("ancestor")).filter(
        Q(with_subtree=True) | Q(unit=OuterRef("descendant"))
    )
    by_area = held.filter(valid_on(today, "safety_area__"), safety_area__units=OuterRef("ancestor"))
    paths = UnitPath.objects.filter(descendant=OuterRef("pk")).filter(
        Exists(by_unit) | Exists(by_area)
    )
    return Unit.objects.filter(Exists(paths))


def may(user: User, permission: str, today: date, *, unit: Unit | None = None) -> bool:
    """Whether the user has the permission at the unit, or anywhere when none is named."""
    if unit is None:
        return assignments(user, permission, today).exists()
    return units_with(user, permission, today).filter(pk=unit.pk).exists()


def visible_to(user: User, today: date) -> QuerySet[Unit]:
    """The units that a user sees: the organisation is public to everyone who is signed in."""
    return Unit.objects.all() if user.is_authenticated else Unit.objects.none()


def municipality() -> Unit:
    """The top unit. Raises: Unit.DoesNotExist before any organisation has been loaded."""
    return Unit.objects.get(parent=None)


def boards(day: date) -> QuerySet[Board]:
    """The boards of a day, in Swedish order."""
    return Board.objects.filter(valid_on(day)).order_by("name_order")
