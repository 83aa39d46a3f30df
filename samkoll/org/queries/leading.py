"""Who leads a unit, who still works here, and which unit carries on one that has closed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from samkoll.accounts.models import User
from samkoll.core.fields import valid_on
from samkoll.org.models import Person, Position, RoleAssignment, Unit, UnitPath


def managers(today: date) -> QuerySet[Position]:
    """The positions that lead a unit today."""
    return Position.objects.filter(valid_on(today), is_manager=True)


def manager_of(unit: Unit, today: date) -> Person | None:
    """The unit's own manager; None while nobody is."""
    position = managers(today).filter(unit=unit).select_related("person").first()
    return position.person if position else None


def manages(user: User, unit: Unit, today: date) -> bool:
    """Whether the user is the unit's own manager, not one above it."""
    return managers(today).filter(unit=unit, person__user=user).exists()


def in_charge(units: Iterable[int], today: date) -> dict[int, Person]:
    """The manager of each unit, else of the nearest unit above that has one. Two queries.

    A unit with no manager all the way up is left out.
    """
    led = managers(today)
    paths = UnitPath.objects.filter(descendant__in=[*units], ancestor__in=led.values("unit"))
    paths = paths.order_by("descendant", "depth").distinct("descendant")
    nearest = {path.descendant_id: path.ancestor_id for path in paths}
    leaders = led.filter(unit__in=nearest.values()).select_related("person")
    people = {position.unit_id: position.person for position in leaders}
    return {unit: people[above] for unit, above in nearest.items()}


def working_here(today: date) -> QuerySet[Person]:
    """Everybody with a position or a role today."""
    own = {"person": OuterRef("pk")}
    return Person.objects.filter(
        Exists(Position.objects.filter(valid_on(today), **own))
        | Exists(RoleAssignment.objects.filter(valid_on(today), **own))
    )


def carried_on_by(unit: Unit, today: date) -> Unit:
    """The unit of today that has taken over a closed one: itself while it is open.

    A unit with one successor goes to that one; with several, or none, to the nearest open unit
    above, where somebody can say whose it is.
    """
    while unit.valid_to is not None and unit.valid_to < today:
        successors = [link.successor for link in unit.successions.select_related("successor")]
        if len(successors) != 1:
            paths = unit.ancestor_paths.filter(valid_on(today, "ancestor__")).order_by("depth")
            return paths.select_related("ancestor")[0].ancestor
        unit = successors[0]
    return unit
