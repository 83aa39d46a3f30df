"""The steps of an action: who may take them, what each needs, and what the database refuses."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from samkoll.actions import services
from samkoll.actions.models import STEPS, Action, Status
from samkoll.actions.tests.making import TODAY, add, change, done, follow_up, hand_up


def test_done_is_followed_up_ninety_days_later(town):
    action = change(town, add(town), "done", on=date(2024, 5, 1))
    assert (action.ended_on, action.follow_up_on) == (date(2024, 5, 1), date(2024, 7, 30))


def test_what_was_done_long_ago_is_followed_up_today(town):
    assert change(town, add(town), "done", on=date(2023, 1, 1)).follow_up_on == TODAY


def test_nothing_is_done_tomorrow_nor_followed_up_before_it_is_done(town):
    action = add(town)
    with pytest.raises(services.BadStep, match="framtiden"):
        change(town, action, "done", on=date(2024, 5, 16))
    with pytest.raises(services.BadStep, match="innan åtgärden är genomförd"):
        change(town, action, "done", follow_up_on=date(2024, 5, 14))


def test_closing_is_for_the_follow_up(town):
    with pytest.raises(services.BadStep, match="Följ upp effekten"):
        change(town, done(town), "closed")


def test_dropping_needs_a_reason(town):
    action = add(town)
    with pytest.raises(services.BadStep, match="varför"):
        change(town, action, "dropped")
    assert change(town, action, "dropped", reason="Lokalen lämnas.").ended_on == TODAY


def test_dropping_waits_for_an_answer_that_somebody_owes(town):
    action = add(town)
    hand_up(town, action)
    with pytest.raises(services.BadStep, match="Vänta på svaret"):
        change(town, action, "dropped", reason="Lokalen lämnas.")


def test_opening_again_needs_a_reason_and_forgets_the_end(town):
    action = done(town)
    with pytest.raises(services.BadStep, match="öppnas igen"):
        change(town, action, "ongoing")
    again = change(town, action, "ongoing", reason="Bullret är tillbaka.")
    assert (again.ended_on, again.follow_up_on, again.effect) == (None, None, "")


def test_the_same_step_twice_is_a_sentence(town):
    action = change(town, add(town), "ongoing")
    with pytest.raises(services.BadStep, match="redan gått vidare"):
        change(town, action, "ongoing")


def test_a_helper_may_start_and_finish_but_not_drop_or_open_again(town):
    action = add(town, helpers=[town.people["employee"]])
    change(town, action, "ongoing", "employee")
    with pytest.raises(PermissionDenied, match="Bara chefer"):
        change(town, action, "dropped", "employee", reason="Orkar inte.")
    change(town, action, "done", "employee")
    with pytest.raises(PermissionDenied, match="Bara chefer"):
        change(town, action, "ongoing", "employee", reason="Ångrar mig.")


@pytest.mark.parametrize("who", ["employee", "safety_rep", "hr_partner", "outsider"])
def test_others_may_not_start_it(town, who):
    with pytest.raises(PermissionDenied, match="Bara den som ansvarar"):
        change(town, add(town), "ongoing", who)


def reach(town, status):
    """An action in a status, the way that people bring it there."""
    action = add(town)
    if status in (Status.DONE, Status.CLOSED):
        change(town, action, "done")
    if status == Status.CLOSED:
        follow_up(town, action)
    if status == Status.ONGOING:
        change(town, action, "ongoing")
    if status == Status.DROPPED:
        change(town, action, "dropped", reason="Behövs inte.")
    return Action.objects.get(pk=action.pk)


FACTS: dict[str, dict[str, Any]] = {
    Status.PLANNED: {"ended_on": None, "effect": ""},
    Status.ONGOING: {"ended_on": None, "effect": ""},
    Status.DONE: {"ended_on": TODAY, "follow_up_on": TODAY, "effect": ""},
    Status.CLOSED: {"ended_on": TODAY, "effect": "reached"},
    Status.DROPPED: {"ended_on": TODAY, "effect": ""},
}


@pytest.mark.parametrize("start", Status.values)
def test_the_database_knows_the_same_steps_as_the_code(town, start):
    action = reach(town, start)
    for goal in Status.values:
        allowed = goal == start or goal in STEPS[start]
        try:
            with transaction.atomic():
                Action.objects.filter(pk=action.pk).update(status=goal, **FACTS[goal])
                transaction.set_rollback(True)
            assert allowed, f"{start} > {goal}"
        except IntegrityError:
            assert not allowed, f"{start} > {goal}"
