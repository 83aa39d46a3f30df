"""The mail of the morning: to whom, when, what it says and never says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils.translation import get_language

from samkoll.actions.models import Status
from samkoll.desk import queries as desk
from samkoll.desk import services
from samkoll.home import jobs, reminder_mail, reminders
from samkoll.home.tests import plans
from tests.town import TODAY

TITLE = "Hot från elevens pappa"


@pytest.fixture(autouse=True)
def outbox(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.BASE_URL = "https://samkoll.exempel.invalid"
    mail.outbox = []


def remind(today: date = TODAY) -> dict[str, str]:
    """Who got a mail, with subject and text."""
    mail.outbox = []
    reminders.remind(today=today)
    return {m.to[0].split("@")[0]: f"{m.subject}\n{m.body}" for m in mail.outbox}


def action(town, days: int, **facts):
    return plans.action(town, TITLE, due_date=TODAY + timedelta(days=days), **facts)


def want(town, who: str = "manager", **chosen):
    user = town.user(who)
    now = desk.reminder_settings([user.pk])[user.pk]
    services.change_reminders(owner=user, reminders=replace(now, **chosen))


@pytest.mark.parametrize(
    "days, told",
    [(8, False), (7, True), (6, False), (1, False), (0, True), (-1, True), (-2, False), (-8, True)],
)
def test_a_thing_is_told_of_before_on_and_after_its_last_day(town, days, told):
    action(town, days)
    assert ("manager" in remind()) is told


def test_the_mail_has_counts_units_and_days_and_no_titles(town):
    action(town, -1)
    action(town, -5, status=Status.ONGOING)
    action(town, 0, unit=town.units["BUF-ANG"])
    text = remind()["manager"]
    assert "Samkoll: 3 uppgifter väntar" in text
    assert "- Solskolan: 2 åtgärder, 2024-05-10" in text
    assert "- Ängsskolan: 1 åtgärd, 2024-05-15" in text
    assert "https://samkoll.exempel.invalid/" in text and "/installningar/" in text
    assert TITLE not in text and "Hot" not in text


def test_nobody_gets_two_mails_a_day_however_often_it_runs(town):
    action(town, 0)
    assert remind() and not remind()
    assert remind(TODAY + timedelta(days=1))


def test_each_person_decides_how_to_be_reminded(town):
    action(town, 3)
    want(town, days_before=3)
    assert remind()
    want(town, days_before=0)
    assert not remind(TODAY + timedelta(days=1))
    assert remind(TODAY + timedelta(days=3))
    want(town, after_due=False, on_due=False)
    assert not remind(TODAY + timedelta(days=4))
    want(town, wanted="never", after_due=True)
    assert not remind(TODAY + timedelta(days=11))


def test_weekly_mail_comes_on_its_day_with_all_that_waits(town):
    action(town, 2)
    want(town, wanted="weekly", weekday=TODAY.isoweekday(), days_before=1)
    assert not remind(TODAY - timedelta(days=1))
    assert "1 åtgärd" in remind()["manager"]


def test_a_week_after_the_last_day_the_units_manager_is_told_too(town):
    late = action(town, -7, responsible=town.people["employee"])
    told = remind()
    assert "employee" not in told and "Andras åtgärder på dina enheter" in told["manager"]
    assert "- Solskolan: 1 åtgärd, 2024-05-08" in told["manager"]
    assert set(remind(TODAY + timedelta(days=1))) == {"employee"}
    late.status = Status.DONE
    late.ended_on, late.follow_up_on = TODAY, TODAY + timedelta(days=90)
    late.save()
    assert not remind(TODAY + timedelta(days=8))


def test_follow_ups_and_questions_go_to_who_leads_the_unit(town):
    action(town, -60, status=Status.DONE, follow_up_on=TODAY, responsible=town.people["employee"])
    plans.hand_up(town, action(town, 20), answer_by=TODAY)
    told = remind()
    assert "1 effekt att följa upp" in told["manager"]
    assert "1 lyft fråga att svara på" in told["upper_manager"]
    assert set(told) == {"manager", "upper_manager"}


def test_the_mail_is_in_the_language_of_its_reader(town, monkeypatch):
    user = town.user("manager")
    user.language = "en"
    user.save()
    action(town, 0)
    action(town, 0, responsible=town.people["employee"])
    spoken, groups = [], reminder_mail.groups

    def said(things):
        spoken.append(get_language())
        return groups(things)

    monkeypatch.setattr(reminder_mail, "groups", said)
    remind()
    assert sorted(spoken) == ["en", "sv"]


def test_an_address_that_fails_stops_nobody_else(town, monkeypatch):
    action(town, 0)
    action(town, 0, responsible=town.people["employee"])
    send = EmailBackend.send_messages

    def fail_for_one(self, messages):
        if messages[0].to[0].startswith("manager@"):
            raise OSError("no such host")
        return send(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", fail_for_one)
    outcome = reminders.remind(today=TODAY)
    assert (outcome.sent, outcome.failed) == (1, 1)
    assert [m.to for m in mail.outbox] == [["employee@exempel.invalid"]]


def test_people_without_account_or_address_are_counted(town):
    person = town.people["employee"]
    person.user = None
    person.save()
    action(town, 0, responsible=person)
    closed = town.user("director")
    closed.is_active = False
    closed.save()
    action(town, 0, responsible=town.people["director"])
    outcome = reminders.remind(today=TODAY)
    assert (outcome.sent, outcome.without_mail) == (0, 1)


def test_as_many_queries_for_twenty_as_for_two(town, count_queries):
    for number in (2, 20):
        for _each in range(number):
            action(town, 3)
        cost = count_queries(lambda: reminders.remind(today=TODAY))
        assert cost <= 8


@pytest.mark.parametrize(
    "moment, runs",
    [
        ("2026-01-15T05:10+00:00", True),  # 06.10 in winter
        ("2026-07-15T04:10+00:00", True),  # 06.10 in summer
        ("2026-01-15T04:10+00:00", False),
        ("2026-07-15T07:10+00:00", False),
    ],
)
def test_it_runs_in_the_morning_by_the_clock_on_the_wall(monkeypatch, moment, runs):
    called = []

    def remind_once(today):
        called.append(today)
        return reminders.Outcome()

    monkeypatch.setattr(reminders, "remind", remind_once)
    jobs.remind(timestamp=int(datetime.fromisoformat(moment).timestamp()))
    assert bool(called) is runs
