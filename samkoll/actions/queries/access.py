"""Who sees an action, and how somebody stands to it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from samkoll.accounts.models import User
from samkoll.actions.models import Action, HandUp
from samkoll.actions.policies import Standing
from samkoll.audit.services import CommandLine
from samkoll.org import queries as org
from samkoll.org.models import Person, Unit


def visible_to(user: User, today: date) -> QuerySet[Action]:
    """The actions that a user may read, filtered in SQL.

    Those of units where the user may read actions, those that the user is responsible for or
    helps with, and those with a hand-up from such a unit or to a unit that the user leads.
    """
    places = org.places_of(user, today)
    units = places.keys_with("action:read")
    asked = HandUp.objects.filter(Q(origin__in=units) | Q(to_unit__in=places.led))
    return Action.objects.filter(
        Q(unit__in=units) | _worked_on(places.people) | Q(pk__in=asked.values("action"))
    )


def worked_on_by(user: User) -> Q:
    """Actions that the user is responsible for or helps with."""
    return _worked_on(Person.objects.filter(user=user).values("pk"))


def _worked_on(people: Collection[int] | QuerySet[Person, Any]) -> Q:
    helped = Action.helpers.through.objects.filter(person__in=people)
    return Q(responsible__in=people) | Q(pk__in=helped.values("action"))


def standing(actor: User | CommandLine, action: Action, today: date) -> Standing:
    """How somebody stands to an action today. As many queries for everybody."""
    if isinstance(actor, CommandLine):
        return Standing(action.unit.name, *[True] * 4)
    writes = org.may(actor, "action:write", today, unit=action.unit)
    return Standing(
        unit=action.unit.name,
        writes=writes,
        comments=org.may(actor, "action:comment", today, unit=action.unit),
        works_on=Action.objects.filter(worked_on_by(actor), pk=action.pk).exists(),
        leads=_leads(actor, action.unit, today, writes=writes),
    )


def leads(actor: User | CommandLine, unit: Unit, today: date) -> bool:
    """Whether somebody answers for a unit: its manager, or, while it has none, who writes there."""
    if isinstance(actor, CommandLine):
        return True
    writes = org.may(actor, "action:write", today, unit=unit)
    return _leads(actor, unit, today, writes=writes)


def led_by(user: User, today: date) -> Q:
    """The same for many units at once, as a condition on ``Unit``."""
    managed = org.managers(today)
    places = org.places_of(user, today)
    writes = places.keys_with("action:write")
    return Q(pk__in=places.led) | (Q(pk__in=writes) & ~Q(pk__in=managed.values("unit")))


def _leads(actor: User, unit: Unit, today: date, *, writes: bool) -> bool:
    manager = org.manager_of(unit, today)
    return writes if manager is None else manager.user_id == actor.pk
