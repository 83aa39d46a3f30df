"""The logs: what a line says, and that nobody can change it afterwards."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from samkoll.audit import queries, services
from samkoll.audit.models import Change, Reading


def test_a_line_says_who_what_before_and_after(town):
    unit, actor = town.school, town.user("manager")
    services.record(
        "unit.renamed", actor, unit, before={"name": "A"}, after={"name": "B"}, on=date(2024, 5, 1)
    )
    entries, count = queries.changes(queries.Filter(what="unit.renamed"))
    assert count == 1
    assert (entries[0].who, entries[0].subject) == (str(actor), "Solskolan")
    assert entries[0].changes == (("name", "A", "B"),)
    assert entries[0].details == (("on", "2024-05-01"),)


@pytest.mark.parametrize("model", [Change, Reading])
def test_a_line_can_neither_be_changed_nor_removed(town, model):
    services.record("unit.renamed", town.user("manager"), town.school)
    services.read("stats.internal", town.user("manager"), town.school)
    for attempt in (lambda: model.objects.update(actor_name="X"), model.objects.all().delete):
        with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
            attempt()


def test_a_change_that_fails_leaves_no_line(town):
    before = Change.objects.count()
    with pytest.raises(RuntimeError), transaction.atomic():
        services.record("unit.renamed", town.user("manager"), town.school)
        raise RuntimeError
    assert Change.objects.count() == before


def test_the_log_pages_and_filters(town):
    for _ in range(5):
        services.read("stats.internal", town.user("manager"), town.school)
    page, count = queries.readings(queries.Filter(who="manager"), offset=3, limit=3)
    assert (len(page), count) == (2, 5)
    assert queries.readings(queries.Filter(who="nobody"))[1] == 0
