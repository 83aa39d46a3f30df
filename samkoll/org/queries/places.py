"""Where a user has roles and positions: read once, in one query, and kept for one request."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db.models import BooleanField, Case, F, IntegerField, Value, When

from samkoll.accounts.models import User
from samkoll.core.fields import valid_on
from samkoll.org.models import Position, RoleAssignment, Unit, UnitPath

_KEPT = "kept_places"


@dataclass(frozen=True, slots=True)
class Place:
    """A role at a unit; ``reach``: and at everything below it. A position has no role.

    ``unit`` is None where the role's safety area has ended or has no units.
    """

    role: str
    unit: int | None
    reach: bool


@dataclass(slots=True)
class _Kept:
    """What has been asked for during one request."""

    places: dict[date, tuple[Place, ...]] = field(default_factory=dict)
    lines: dict[int, frozenset[int]] = field(default_factory=dict)


def keep_for_request(user: User) -> None:
    """From now on this very object remembers its roles. Only for the user of one request."""
    setattr(user, _KEPT, _Kept())


def places_of(user: User, today: date) -> tuple[Place, ...]:
    """Every role and position of the day."""
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


def _read(user: User, today: date) -> tuple[Place, ...]:
    of_area = Case(When(valid_on(today, "safety_area__"), then=F("safety_area__units")))
    everything_below = Case(
        When(safety_area__isnull=False, then=Value(True)), default=F("with_subtree")
    )
    held = RoleAssignment.objects.filter(valid_on(today), person__user=user)
    posts = Position.objects.filter(valid_on(today), person__user=user)
    rows = held.values_list("role", "unit", of_area, everything_below).union(
        posts.values_list(
            Value(""),
            "unit",
            Value(None, IntegerField()),
            Value(False, BooleanField()),
        ),
        all=True,
    )
    return tuple(Place(role, unit or area, reach) for role, unit, area, reach in rows)
