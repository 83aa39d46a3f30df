"""The worked examples of docs/rules/actions.md and docs/rules/hand-up.md, day by day."""

from __future__ import annotations

from datetime import date

from samkoll.actions import queries, services
from samkoll.actions.models import Action, HandUp
from samkoll.actions.tests.making import TODAY, add


def test_hearing_protection(town):
    teacher, manager = town.user("employee"), town.user("manager")
    first = add(town, helpers=[town.people["employee"]])
    services.change_status(
        action_id=first.pk, status="done", on=date(2024, 6, 12), actor=teacher,
        today=date(2024, 6, 14),
    )  # fmt: skip
    first.refresh_from_db()
    assert first.follow_up_on == date(2024, 9, 10)
    assert not queries.is_overdue(first, date(2024, 7, 1))
    judged_on = date(2024, 9, 10)
    assert list(queries.follow_ups_due(manager, judged_on)) == [first]
    services.follow_up(
        action_id=first.pk, effect="partly", evidence="80 dB.", safety_rep_took_part=False,
        decision="new_action", new_action=services.NewAction("Tyst vrå", date(2024, 12, 1)),
        actor=manager, today=judged_on,
    )  # fmt: skip
    first.refresh_from_db()
    second = Action.objects.get(follows=first)
    assert (first.status, first.effect, second.status) == ("closed", "partly", "planned")


def test_opened_again_it_is_overdue(town):
    first = add(town)
    for status, reason in (("done", ""), ("ongoing", "Fortfarande buller.")):
        services.change_status(
            action_id=first.pk, status=status, reason=reason, actor=town.user("manager"),
            today=date(2024, 6, 14),
        )  # fmt: skip
    first.refresh_from_db()
    assert (first.status, first.ended_on, first.effect) == ("ongoing", None, "")
    assert queries.is_overdue(first, date(2024, 7, 1))


def test_a_question_on_its_way_up(town):
    action = add(town)
    asked = services.hand_up(
        action_id=action.pk, reason_kind="money", reason="Dyrt.", actor=town.user("manager"),
        today=TODAY,
    )  # fmt: skip
    assert asked.answer_by == date(2024, 6, 14)
    services.answer_hand_up(
        hand_up_id=asked.pk, answer="hands_on", text="Gäller alla skolor.",
        actor=town.user("upper_manager"), today=date(2024, 5, 20),
    )  # fmt: skip
    onward = HandUp.objects.get(previous=asked)
    assert (onward.to_unit, onward.answer_by) == (town.education, date(2024, 6, 19))
    waits = queries.answers_to_tick_off(town.user("manager"), date(2024, 5, 20))
    assert list(waits) == [asked]
    assert queries.is_overdue(action, date(2024, 7, 1))
    services.answer_hand_up(
        hand_up_id=onward.pk, answer="takes_over", text="Vi köper in åt alla.",
        due_date=date(2024, 12, 1), actor=town.user("director"), today=date(2024, 6, 3),
    )  # fmt: skip
    action.refresh_from_db()
    assert (action.unit, action.responsible, action.status, action.due_date) == (
        town.education, town.people["director"], "ongoing", date(2024, 12, 1),
    )  # fmt: skip
    assert action in queries.visible_to(town.user("manager"), TODAY)
