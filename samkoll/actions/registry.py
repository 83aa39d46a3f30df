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

from samkoll.actions.models import Action
from samkoll.audit.services import Actor
from samkoll.web.page import Words
from samkoll.web.tables import State

OWN = "own"


@dataclass(frozen=True, slots=True)
class Related:
    """One thing that an action serves, as its page shows it: "Buller i matsalen", Hög (9)."""

    label: str
    url: str
    state: State | None = None


@dataclass(frozen=True, slots=True)
class FollowUpPart:
    """What an origin asks when the effect is judged ("riskens värde nu").

    ``fields`` go into the form by name. ``save`` gets their cleaned values, inside the follow-up's
    transaction, and raises ``DomainError`` when they will not do.
    """

    fields: Mapping[str, Field]
    save: Callable[[Mapping[str, Any], Actor, date], None]


def _nothing_related(actions: Sequence[int]) -> dict[int, tuple[Related, ...]]:
    return {}


def _nothing_asked(action: Action) -> FollowUpPart | None:
    return None


@dataclass(frozen=True, slots=True)
class Origin:
    """A kind of thing that makes actions.

    ``related``: what each of these actions serves, with one query however many there are; asked
    of every origin, for an action may come to serve more than what made it.
    """

    code: str
    label: Words
    related: Callable[[Sequence[int]], dict[int, tuple[Related, ...]]] = _nothing_related
    follow_up: Callable[[Action], FollowUpPart | None] = _nothing_asked


@dataclass(slots=True)
class Origins:
    """Origins by their codes."""

    known: dict[str, Origin] = field(default_factory=dict)

    def add(self, origin: Origin) -> None:
        """Register an origin. The same code twice is a mistake. Raises: ValueError."""
        if origin.code in self.known:
            raise ValueError(f"origin {origin.code!r} is already registered")
        self.known[origin.code] = origin


origins = Origins({OWN: Origin(OWN, _("Egen åtgärd"))})
"""The one registry of the process."""
