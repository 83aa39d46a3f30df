"""How long a session lasts, with a clock of our own; and the language that follows the user."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from samkoll.accounts import middleware, services
from samkoll.accounts.models import User
from samkoll.audit.models import Change
from samkoll.audit.services import CommandLine

START = datetime(2024, 5, 15, 8, 0, tzinfo=timezone.get_default_timezone())
OWN = "samkoll.accounts.middleware.OwnLanguage"
PAGE = "account_change_password"


class Clock:
    """Stands still until it is told to go."""

    def __init__(self) -> None:
        self.time = START

    def now(self) -> datetime:
        return self.time

    def go(self, **time: int) -> None:
        self.time += timedelta(**time)


@pytest.fixture
def clock(monkeypatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(middleware, "timezone", clock)
    return clock


@pytest.fixture
def user(db: None) -> User:
    return services.add_user(
        email="a@exempel.invalid", name="Anna", password="lång nog ramsa", actor=CommandLine()
    )


def is_in(client) -> bool:
    return bool(client.get(reverse(PAGE)).status_code == 200)


def test_an_idle_hour_ends_the_session_and_says_so(client, user, clock):
    client.force_login(user)
    assert is_in(client)
    clock.go(minutes=60)
    assert is_in(client)
    clock.go(minutes=60, seconds=1)
    answer = client.get(reverse(PAGE), follow=True)
    assert "Du har loggats ut" in answer.content.decode()
    assert not is_in(client)


def test_work_keeps_the_session_until_the_working_day_is_over(client, user, clock):
    client.force_login(user)
    for _hour in range(20):
        assert is_in(client)
        clock.go(minutes=30)
    assert is_in(client)
    clock.go(minutes=1)
    assert not is_in(client)


def test_the_session_is_written_once_a_minute_at_most(client, user, clock, count_queries):
    client.force_login(user)
    is_in(client)
    clock.go(seconds=59)
    within = count_queries(lambda: is_in(client))
    clock.go(seconds=2)
    assert count_queries(lambda: is_in(client)) > within


def test_the_chosen_language_follows_the_user_to_another_browser(client, user, settings):
    if OWN not in settings.MIDDLEWARE:
        settings.MIDDLEWARE = [*settings.MIDDLEWARE, OWN]
    client.force_login(user)
    client.post(reverse("web:language"), {"language": "en", "next": "/"})
    user.refresh_from_db()
    assert user.language == "en"
    assert Change.objects.filter(action="user.language").count() == 1
    del client.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert '<html lang="en"' in client.get(reverse(PAGE)).content.decode()


def test_a_language_that_we_do_not_have_is_not_remembered(user):
    services.change_language(user=user, language="de")
    assert user.language == "sv"
