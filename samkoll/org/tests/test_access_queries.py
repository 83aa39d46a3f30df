"""Who has a permission where: the query against a slow, obviously right oracle."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from samkoll.accounts.models import User
from samkoll.org import queries, services
from samkoll.org.models import RoleAssignment, SafetyArea, Unit
from tests.town import ACTOR, TODAY, Town

PERMISSION = "stats:internal"
ROLES = ["manager", "employee", "hr_partner", "auditor"]
CODES = ["EXK", "BUF", "BUF-GRU", "BUF-SOL", "BUF-ANG", "BUF-FSK", "BUF-TAL", "KSF", "KSF-INT"]
DAYS = [TODAY + timedelta(days=n) for n in (-400, -1, 0, 1, 400)]

periods = st.tuples(st.sampled_from(DAYS), st.none() | st.sampled_from(DAYS)).filter(
    lambda p: p[1] is None or p[1] >= p[0]
)
given_roles = st.tuples(
    st.sampled_from(ROLES), st.sampled_from(CODES), st.booleans(), st.booleans(), periods
)


def upward(unit: Unit | None) -> list[Unit]:
    return [unit, *upward(unit.parent)] if unit else []


def holds(row: RoleAssignment, unit: Unit, today: date) -> bool:
    """The rule as a person would check it, one assignment and one unit at a time."""
    if row.role not in ("manager", "hr_partner") or not covers(row, today):
        return False
    if row.safety_area is not None:
        chain = {u.pk for u in upward(unit)}
        return covers(row.safety_area, today) and any(
            u.pk in chain for u in row.safety_area.units.all()
        )
    if row.with_subtree:
        return any(u.pk == row.unit_id for u in upward(unit))
    return unit.pk == row.unit_id


def covers(row: RoleAssignment | SafetyArea, today: date) -> bool:
    return row.valid_from <= today and (row.valid_to is None or today <= row.valid_to)


class Random(TestCase):
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(given_roles, min_size=1, max_size=6))
    def test_units_with_agrees_with_the_oracle(self, wanted):
        town = Town.build()
        user, person = town.user("employee"), town.people["employee"]
        for role, code, subtree, by_area, (starts, ends) in wanted:
            area = None
            if by_area:
                area = SafetyArea.objects.create(name="X", valid_from=starts, valid_to=ends)
                area.units.add(town.units[code])
            RoleAssignment.objects.create(
                person=person,
                role=role,
                unit=None if area else town.units[code],
                safety_area=area,
                with_subtree=subtree,
                valid_from=DAYS[0] if area else starts,
                valid_to=None if area else ends,
            )
        found = set(queries.units_with(user, PERMISSION, TODAY))
        rows = RoleAssignment.objects.filter(person=person)
        expected = {u for u in Unit.objects.all() if any(holds(r, u, TODAY) for r in rows)}
        assert found == expected


def test_a_role_reaches_what_lies_below_and_nothing_else(town):
    reached = queries.units_with(town.user("upper_manager"), PERMISSION, TODAY)
    assert {u.code for u in reached} == {"BUF-GRU", "BUF-SOL", "BUF-ANG"}


def test_a_role_that_has_ended_gives_nothing(town):
    row = RoleAssignment.objects.get(person=town.people["manager"])
    services.end_role(assignment=row, last_day=TODAY, actor=ACTOR, today=TODAY)
    user = town.user("manager")
    assert queries.may(user, PERMISSION, TODAY, unit=town.school)
    assert not queries.may(user, PERMISSION, TODAY + timedelta(days=1), unit=town.school)


def test_finding_units_costs_two_queries_whatever_the_roles(town, count_queries):
    user = town.user("director")
    before = count_queries(lambda: list(queries.units_with(user, PERMISSION, TODAY)))
    for code in ("KSF", "KSF-STO", "KSF-INT"):
        services.assign_role(
            person=town.people["director"],
            role="manager",
            unit=town.units[code],
            valid_from=TODAY,
            actor=ACTOR,
            today=TODAY,
        )
    after = count_queries(lambda: list(queries.units_with(user, PERMISSION, TODAY)))
    assert before == after == 2


def test_the_user_of_a_request_is_asked_about_once(town, count_queries):
    user = town.user("upper_manager")
    queries.keep_for_request(user)

    def asks():
        return (
            queries.may(user, PERMISSION, TODAY),
            queries.may(user, PERMISSION, TODAY, unit=town.units["BUF-GRU"]),
            queries.may(user, PERMISSION, TODAY, unit=town.school),
            queries.may(user, "report:write", TODAY, unit=town.school),
            not queries.may(user, "org:write", TODAY, unit=town.school),
            len(queries.roles_of(user, TODAY)) == 1,
        )

    answers = []
    assert count_queries(lambda: answers.append(asks())) == 2  # roles, and the school's line
    assert all(answers[0])


def test_another_object_for_the_same_user_sees_new_roles_at_once(town):
    kept = town.user("employee")
    queries.keep_for_request(kept)
    assert not queries.may(kept, "org:write", TODAY)
    services.assign_role(
        person=town.people["employee"],
        role="administrator",
        unit=town.top,
        valid_from=TODAY,
        actor=ACTOR,
        today=TODAY,
    )
    assert not queries.may(kept, "org:write", TODAY)
    assert queries.may(User.objects.get(pk=kept.pk), "org:write", TODAY)


@pytest.mark.parametrize(
    "role, code, unit, has_choice",
    [
        ("manager", "", "BUF-SOL", False),
        ("upper_manager", "", "BUF-GRU", True),
        ("safety_rep", "", "BUF-SOL", False),
        ("manager", "KSF-INT", "KSF-INT", True),
        ("manager", "NIX", "BUF-SOL", False),
    ],
)
def test_where_a_user_stands_is_one_more_query(town, count_queries, role, code, unit, has_choice):
    user, found = town.user(role), []
    count = count_queries(lambda: found.append(queries.standpoint(user, TODAY, code)))
    assert count == 2
    assert [(at.code, at.has_choice) for at in found] == [(unit, has_choice)]


def test_somebody_without_roles_stands_at_the_municipality(town):
    user = User.objects.create_user("ny@exempel.invalid", name="Ny")
    assert queries.standpoint(user, TODAY) == queries.Standpoint(
        town.top.pk, "EXK", town.top.name, has_choice=True
    )
    at = queries.standpoint(user, TODAY, "BUF")
    assert (at.unit, at.above) == (town.education.pk, town.top.name)


def test_a_code_that_was_used_twice_means_the_unit_of_today(town):
    services.close_unit(unit=town.school, last_day=TODAY, successors=(), actor=ACTOR)
    new = services.open_unit(
        code="BUF-SOL",
        name="Nya Solskolan",
        kind="unit",
        parent=town.units["BUF-GRU"],
        valid_from=TODAY + timedelta(days=1),
        actor=ACTOR,
    )
    assert queries.standpoint(town.user("director"), TODAY, "BUF-SOL").unit == new.pk


@pytest.mark.parametrize(
    "text, first",
    [("BUF-SOL", "Solskolan"), ("sol", "Solskolan"), ("ängs", "Ängsskolan"), ("buf", "Barn- och")],
)
def test_units_are_found_by_code_and_name(town, text, first):
    assert queries.find(text)[0].name.startswith(first)


def test_units_are_found_by_a_former_name(town):
    services.rename_unit(unit=town.school, name="Nya skolan", valid_from=TODAY, actor=ACTOR)
    [found] = queries.find("solskolan")
    assert (found.name, found.former) == ("Nya skolan", "Solskolan")
