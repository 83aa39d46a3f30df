"""Actions: what they need, who may change them, and what two who edit at once are told."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from samkoll.actions import queries, services
from samkoll.actions.models import Action, Status
from samkoll.actions.tests.making import TODAY, add, change, hand_up
from samkoll.audit.models import Change
from samkoll.org import services as org
from tests.town import ACTOR


def edit(town, action, actor="manager", **changes):
    values = {
        "version": action.version,
        "title": action.title,
        "wanted_effect": action.wanted_effect,
        "responsible": action.responsible,
        "responsible_title": action.responsible_title,
    }
    return services.edit_action(
        action_id=action.pk, **(values | changes), actor=town.user(actor), today=TODAY
    )


def move(town, action, day, reason="Leveransen är sen.", **more):
    return services.move_due_date(
        action_id=action.pk,
        due_date=day,
        reason=reason,
        actor=town.user("manager"),
        today=TODAY,
        **more,
    )


def logged(event):
    return Change.objects.filter(action=event).latest("id")


def test_a_manager_promises_an_action_and_the_log_tells_it_in_words(town):
    action = add(town)
    after = logged("action.added").after
    assert (logged("action.added").object_id, after["action_status"]) == (str(action.pk), "planned")
    assert (after["unit"], after["responsible"]) == ("Solskolan", "Test manager")


def test_without_a_name_the_units_manager_answers_for_it_in_the_role_of_the_position(town):
    action = add(town)
    assert (action.responsible, action.responsible_title) == (town.people["manager"], "Chef")


def test_without_a_manager_the_nearest_above_answers(town):
    action = add(town, "director", unit=town.units["BUF-TAL"])
    assert action.responsible == town.people["director"]


def test_with_no_manager_all_the_way_up_somebody_must_be_named(town):
    with pytest.raises(services.NotHere, match="ingen chef"):
        services.add_action(
            unit=town.top, title="X", wanted_effect="", due_date=TODAY, actor=ACTOR, today=TODAY
        )


@pytest.mark.parametrize("who", ["employee", "outsider", "safety_rep", "hr_partner"])
def test_only_managers_of_the_unit_or_above_may(town, who):
    with pytest.raises(PermissionDenied, match="Bara chefer för Solskolan"):
        add(town, who)


@pytest.mark.parametrize("who", ["manager", "upper_manager", "director"])
def test_managers_above_may_too(town, who):
    assert add(town, who).pk


def test_what_to_do_cannot_be_empty(town):
    with pytest.raises(services.IncompleteAction, match="vad som ska göras"):
        add(town, title=" ")


def test_somebody_without_a_position_needs_a_typed_role(town):
    with pytest.raises(services.IncompleteAction, match="roll"):
        add(town, responsible=town.people["employee"])
    action = add(town, responsible=town.people["employee"], responsible_title="Skyddsutrustare")
    assert action.responsible_title == "Skyddsutrustare"


def test_a_day_that_has_passed_needs_a_reason(town):
    with pytest.raises(services.PastDate, match="passerat"):
        add(town, due_date=date(2024, 5, 14))
    assert add(town, due_date=date(2024, 5, 14), reason="Gjordes i går.").pk
    assert logged("action.added").details == {"reason": "Gjordes i går."}


def test_nobody_who_has_left_is_given_an_action(town):
    gone = org.add_person(name="Har Slutat", actor=ACTOR, today=TODAY)
    with pytest.raises(services.NotHere, match="Har Slutat"):
        add(town, responsible=gone, responsible_title="Rektor")
    with pytest.raises(services.NotHere, match="Har Slutat"):
        add(town, helpers=[gone])


def test_the_responsible_person_is_not_also_a_helper(town):
    helpers = [town.people["manager"], town.people["employee"]]
    assert list(add(town, helpers=helpers).helpers.all()) == [town.people["employee"]]


def test_editing_tells_the_log_only_what_changed(town):
    action = add(town)
    edited = edit(town, action, title="Köp hörselkåpor", helpers=[town.people["employee"]])
    told = logged("action.edited")
    assert told.before == {"title": "Köp in hörselskydd", "helpers": []}
    assert told.after == {"title": "Köp hörselkåpor", "helpers": ["Test employee"]}
    assert edited.version == 2


def test_saving_without_a_change_says_nothing(town):
    action = add(town)
    assert edit(town, action).version == 1
    assert not Change.objects.filter(action="action.edited").exists()


def test_the_second_of_two_editors_is_shown_both_versions(town):
    action = add(town)
    edit(town, action, "upper_manager", title="Köp hörselkåpor", cost=500)
    with pytest.raises(services.EditConflict, match="Test upper_manager") as conflict:
        edit(town, action, title="Låna hörselskydd")
    error = conflict.value
    assert error.mine == {"title": "Låna hörselskydd", "cost": None}
    assert error.theirs == {"title": "Köp hörselkåpor", "cost": 500}
    assert edit(town, action, version=error.version, title="Låna").title == "Låna"


def test_a_new_responsible_person_needs_a_reason(town):
    action, new = add(town), town.people["upper_manager"]
    with pytest.raises(services.IncompleteAction, match="ny ansvarig"):
        edit(town, action, responsible=new)
    edited = edit(town, action, responsible=new, responsible_title="", reason="Tar det själv.")
    assert (edited.responsible, edited.responsible_title) == (new, "Chef")


def test_the_earlier_persons_role_does_not_stay_with_the_new_one(town):
    action = add(town, responsible_title="Rektor")
    new = town.people["upper_manager"]
    edited = edit(town, action, responsible=new, reason="Byte.")
    assert edited.responsible_title == "Chef"
    kept = edit(town, edited, responsible_title="Biträdande rektor")
    assert kept.responsible_title == "Biträdande rektor"


def test_changing_the_responsible_person_takes_them_out_of_the_helpers(town):
    new = town.people["upper_manager"]
    action = add(town, helpers=[new])
    services.change_responsible(
        action_id=action.pk,
        responsible=new,
        reason="Byte.",
        actor=town.user("manager"),
        today=TODAY,
    )
    assert not action.helpers.exists()
    assert logged("action.responsible").after["responsible"] == "Test upper_manager"


def test_a_moved_day_keeps_the_earlier_one_in_the_log(town):
    move(town, add(town), date(2024, 9, 1))
    told = logged("action.due_date")
    assert (told.before, told.details) == (
        {"due_date": "2024-06-30"},
        {"reason": "Leveransen är sen."},
    )


def test_moving_a_day_needs_a_reason_and_an_open_action(town):
    action = add(town)
    with pytest.raises(services.BadStep, match="varför slutdatumet"):
        move(town, action, date(2024, 9, 1), reason=" ")
    change(town, action, "done")
    with pytest.raises(services.BadStep, match="Öppna den igen"):
        move(town, action, date(2024, 9, 1))


def test_two_who_move_the_same_day_are_told(town):
    action = add(town)
    move(town, action, date(2024, 9, 1))
    with pytest.raises(services.EditConflict) as conflict:
        move(town, action, date(2024, 10, 1), version=1)
    assert conflict.value.theirs == {"due_date": date(2024, 9, 1)}


def test_due_today_is_not_overdue(town):
    add(town, due_date=TODAY)
    late = add(town, due_date=date(2024, 5, 14), reason="Är försenad.")
    assert list(Action.objects.overdue(today=TODAY)) == [late]
    change(town, late, Status.DONE)
    assert not Action.objects.overdue(today=TODAY).exists()


@pytest.mark.parametrize(
    ("who", "sees"),
    [("manager", True), ("safety_rep", True), ("auditor", True), ("outsider", False)],
)
def test_visible_to_those_who_may_read_the_units_actions(town, who, sees):
    action = add(town)
    assert (action in queries.visible_to(town.user(who), TODAY)) is sees


def test_visible_to_those_who_work_on_it_wherever_they_are(town):
    responsible = add(town, responsible=town.people["outsider"])
    helped = add(town, helpers=[town.people["outsider"]])
    assert set(queries.visible_to(town.user("outsider"), TODAY)) == {responsible, helped}


def test_what_was_taken_over_stays_visible_where_it_came_from(town):
    action = add(town)
    asked = hand_up(town, action)
    services.answer_hand_up(
        hand_up_id=asked.pk,
        answer="takes_over",
        text="Vi köper in åt alla.",
        actor=town.user("upper_manager"),
        today=TODAY,
    )
    assert action in queries.visible_to(town.user("manager"), TODAY)
