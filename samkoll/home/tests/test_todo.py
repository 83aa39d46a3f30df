"""Att göra: the list and the menu's count stand on the same rows."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from samkoll.desk import services as desk
from samkoll.home import todo
from samkoll.org import queries as org
from samkoll.reports.tests import walk
from tests.town import ROLES


def asker(town, role):
    user, now = town.user(role), timezone.now()
    org.keep_for_request(user)
    return todo.Asker(user, org.permissions_of(user, timezone.localdate(now)), now)


@pytest.fixture
def waiting_things(town):
    """Jobs of everybody, reports without answers, an import that waits."""
    walk.report(town)
    for user in town.users.values():
        desk.open_job(owner=user, label="Skapa filer")
        failed = desk.open_job(owner=user, label="Läs in löner")
        desk.fail(job_id=failed.pk, now=timezone.now(), message="Filen saknas.")
        old = desk.open_job(owner=user, label="Gammalt")
        desk.fail(job_id=old.pk, now=timezone.now() - timedelta(days=2), message="Nej.")


@pytest.mark.parametrize("role", [*ROLES, "safety_rep", "outsider"])
def test_the_menu_counts_what_the_list_shows_in_one_query(
    town, waiting_things, count_queries, role
):
    asks = asker(town, role)
    rows = [
        source.todo(row)
        for source in todo.SOURCES
        if source.counted and source.concerns(asks)
        for row in source.waiting(asks)
    ]
    assert {row.about for row in rows} <= {row.about for row in todo.todo(asks)}
    assert "Läs in löner" in {row.about for row in rows}
    assert "Gammalt" not in {row.about for row in rows}
    counted = []
    assert count_queries(lambda: counted.append(todo.waiting(asks))) <= 3
    assert counted == [len(rows)]


def test_the_menu_keeps_its_count_for_a_minute_and_until_something_is_changed(town, client):
    def shown(name="org:index"):
        page = client.get(reverse(name)).content.decode()
        return sum(map(int, re.findall(r'class="count">(\d+)<', page))) / 2  # side and bottom

    user, now = town.user("employee"), timezone.now()
    client.force_login(user)
    assert shown() == 0
    for label in ("Ett", "Två"):
        failed = desk.open_job(owner=user, label=label)
        desk.fail(job_id=failed.pk, now=now, message="Filen saknas.")
    assert shown() == 0
    assert client.cookies["waiting"]["max-age"] == 60
    assert shown("home:start") == shown() == 2
    desk.fail(job_id=desk.open_job(owner=user, label="Tre").pk, now=now, message="Nej.")
    client.post(reverse("web:language"), {"language": "sv"})
    assert shown() == 3


@pytest.mark.parametrize("forged", ["0-7", "{pk}-x", "{pk}-", "{pk}-1234567", "{pk}", ""])
def test_a_count_of_somebody_else_or_without_sense_is_not_shown(town, client, forged):
    user = town.user("employee")
    client.force_login(user)
    client.cookies["waiting"] = forged.format(pk=user.pk)
    assert 'class="count"' not in client.get(reverse("org:index")).content.decode()
