"""A person's days as a calendar feed: what is due when and where, never what it is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain, islice
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from samkoll.accounts.models import User
from samkoll.actions import queries as actions
from samkoll.actions.models import Action, Status
from samkoll.org import queries as org
from samkoll.org.models import Unit

MOST = 500
ASK_AGAIN = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the feed. ``key`` is the same for as long as the thing exists."""

    key: str
    day: date
    summary: str
    url: str


def feed(user: User, *, now: datetime, today: date) -> bytes:
    """The calendar of everything that the person has to do, in the person's language."""
    org.keep_for_request(user)
    with translation.override(user.language):
        shown = Calendar()
        shown.add("prodid", "-//Samkoll//Samkoll//SV")
        shown.add("version", "2.0")
        shown.add("method", "PUBLISH")
        shown.add("x-wr-calname", "Samkoll")
        shown.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
        for day in islice(days(user, today), MOST):
            shown.add_component(_event(day, now))
        return bytes(shown.to_ical())


def days(user: User, today: date) -> Iterator[Day]:
    """Own open actions, effects to follow up and questions to answer: a query for each."""
    return chain(_due(user), _follow_ups(user, today), _questions(user, today))


def _due(user: User) -> Iterator[Day]:
    found = actions.mine(user).values_list("pk", "due_date", "unit__name")
    for pk, day, unit in found:
        said = _("Åtgärd klar senast i dag (%(unit)s)") % {"unit": unit}
        yield Day(f"atgard-{pk}", day, said, reverse("actions:detail", args=[pk]))


def _follow_ups(user: User, today: date) -> Iterator[Day]:
    led = Unit.objects.filter(actions.led_by(user, today)).values("pk")
    mine = Q(responsible__user=user) | Q(unit__in=led)
    found = Action.objects.filter(mine, status=Status.DONE, follow_up_on__isnull=False)
    for action in found.select_related("unit").only("follow_up_on", "unit__name").order_by("pk"):
        pk, unit, day = action.pk, action.unit.name, action.follow_up_on or today
        said = _("Effekt att följa upp (%(unit)s)") % {"unit": unit}
        yield Day(f"uppfoljning-{pk}", day, said, reverse("actions:detail", args=[pk]))


def _questions(user: User, today: date) -> Iterator[Day]:
    found = actions.waiting_for_answer(user, today)
    for pk, day, unit in found.values_list("pk", "answer_by", "from_unit__name"):
        said = _("Svara senast i dag på en lyft fråga (%(unit)s)") % {"unit": unit}
        yield Day(f"lyft-{pk}", day, said, reverse("actions:answer", args=[pk]))


def _event(day: Day, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{day.key}@{urlsplit(settings.BASE_URL).hostname}")
    event.add("dtstamp", now)
    event.add("dtstart", day.day)
    event.add("summary", day.summary)
    event.add("url", settings.BASE_URL + day.url)
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event
