"""What upper packages tell about users, filled in their ``AppConfig.ready()``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol

from samkoll.accounts.models import User
from samkoll.audit.services import Actor

Describe = Callable[[Sequence[int], date], dict[int, list[str]]]


class GiveRole(Protocol):
    """Gives a new user a role at a unit, named by its code; the top unit when it is empty."""

    def __call__(self, user: User, role: str, unit: str, *, actor: Actor, today: date) -> None: ...


_describers: list[Describe] = []
_givers: list[GiveRole] = []


def add_describer(describe: Describe) -> None:
    """Register a function that says what users are: user ids and a day to words by id."""
    if describe not in _describers:
        _describers.append(describe)


def descriptions(users: Sequence[int], today: date) -> dict[int, list[str]]:
    """What all describers say about the users ("Chef, Solskolan"), by user id."""
    said: dict[int, list[str]] = {}
    for describe in _describers:
        for user, words in describe(users, today).items():
            said.setdefault(user, []).extend(words)
    return said


def add_role_giver(give: GiveRole) -> None:
    """Register what gives roles; accounts itself knows none."""
    if give not in _givers:
        _givers.append(give)


def give_role(user: User, role: str, unit: str, *, actor: Actor, today: date) -> None:
    """Give a user a role through whatever has been registered."""
    for give in _givers:
        give(user, role, unit, actor=actor, today=today)
