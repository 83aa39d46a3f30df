"""Att göra: the list and the menu's count stand on the same rows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from samkoll.desk import services as desk
from samkoll.home import todo
from samkoll.home.todo import When
from samkoll.org import queries as org
from samkoll.reports.tests import walk
from tests.town import ROLES


def asker(town, role):
    user, now = town.user(role), timezone.now()
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
    rows = [row for row in todo.todo(asks) if row.when != When.RUNNING]
    assert "Läs in löner" in {row.about for row in rows}
    assert "Gammalt" not in {row.about for row in rows}
    counted = []
    assert count_queries(lambda: counted.append(todo.waiting(asks))) <= 3
    assert counted == [len(rows)]
