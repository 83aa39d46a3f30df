"""The calendar feed: whose days, what it says, and what opens it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from samkoll.actions.models import Status
from samkoll.desk import services as desk
from samkoll.home.tests import plans


@pytest.fixture
def today():
    return timezone.localdate()


def events(town, who="manager") -> dict[str, str]:
    """Summaries by uid, as somebody's calendar reads them without signing in."""
    token = desk.open_calendar(owner=town.user(who), now=timezone.now())
    answer = Client().get(reverse("home:calendar", args=[token]))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "private" in answer["Cache-Control"]
    found = Calendar.from_ical(answer.content).walk("VEVENT")
    return {str(event["uid"]): str(event["summary"]) for event in found}


def test_it_has_my_days_without_saying_what_they_are_about(town, today):
    action = plans.action(town, "Hot från pappan", due_date=today)
    done = plans.action(
        town, "Hemligt", status=Status.DONE, follow_up_on=today + timedelta(days=90)
    )
    asked = plans.hand_up(town, plans.action(town, "Annat", unit=town.units["BUF-ANG"]))
    assert events(town) == {
        f"atgard-{action.pk}@127.0.0.1": "Åtgärd klar senast i dag (Solskolan)",
        f"uppfoljning-{done.pk}@127.0.0.1": "Effekt att följa upp (Solskolan)",
        f"atgard-{asked.action_id}@127.0.0.1": "Åtgärd klar senast i dag (Ängsskolan)",
    }
    leader = events(town, "upper_manager")
    assert f"lyft-{asked.pk}@127.0.0.1" in leader
    assert events(town, "board_member") == {}


def test_the_same_thing_keeps_its_uid_when_it_moves(town, today):
    action = plans.action(town, due_date=today)
    before = events(town)
    action.due_date = today + timedelta(days=9)
    action.save(update_fields=["due_date"])
    assert before == events(town)


def test_a_closed_or_unknown_address_opens_nothing(town):
    now, owner = timezone.now(), town.user("manager")
    old = desk.open_calendar(owner=owner, now=now)
    new = desk.open_calendar(owner=owner, now=now)
    asked = Client()
    assert asked.get(reverse("home:calendar", args=[old])).status_code == 404
    assert asked.get(reverse("home:calendar", args=["fel"])).status_code == 404
    assert asked.get(reverse("home:calendar", args=[new])).status_code == 200
    desk.close_calendar(owner=owner, now=now)
    assert asked.get(reverse("home:calendar", args=[new])).status_code == 404


def test_many_days_cost_as_many_queries_as_few(town, count_queries):
    token = desk.open_calendar(owner=town.user("manager"), now=timezone.now())
    url = reverse("home:calendar", args=[token])
    Client().get(url)
    plans.action(town)
    few = count_queries(lambda: Client().get(url))
    for _number in range(20):
        plans.action(town)
    assert count_queries(lambda: Client().get(url)) == few
