"""Everybody who signs in, leads a unit or represents employees; safety areas. All made up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from typing import Any

from samkoll.accounts import services as accounts
from samkoll.accounts.models import User
from samkoll.audit.services import CommandLine
from samkoll.demo.loading.data import read
from samkoll.org import services as org
from samkoll.org.models import Person, Position, SafetyArea, Unit, UnitKind

ACTOR = CommandLine()


@dataclass(slots=True)
class People:
    """Users by their short name ("chef"), and how many persons there are."""

    users: dict[str, User] = field(default_factory=dict)
    count: int = 0

    def acting(self, user: str) -> User | CommandLine:
        """The user who acts, or the command line where none is named."""
        return self.users.get(user, ACTOR)


@dataclass(slots=True)
class _Loading:
    """What the steps below need: units and areas by name, the demo's data, the day."""

    data: dict[str, Any]
    units: dict[str, Unit]
    today: date
    areas: dict[str, SafetyArea] = field(default_factory=dict)
    people: People = field(default_factory=People)

    @property
    def since(self) -> date:
        since: date = self.data["valid_from"]
        return since

    def appointed(self, name: str, unit: Unit, title: str, *, manager: bool = False) -> Person:
        """A new person with a position; an e-mail address only for those who sign in."""
        person = org.add_person(name=name, actor=ACTOR, today=self.today)
        org.appoint(
            person=person,
            unit=unit,
            title=title,
            is_manager=manager,
            valid_from=max(self.since, unit.valid_from),
            actor=ACTOR,
        )
        self.people.count += 1
        return person

    def give(self, person: Person, role: dict[str, Any]) -> None:
        """A role at a unit or for a safety area, as the data name it."""
        unit = self.units[role["unit"]] if "unit" in role else None
        org.assign_role(
            person=person,
            role=role["role"],
            unit=unit,
            safety_area=self.areas[role["area"]] if "area" in role else None,
            with_subtree=role.get("subtree", True),
            valid_from=max(self.since, unit.valid_from) if unit else self.since,
            actor=ACTOR,
            today=self.today,
        )


def load_people(*, today: date) -> People:
    """Add demo users with their roles, safety areas, and a manager for every open unit."""
    units = {unit.code: unit for unit in Unit.objects.filter(valid_to=None).order_by("pk")}
    loading = _Loading(read("people"), units, today)
    for area in loading.data["safety_areas"]:
        loading.areas[area["name"]] = org.add_safety_area(
            name=area["name"],
            units=[units[code] for code in area["units"]],
            valid_from=loading.since,
            actor=ACTOR,
            today=today,
        )
    _users(loading)
    _representatives(loading)
    _managers(loading)
    return loading.people


def _users(loading: _Loading) -> None:
    for item in loading.data["users"]:
        email = f"{item['user']}@{loading.data['mail_domain']}"
        user = accounts.add_demo_user(email=email, name=item["name"], actor=ACTOR)
        unit, manager = loading.units[item["unit"]], item.get("manager", False)
        person = loading.appointed(item["name"], unit, item["title"], manager=manager)
        org.link_user(person=person, user=user, actor=ACTOR)
        for role in item["roles"]:
            loading.give(person, role)
        loading.people.users[item["user"]] = user


def _representatives(loading: _Loading) -> None:
    for item in loading.data["safety_representatives"]:
        person = loading.appointed(item["name"], loading.units[item["unit"]], item["title"])
        loading.give(person, {"role": "safety_rep", "area": item["area"]})


def _managers(loading: _Loading) -> None:
    """A manager for every unit below the top that has none yet."""
    led = set(Position.objects.filter(is_manager=True).values_list("unit", flat=True))
    titles, roles, names = loading.data["titles"], loading.data["roles"], _names(loading.data)
    for unit in loading.units.values():
        if unit.kind != UnitKind.MUNICIPALITY and unit.pk not in led:
            person = loading.appointed(next(names), unit, titles[unit.kind], manager=True)
            loading.give(person, {"role": roles[unit.kind], "unit": unit.code})


def _names(data: dict[str, Any]) -> Iterator[str]:
    """Every first name with every surname; neighbours differ in both, whole rounds get a number."""
    first, last = data["first_names"], data["surnames"]
    shifts = product(range(len(last)), range(len(first)))
    pairs = [f"{first[n]} {last[(n + shift) % len(last)]}" for shift, n in shifts]
    yield from pairs
    number = 2
    while True:
        yield from (f"{pair} {number}" for pair in pairs)
        number += 1
