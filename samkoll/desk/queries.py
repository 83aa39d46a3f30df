"""Jobs, drafts, saved views and reminders as pages and mails need them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from samkoll.accounts.models import User
from samkoll.core.statements import Statement
from samkoll.desk.models import (
    CalendarKey,
    Draft,
    Job,
    JobState,
    Notice,
    ReminderSettings,
    SavedView,
    Wanted,
)
from samkoll.web import lists

NOT_SAVED = {lists.PAGE, "utkast", "format"}


def visible_to(user: User) -> QuerySet[Job]:
    """A person's own jobs, newest first."""
    return Job.objects.filter(owner=user).order_by("-created_at", "-pk")


def running(user: User) -> int:
    """How many of the person's jobs are not finished."""
    return visible_to(user).filter(state__in=(JobState.WAITING, JobState.RUNNING)).count()


def notices(user: User) -> QuerySet[Notice]:
    """What the person has been told and not ticked off, oldest first."""
    return Notice.objects.filter(owner=user, seen_at=None).order_by("created_at", "pk")


def draft_of(user: User, key: str) -> Draft | None:
    """The person's own draft of a form; nobody reads another person's."""
    return Draft.objects.filter(owner=user, key=key).first()


@dataclass(frozen=True, slots=True)
class ViewLink:
    """One saved view as a link on its own list. ``current``: the list shows just this."""

    pk: int
    name: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class SavedViews:
    """A person's views of the list ``page``, and ``query``: what would be saved now."""

    page: str
    query: str
    views: tuple[ViewLink, ...]

    @property
    def can_save(self) -> bool:
        """Whether the list shows something of its own that is not saved already."""
        return bool(self.query) and not any(view.current for view in self.views)


def saved_views(user: User, page: str, query: QueryDict) -> SavedViews:
    """The person's views of a list, for ``desk/_saved_views.html``; one query.

    ``page``: the list's key, letters, digits, - and _. ``query``: ``request.GET``.
    """
    now = normalised(query)
    found = _SAVED.ask(owner=user.pk, page=page)
    links = [ViewLink(pk, name, f"?{saved}", saved == now) for pk, name, saved in found]
    return SavedViews(page, now, tuple(links))


def _saved(owner: int, page: str) -> QuerySet[SavedView, Any]:
    found = SavedView.objects.filter(owner=owner, page=page).order_by("position", "pk")
    return found.values_list("pk", "name", "query")


_SAVED = Statement(_saved, {"owner": int, "page": str})


def views_of(user: User) -> QuerySet[SavedView]:
    """The person's own views in their order; nobody sees another person's."""
    return SavedView.objects.filter(owner=user).order_by("page", "position", "pk")


def normalised(query: QueryDict) -> str:
    """Filters, search and sorting of a list's address: in one order, without page and blanks."""
    pairs = [
        (name, value)
        for name in sorted(query)
        if name not in NOT_SAVED
        for value in sorted(set(query.getlist(name)))
        if value
    ]
    kept = QueryDict(mutable=True)
    for name, value in pairs:
        kept.appendlist(name, value)
    return kept.urlencode()


@dataclass(frozen=True, slots=True)
class Reminders:
    """How a person wants to be reminded; see ``models.ReminderSettings``."""

    wanted: str
    weekday: int
    days_before: int
    on_due: bool
    after_due: bool

    def mail_on(self, day: date) -> bool:
        """Whether the person wants a mail on this day, should there be anything to say."""
        if self.wanted == Wanted.WEEKLY:
            return day.isoweekday() == self.weekday
        return self.wanted == Wanted.DAILY


def reminder_settings(user_ids: Iterable[int]) -> dict[int, Reminders]:
    """How each of the people wants to be reminded, defaults included; one query."""
    asked = set(user_ids)
    chosen = {row.owner_id: row for row in ReminderSettings.objects.filter(owner__in=asked)}
    default = ReminderSettings()
    return {user: _reminders(chosen.get(user, default)) for user in asked}


def _reminders(row: ReminderSettings) -> Reminders:
    return Reminders(row.wanted, row.weekday, row.days_before, row.on_due, row.after_due)


def calendar_key(user: User) -> CalendarKey | None:
    """The person's open calendar address, if there is one."""
    return CalendarKey.objects.filter(owner=user, revoked_at=None).first()


def owner_of_calendar(token: str, *, now: datetime) -> User | None:
    """Whose calendar the secret token opens; None when it, or its owner's account, is closed.

    One query, and once a day another that notes that the address is in use.
    """
    keys = CalendarKey.objects.select_related("owner")
    found = keys.filter(token_hash=hash_of(token), revoked_at=None, owner__is_active=True).first()
    if found is None:
        return None
    if found.last_used_at is None or found.last_used_at < now - timedelta(days=1):
        CalendarKey.objects.filter(pk=found.pk).update(last_used_at=now)
    return found.owner


def hash_of(token: str) -> str:
    """What is stored of a calendar token. It is long and random, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()
