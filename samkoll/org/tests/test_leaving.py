"""People who leave, units that close: who is in charge then."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from samkoll.org import queries, services
from samkoll.org.models import Position, RoleAssignment
from samkoll.org.registry import changes
from tests.town import ACTOR, TODAY

LAST = date(2024, 5, 10)


def leave(town, who="manager", actor="administrator", last_day=LAST):
    return services.leave(
        person=town.people[who], last_day=last_day, actor=town.user(actor), today=TODAY
    )


def test_positions_and_roles_end_on_the_last_day(town):
    leave(town)
    person = town.people["manager"]
    assert [p.valid_to for p in Position.objects.filter(person=person)] == [LAST]
    assert [a.valid_to for a in RoleAssignment.objects.filter(person=person)] == [LAST]
    assert person not in queries.working_here(TODAY)
    assert person in queries.working_here(LAST)


def test_only_the_administrator_lets_somebody_leave(town):
    with pytest.raises(PermissionDenied, match="Administratör"):
        leave(town, actor="director")


def test_nobody_leaves_before_what_begins_later(town):
    later = TODAY + timedelta(days=90)
    services.appoint(
        person=town.people["manager"], unit=town.office, title="Chef", is_manager=False,
        valid_from=later, actor=ACTOR,
    )  # fmt: skip
    with pytest.raises(services.BadPeriod, match="börjar först 2024-08-13"):
        leave(town, last_day=TODAY)


def test_those_who_asked_are_told_in_the_same_transaction(town, monkeypatch):
    told: list[date] = []
    monkeypatch.setattr(changes, "after", [lambda actor, today: told.append(today)])
    leave(town)
    assert told == [TODAY]


def test_without_a_manager_the_nearest_above_is_in_charge(town, count_queries):
    leave(town)
    units = [town.school.pk, town.units["BUF-ANG"].pk, town.education.pk, town.top.pk]
    found = queries.in_charge(units, TODAY)
    above, director = town.people["upper_manager"], town.people["director"]
    assert [found.get(unit) for unit in units] == [above, above, director, None]
    assert count_queries(lambda: queries.in_charge(units, TODAY)) == 2


def test_a_closed_unit_is_carried_on_by_its_one_successor(town):
    new = town.unit("BUF-NY", "Nya skolan", "unit", "BUF-GRU")
    services.close_unit(unit=town.school, last_day=LAST, successors=(new,), actor=ACTOR)
    assert queries.carried_on_by(town.school, TODAY) == new
    assert queries.carried_on_by(town.school, LAST) == town.school


def test_several_successors_or_none_leave_it_to_the_unit_above(town):
    north, south = (town.unit(c, c, "unit", "BUF-GRU") for c in ("BUF-NOR", "BUF-SYD"))
    services.close_unit(unit=town.school, last_day=LAST, successors=(north, south), actor=ACTOR)
    services.close_unit(unit=town.units["BUF-ANG"], last_day=LAST, actor=ACTOR)
    for code in ("BUF-SOL", "BUF-ANG"):
        assert queries.carried_on_by(town.units[code], TODAY).code == "BUF-GRU"
