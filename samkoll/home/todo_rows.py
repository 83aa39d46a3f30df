"""The shapes of what waits for somebody: a kind of thing, and one row of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from samkoll.accounts.models import User

SOON = timedelta(days=7)


class When(StrEnum):
    """The groups of the list, in their order. What has no last day waits in ``SOON``."""

    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"
    RUNNING = "running"


@dataclass(frozen=True, slots=True)
class Todo:
    """One row: what, about what, where, and the button that does the next step.

    ``due``: the last day, if there is one; it decides the group unless ``when`` does.
    """

    what: str
    about: str
    label: str
    url: str
    where: str = ""
    due: date | None = None
    when: When | None = None

    def group(self, today: date) -> When:
        """Where the row stands today. Due today is not overdue."""
        if self.when is not None:
            return self.when
        if self.due is None or today <= self.due <= today + SOON:
            return When.SOON
        return When.OVERDUE if self.due < today else When.LATER


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks what waits: the user, everything that the user may do somewhere, and when."""

    user: User
    held: frozenset[str]
    now: datetime

    @property
    def today(self) -> date:
        """The day of the permissions and of the last days."""
        return timezone.localdate(self.now)


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of thing that waits.

    ``waiting``: one row for each, in their order, not yet read from the database. ``todo``: such a
    row in words. ``needs``: a permission without which nothing can wait. ``counted``: whether the
    menu counts it; what only can be watched is not.
    """

    waiting: Callable[[Asker], QuerySet[Any]]
    todo: Callable[[Any], Todo]
    needs: str = ""
    counted: bool = True

    def concerns(self, asker: Asker) -> bool:
        """Whether anything of the kind can wait for this person."""
        return not self.needs or self.needs in asker.held
