"""Nobody leaves an action without an owner: docs/rules/hand-over.md, with its worked example."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from samkoll.actions.models import Action, Status
from samkoll.actions.tests.making import add, change, done, hand_up
from samkoll.audit import queries as audit
from samkoll.desk import queries as desk
from samkoll.desk.models import Notice
from samkoll.flows import services
from samkoll.org import services as org
from samkoll.org.models import Position
from samkoll.risks import services as risks
from tests.town import ACTOR, TODAY

LAST = date(2024, 5, 10)


def run():
    return services.hand_over(actor=ACTOR, today=TODAY)


def leave(town, who="manager", last_day=LAST):
    org.leave(
        person=town.people[who], last_day=last_day, actor=town.user("administrator"), today=TODAY
    )


def close(town, *successors):
    org.close_unit(unit=town.school, last_day=LAST, successors=successors, actor=ACTOR)


def new_school(town):
    return town.unit("BUF-NY", "Nya skolan", "unit", "BUF-GRU")


def owner(action):
    action.refresh_from_db()
    return action.unit.code, action.responsible


def test_when_the_manager_leaves_the_nearest_above_takes_over_at_once(town):
    action = add(town)
    leave(town)
    assert owner(action) == ("BUF-SOL", town.people["upper_manager"])


def test_the_history_says_why_and_keeps_what_was(town):
    action = add(town)
    leave(town)
    newest = audit.history(action)[0]
    assert newest.who == str(town.user("administrator"))
    assert ("reason", "Test manager har slutat.") in newest.details
    action.refresh_from_db()
    assert (action.due_date, action.status) == (date(2024, 6, 30), Status.PLANNED)


def test_the_new_owner_gets_one_notice_however_many_actions(town):
    for number in range(3):
        add(town, title=f"Åtgärd {number}")
    leave(town)
    notices = [notice.text for notice in desk.notices(town.user("upper_manager"))]
    assert notices == [
        "Du har tagit över 3 åtgärder efter någon som slutat eller en enhet som upphört."
    ]


def test_a_last_day_ahead_waits_for_its_night(town):
    action = add(town)
    leave(town, last_day=TODAY)
    assert owner(action) == ("BUF-SOL", town.people["manager"])
    services.hand_over(actor=ACTOR, today=TODAY + timedelta(days=1))
    assert owner(action) == ("BUF-SOL", town.people["upper_manager"])


def test_an_action_of_a_closed_unit_goes_to_its_successor_and_keeps_its_person(town):
    action = add(town, responsible=town.people["employee"], responsible_title="Lärare")
    close(town, new_school(town))
    assert run() == 1
    assert owner(action) == ("BUF-NY", town.people["employee"])


def test_with_several_successors_the_unit_above_says_whose_it_is(town):
    action = add(town, responsible=town.people["employee"], responsible_title="Lärare")
    close(town, new_school(town), town.units["BUF-ANG"])
    run()
    assert owner(action)[0] == "BUF-GRU"


def test_the_worked_example(town):
    ongoing = change(town, add(town), Status.ONGOING)
    waits = done(town, responsible=town.people["employee"], responsible_title="Lärare")
    history = change(town, add(town), Status.DROPPED, reason="Behövs inte.")
    close(town, new_school(town))
    leave(town)
    assert owner(ongoing) == ("BUF-NY", town.people["upper_manager"])
    assert owner(waits) == ("BUF-NY", town.people["employee"])
    assert owner(history) == ("BUF-SOL", town.people["manager"])
    told = Notice.objects.order_by("pk").values_list("owner__name", flat=True)
    assert sorted(told) == ["Test employee", "Test upper_manager"]


def test_without_any_manager_it_stays_until_there_is_one(town):
    action = add(town)
    Position.objects.update(valid_to=LAST)
    leave(town)
    assert owner(action)[1] == town.people["manager"]
    org.appoint(
        person=town.people["director"], unit=town.top, title="Direktör", is_manager=True,
        valid_from=TODAY, actor=ACTOR,
    )  # fmt: skip
    assert run() == 1
    assert owner(action)[1] == town.people["director"]


def test_a_question_up_the_line_follows_the_unit_that_was_asked(town):
    asked = hand_up(town, add(town))
    new = town.unit("BUF-GR2", "Grundskola 2", "department", "BUF")
    for code in ("BUF-SOL", "BUF-ANG", "BUF-GRU"):
        successors = (new,) if code == "BUF-GRU" else ()
        org.close_unit(unit=town.units[code], last_day=LAST, successors=successors, actor=ACTOR)
    run()
    asked.refresh_from_db()
    assert asked.to_unit == new


def test_a_second_run_finds_nothing(town, count_queries):
    add(town)
    leave(town)
    assert run() == 0
    assert count_queries(run) <= 6  # four questions, and the savepoint around them


@pytest.mark.parametrize("status", [Status.CLOSED, Status.DROPPED])
def test_what_has_ended_stays_where_it_was(town, status):
    action = add(town)
    Action.objects.filter(pk=action.pk).update(status=Status.DONE, ended_on=LAST, follow_up_on=LAST)
    if status == Status.CLOSED:
        Action.objects.filter(pk=action.pk).update(status=status, effect="reached")
    else:
        Action.objects.filter(pk=action.pk).update(
            status=Status.ONGOING, ended_on=None, follow_up_on=None
        )
        change(town, action, status, reason="Behövs inte.")
    leave(town)
    assert owner(action)[1] == town.people["manager"]


def test_risks_and_assessments_follow_the_unit_that_closed(town):
    risk = risks.add_risk(
        unit=town.school, title="Buller", probability=3, consequence=2, serious=False,
        found_on=LAST, actor=ACTOR, today=TODAY,
    )  # fmt: skip
    told = risks.Told("Flytt", "Ny lokal.", "Alla.", date(2024, 8, 1), date(2024, 12, 1))
    change = risks.open_assessment(unit=town.school, told=told, actor=ACTOR, today=TODAY)
    new = new_school(town)
    close(town, new)
    run()
    for moved in (risk, change):
        moved.refresh_from_db()
        assert moved.unit == new
        assert audit.history(moved)[0].details == (
            ("reason", "Solskolan har upphört. Det som pågick där hör nu till Nya skolan."),
        )
