"""Reminders as each person wants them, one mail a day, and a calendar behind a secret."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connections, transaction
from django.urls import reverse

from samkoll.audit.models import Change
from samkoll.desk import queries, registry, services
from samkoll.desk.models import CalendarKey, DigestSent, ReminderSettings
from samkoll.desk.queries import Reminders

NOW = datetime(2024, 5, 15, 12, tzinfo=UTC)
MONDAY = date(2024, 5, 13)
DEFAULT = Reminders("daily", 1, 7, on_due=True, after_due=True)
WEEKLY = Reminders("weekly", 3, 0, on_due=False, after_due=True)
PAGE = reverse("desk:settings")
SENT = {"wanted": "weekly", "weekday": "3", "days_before": "0", "after_due": "on"}


@pytest.fixture
def manager(town):
    return town.user("manager")


@pytest.fixture
def feed(monkeypatch):
    monkeypatch.setattr(registry.calendar, "url", lambda token: f"/kalender/{token}.ics")


def test_who_has_chosen_nothing_has_the_defaults_and_all_cost_one_query(town, count_queries):
    users = [user.pk for user in town.users.values()]
    services.change_reminders(owner=town.user("manager"), reminders=WEEKLY)
    found = queries.reminder_settings(users)
    assert found[town.user("manager").pk] == WEEKLY
    assert found[town.user("director").pk] == DEFAULT
    assert set(found) == set(users)
    assert count_queries(lambda: queries.reminder_settings(users)) == 1


@pytest.mark.parametrize(
    ("wanted", "days"), [("daily", [0, 1, 2, 3, 4, 5, 6]), ("weekly", [2]), ("never", [])]
)
def test_mail_comes_on_the_days_that_are_wanted(wanted, days):
    chosen = Reminders(wanted, 3, 7, on_due=True, after_due=True)
    assert [n for n in range(7) if chosen.mail_on(MONDAY + timedelta(days=n))] == days


def test_only_what_changed_is_logged(manager):
    services.change_reminders(owner=manager, reminders=WEEKLY)
    services.change_reminders(owner=manager, reminders=WEEKLY)
    change = Change.objects.get(action="reminders.changed")
    assert change.before == {"wanted": "daily", "weekday": 1, "days_before": 7, "on_due": True}
    assert "after_due" not in change.after


@pytest.mark.parametrize("wrong", [{"weekday": 8}, {"days_before": 31}, {"wanted": "hourly"}])
def test_the_database_takes_no_other_settings(manager, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        ReminderSettings.objects.create(owner=manager, **wrong)


def test_the_page_shows_and_saves_what_is_chosen(client, manager):
    client.force_login(manager)
    assert "manager@exempel.invalid" in client.get(PAGE).content.decode()
    assert client.post(PAGE, SENT).headers["Location"] == PAGE
    assert queries.reminder_settings([manager.pk])[manager.pk] == WEEKLY
    text = client.get(PAGE).content.decode()
    assert 'value="weekly" id="id_wanted_1" checked' in text
    answer = client.post(PAGE, {**SENT, "days_before": "40"})
    assert answer.status_code == 422
    assert 'value="40"' in answer.content.decode()


def test_a_place_without_mail_says_so(client, manager, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    client.force_login(manager)
    assert "skickar ingen e-post" in client.get(PAGE).content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_many_that_claim_a_days_mail_one_gets_it(town):
    owner, got = town.user("manager"), []

    def claim():
        got.append(services.claim_digest(owner=owner, day=MONDAY))
        connections.close_all()

    threads = [threading.Thread(target=claim) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(got) == [False, False, False, True]
    assert services.claim_digest(owner=owner, day=MONDAY + timedelta(days=1))
    assert services.claim_digest(owner=town.user("director"), day=MONDAY)


def test_old_claims_are_forgotten(manager):
    services.claim_digest(owner=manager, day=MONDAY)
    services.claim_digest(owner=manager, day=MONDAY + timedelta(days=31))
    assert [claim.day for claim in DigestSent.objects.all()] == [MONDAY + timedelta(days=31)]


def test_the_token_is_long_and_only_its_hash_is_kept(manager):
    token = services.open_calendar(owner=manager, now=NOW)
    key = CalendarKey.objects.get()
    assert len(token) >= 43
    assert key.token_hash == queries.hash_of(token)
    assert token not in str(CalendarKey.objects.values()) + str(Change.objects.values())
    assert queries.owner_of_calendar(token, now=NOW) == manager


def test_a_new_address_closes_the_old_and_a_closed_one_leads_nowhere(manager):
    old = services.open_calendar(owner=manager, now=NOW)
    new = services.open_calendar(owner=manager, now=NOW)
    assert queries.owner_of_calendar(old, now=NOW) is None
    assert queries.owner_of_calendar(new, now=NOW) == manager
    assert services.close_calendar(owner=manager, now=NOW)
    assert not services.close_calendar(owner=manager, now=NOW)
    assert queries.owner_of_calendar(new, now=NOW) is None
    done = list(Change.objects.filter(action__startswith="calendar.").order_by("id"))
    names = [change.action.removeprefix("calendar.") for change in done]
    assert names == ["opened", "closed", "opened", "closed"]


def test_the_database_keeps_one_open_address_a_person(manager):
    services.open_calendar(owner=manager, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarKey.objects.create(owner=manager, token_hash="0" * 64, created_at=NOW)


def test_a_closed_account_closes_its_calendar(manager):
    token = services.open_calendar(owner=manager, now=NOW)
    manager.is_active = False
    manager.save()
    assert queries.owner_of_calendar(token, now=NOW) is None
    assert queries.owner_of_calendar("påhittad", now=NOW) is None


def test_use_is_noted_once_a_day(manager, count_queries):
    token = services.open_calendar(owner=manager, now=NOW)

    def fetch(hours):
        now = NOW + timedelta(hours=hours)
        return count_queries(lambda: queries.owner_of_calendar(token, now=now))

    assert [fetch(0), fetch(1), fetch(23), fetch(25)] == [2, 1, 1, 2]
    assert CalendarKey.objects.get().last_used_at == NOW + timedelta(hours=25)


def test_the_address_is_shown_once(client, manager, feed):
    client.force_login(manager)
    assert "Skapa kalenderadress" in client.get(PAGE).content.decode()
    shown = client.post(reverse("desk:open_calendar")).content.decode()
    assert "http://testserver/kalender/" in shown
    text = client.get(PAGE).content.decode()
    assert "/kalender/" not in text.replace(reverse("desk:open_calendar"), "").replace(
        reverse("desk:close_calendar"), ""
    )
    assert "Den har inte hämtats än" in text
    client.post(reverse("desk:close_calendar"))
    assert not CalendarKey.objects.filter(revoked_at=None).exists()


def test_without_a_feed_there_is_no_calendar_to_open(client, manager, monkeypatch):
    monkeypatch.setattr(registry.calendar, "url", None)
    client.force_login(manager)
    assert "Skapa kalenderadress" not in client.get(PAGE).content.decode()
    assert client.post(reverse("desk:open_calendar")).status_code == 404
