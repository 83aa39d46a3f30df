"""People, their roles and safety areas as pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from samkoll.core.fields import valid_on
from samkoll.org.models import Person, Position, RoleAssignment, SafetyArea
from samkoll.org.roles import roles


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line of the list of people."""

    pk: int
    name: str
    email: str
    roles: str


@dataclass(frozen=True, slots=True)
class RoleRow:
    """One role of a person, past, present or to come."""

    pk: int
    role: str
    place: str
    reach: bool
    since: date
    until: date | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A person with positions and roles, the newest first."""

    pk: int
    name: str
    email: str
    signs_in: bool
    positions: tuple[tuple[str, str, date, date | None], ...]
    roles: tuple[RoleRow, ...]


@dataclass(frozen=True, slots=True)
class AreaRow:
    """A safety area, its units and its representatives of today."""

    name: str
    units: str
    representatives: str
    since: date


def people(text: str, role: str, today: date) -> QuerySet[Person]:
    """People by name or address, and by a role of today, in Swedish order; see ``person_row``."""
    now = RoleAssignment.objects.filter(valid_on(today)).select_related("unit", "safety_area")
    found = Person.objects.prefetch_related(Prefetch("assignments", now.order_by("pk")))
    if role:
        found = found.filter(pk__in=now.filter(role=role).values("person"))
    if text:
        found = found.filter(Q(name__icontains=text) | Q(email__icontains=text))
    return found.order_by("name_order", "pk")


def person_row(person: Person) -> PersonRow:
    """One person of ``people`` as a line."""
    held = [f"{roles()[a.role]}, {a.unit or a.safety_area}" for a in person.assignments.all()]
    return PersonRow(person.pk, person.name, person.email, "; ".join(held))


def person_card(person: Person, today: date) -> PersonCard:
    """Everything about one person that the page shows."""
    positions = Position.objects.filter(person=person).select_related("unit")
    held = RoleAssignment.objects.filter(person=person).select_related("unit", "safety_area")
    return PersonCard(
        pk=person.pk,
        name=person.name,
        email=person.email,
        signs_in=person.user_id is not None,
        positions=tuple(
            (p.title, p.unit.name, p.valid_from, p.valid_to)
            for p in positions.order_by("-valid_from")
        ),
        roles=tuple(_role(a, today) for a in held.order_by("-valid_from", "-pk")),
    )


def safety_areas(today: date) -> list[AreaRow]:
    """The safety areas of today."""
    now = RoleAssignment.objects.filter(valid_on(today)).select_related("person")
    found = SafetyArea.objects.filter(valid_on(today)).order_by("name", "pk")
    return [
        AreaRow(
            area.name,
            ", ".join(unit.name for unit in area.units.all()),
            ", ".join(a.person.name for a in area.assignments.all()),
            area.valid_from,
        )
        for area in found.prefetch_related("units", Prefetch("assignments", now))
    ]


def _role(row: RoleAssignment, today: date) -> RoleRow:
    return RoleRow(
        pk=row.pk,
        role=str(roles()[row.role]),
        place=str(row.unit or row.safety_area),
        reach=row.with_subtree or row.safety_area_id is not None,
        since=row.valid_from,
        until=row.valid_to,
        is_open=row.valid_to is None or row.valid_to >= today,
    )
