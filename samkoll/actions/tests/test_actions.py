"""Actions: what they need, how they end, who may change them."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from samkoll.actions import queries, services
from samkoll.actions.models import Action, Status
from samkoll.audit.models import Change

TODAY = date(2024, 5, 15)


def add(town, actor="manager", unit=None, **changes):
    values = {
        "unit": unit or town.school,
        "title": "Köp in hörselskydd",
        "wanted_effect": "Ingen utsätts för buller.",
        "due_date": date(2024, 6, 30),
        "responsible_title": "Rektor",
    }
    return services.add_action(**(values | changes), actor=town.user(actor), today=TODAY)


def change(town, action, status, actor="manager", **more):
    return services.change_status(
        action_id=action.pk, status=status, actor=town.user(actor), today=TODAY, **more
    )


def test_a_manager_promises_an_action_and_the_log_knows(town):
    action = add(town)
    logged = Change.objects.get(action="action.added")
    assert (logged.object_id, logged.after["status"]) == (str(action.pk), "planned")


@pytest.mark.parametrize("who", ["employee", "outsider", "safety_rep", "hr_partner"])
def test_only_managers_of_the_unit_or_above_may(town, who):
    with pytest.raises(PermissionDenied, match="Bara chefer för Solskolan"):
        add(town, who)


@pytest.mark.parametrize("who", ["manager", "upper_manager", "director"])
def test_managers_above_may_too(town, who):
    assert add(town, who).pk


@pytest.mark.parametrize("field", ["title", "responsible_title"])
def test_what_and_who_cannot_be_empty(town, field):
    with pytest.raises(services.IncompleteAction):
        add(town, **{field: " "})


def test_an_action_closes_only_with_a_judged_effect(town):
    action = add(town)
    with pytest.raises(services.BadStep, match="önskad effekt"):
        change(town, action, "closed")
    closed = change(town, action, "closed", effect="reached", on=date(2024, 3, 31))
    assert (closed.status, closed.ended_on, closed.effect) == (
        "closed", date(2024, 3, 31), "reached",
    )  # fmt: skip


def test_dropping_needs_a_reason(town):
    action = add(town)
    with pytest.raises(services.BadStep, match="varför"):
        change(town, action, "dropped")
    assert change(town, action, "dropped", reason="Lokalen lämnas.").ended_on == TODAY


def test_opening_again_needs_a_reason_and_forgets_the_end(town):
    action = change(town, add(town), "done")
    with pytest.raises(services.BadStep, match="öppnas igen"):
        change(town, action, "ongoing")
    again = change(town, action, "ongoing", reason="Bullret är tillbaka.")
    assert (again.ended_on, again.effect) == (None, "")


def test_a_moved_day_keeps_the_earlier_one_in_the_log(town):
    action = add(town)
    services.move_due_date(
        action_id=action.pk,
        due_date=date(2024, 9, 1),
        reason="Leveransen är sen.",
        actor=town.user("manager"),
        today=TODAY,
    )
    logged = Change.objects.get(action="action.due_date")
    assert (logged.before, logged.details["reason"]) == (
        {"due_date": "2024-06-30"}, "Leveransen är sen.",
    )  # fmt: skip


def test_due_today_is_not_overdue(town):
    add(town, due_date=TODAY)
    late = add(town, due_date=date(2024, 5, 14))
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
