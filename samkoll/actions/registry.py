"""What makes actions tells it here, in ``AppConfig.ready()``: risks now, rounds and others later.

Lists show and filter where an action comes from, a follow-up asks what its origin wants to know,
and nothing here knows any of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.forms import Field
from django.utils.translation import gettext_lazy as _

from samkoll.accounts.models import User
from samkoll.actions.models import Action
from samkoll.audit.services import CommandLine
from samkoll.web.page import Words
from samkoll.web.tables import State

OWN = "own"
Actor = User | CommandLine


@dataclass(frozen=True, slots=True)
class Related:
    """One thing that an action serves, as its page shows it: "Buller i matsalen", Hög (9)."""

    label: str
    url: str
    state: State | None = None


@dataclass(frozen=True, slots=True)
class FollowUpPart:
    """What an origin asks when the effect is judged ("riskens värde nu").

    ``fields`` go into the form after the questions of the follow-up itself, by names of the
    origin's own choice. ``save`` gets their cleaned values by the same names, inside the
    follow-up's transaction, and raises ``DomainError`` when they will not do. The command line
    answers none of them: what has no value is left out.
    """

    fields: Mapping[str, Field]
    save: Callable[[Mapping[str, Any], Actor, date], None]


def _nothing_related(actions: Sequence[int]) -> dict[int, tuple[Related, ...]]:
    return {}


def _no_titles(actions: Sequence[int]) -> dict[int, tuple[str, ...]]:
    return {}


def _nothing_asked(action: Action) -> FollowUpPart | None:
    return None


def _nothing_carried_on(old: Action, new: Action, actor: Actor, today: date) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Origin:
    """A kind of thing that makes actions.

    All of these are asked of every origin, for an action may come to serve more than what made it.

    ``related``: what each of these actions serves, with one query however many there are.
    ``titles``: the same for a list, which shows what they are called and nothing more.
    ``follow_up``: what to ask when the effect of an action is judged.
    ``carry_on``: an action did not suffice and a new one follows it, in the same transaction: let
    the new one serve what the old one did.
    """

    code: str
    label: Words
    related: Callable[[Sequence[int]], dict[int, tuple[Related, ...]]] = _nothing_related
    follow_up: Callable[[Action], FollowUpPart | None] = _nothing_asked
    carry_on: Callable[[Action, Action, Actor, date], None] = _nothing_carried_on
    titles: Callable[[Sequence[int]], dict[int, tuple[str, ...]]] = _no_titles


@dataclass(slots=True)
class Origins:
    """Origins by their codes."""

    known: dict[str, Origin] = field(default_factory=dict)

    def add(self, origin: Origin) -> None:
        """Register an origin. The same code twice is a mistake. Raises: ValueError."""
        if origin.code in self.known:
            raise ValueError(f"origin {origin.code!r} is already registered")
        self.known[origin.code] = origin

    def label(self, code: str) -> Words:
        """The word for an origin; the code itself when its package is gone."""
        return self.known[code].label if code in self.known else code

    def related(self, actions: Sequence[int]) -> dict[int, tuple[Related, ...]]:
        """What each action serves, of every origin in the order of their registration."""
        found: dict[int, tuple[Related, ...]] = {}
        for origin in self.known.values():
            for pk, things in origin.related(actions).items():
                found[pk] = (*found.get(pk, ()), *things)
        return found

    def titles(self, actions: Sequence[int]) -> dict[int, str]:
        """What each action serves in one line of a list: "Buller; Hot i receptionen"."""
        found: dict[int, tuple[str, ...]] = {}
        for origin in self.known.values():
            for pk, titles in origin.titles(actions).items():
                found[pk] = (*found.get(pk, ()), *titles)
        return {pk: "; ".join(titles) for pk, titles in found.items()}

    def follow_ups(self, action: Action) -> dict[str, FollowUpPart]:
        """What each origin asks, by its code."""
        asked = {code: origin.follow_up(action) for code, origin in self.known.items()}
        return {code: part for code, part in asked.items() if part}

    def carry_on(self, old: Action, new: Action, actor: Actor, today: date) -> None:
        """Tell every origin that ``new`` follows ``old``."""
        for origin in self.known.values():
            origin.carry_on(old, new, actor, today)


origins = Origins({OWN: Origin(OWN, _("Egen åtgärd"))})
"""The one registry of the process."""
