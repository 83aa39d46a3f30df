"""Where a user has roles and positions: read once, in one query, and kept for one request."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import BooleanField, Case, F, IntegerField, Q, QuerySet, Value, When

from samkoll.accounts.models import User
from samkoll.core.fields import valid_on
from samkoll.core.statements import Statement
from samkoll.org.models import Person, Position, RoleAssignment, Unit, UnitPath
from samkoll.org.roles import roles_with

_KEPT = "kept_places"


@dataclass(frozen=True, slots=True)
class Place:
    """A role at a unit; ``reach``: and at everything below it. A position has no role.

    ``unit`` is None where the role's safety area has ended or has no units. ``leads``: it is the
    position of the unit's manager.
    """

    role: str
    unit: int | None
    reach: bool
    leads: bool


@dataclass(frozen=True, slots=True)
class Places:
    """Every role and position of a user on one day; ``people``: the person that the user is."""

    all: tuple[Place, ...]
    people: frozenset[int]

    @property
    def units(self) -> frozenset[int]:
        """The units named in roles and positions, without those below them."""
        return frozenset(place.unit for place in self.all if place.unit)

    @property
    def led(self) -> frozenset[int]:
        """The units whose manager the user is."""
        return frozenset(place.unit for place in self.all if place.unit and place.leads)

    def with_permission(self, permission: str) -> list[Place]:
        """The places whose roles carry a permission."""
        codes = roles_with(permission)
        return [place for place in self.all if place.role in codes]

    def keys_with(self, permission: str) -> QuerySet[UnitPath, Any]:
        """The keys of the units where the user has a permission, for ``unit__in=``."""
        held = self.with_permission(permission)
        whole = {place.unit for place in held if place.unit and place.reach}
        alone = {place.unit for place in held if place.unit} - whole
        wanted = Q(ancestor__in=whole)
        if alone:
            wanted |= Q(ancestor__in=alone, depth=0)
        return UnitPath.objects.filter(wanted).values("descendant")


@dataclass(slots=True)
class _Kept:
    """What has been asked for during one request."""

    places: dict[date, Places] = field(default_factory=dict)
    lines: dict[int, frozenset[int]] = field(default_factory=dict)


def keep_for_request(user: User) -> None:
    """From now on this very object remembers its roles. Only for the user of one request."""
    setattr(user, _KEPT, _Kept())


def places_of(user: User, today: date) -> Places:
    """Every role and position of the day. One query, or none when they are remembered."""
    kept: _Kept | None = getattr(user, _KEPT, None)
    if kept is None:
        return _read(user, today)
    if today not in kept.places:
        kept.places[today] = _read(user, today)
    return kept.places[today]


def line_of(user: User, unit: Unit) -> frozenset[int]:
    """The unit and all above it, by id."""
    kept: _Kept | None = getattr(user, _KEPT, None)
    found = kept.lines.get(unit.pk) if kept else None
    if found is None:
        paths = UnitPath.objects.filter(descendant=unit)
        found = frozenset(paths.values_list("ancestor", flat=True))
        if kept:
            kept.lines[unit.pk] = found
    return found


def _read(user: User, today: date) -> Places:
    rows = _PLACES.ask(user=user.pk, today=today)
    places = tuple(
        Place(role, unit or area, reach, leads)
        for _person, role, unit, area, reach, leads in rows
        if unit or area or role
    )
    return Places(places, frozenset(row[0] for row in rows))


def _places(user: int, today: date) -> QuerySet[Person, Any]:
    """The person alone, the roles, the positions."""
    no, none = Value(False, BooleanField()), Value(None, IntegerField())
    of_area = Case(When(valid_on(today, "safety_area__"), then=F("safety_area__units")))
    everything_below = Case(
        When(safety_area__isnull=False, then=Value(True)), default=F("with_subtree")
    )
    people = Person.objects.filter(user=user)
    held = RoleAssignment.objects.filter(valid_on(today), person__user=user)
    posts = Position.objects.filter(valid_on(today), person__user=user)
    return people.values_list("pk", Value(""), none, none, no, no).union(
        held.values_list("person", "role", "unit", of_area, everything_below, no),
        posts.values_list("person", Value(""), "unit", none, no, "is_manager"),
        all=True,
    )


_PLACES = Statement(_places, {"user": int, "today": date})
