"""Changing many actions: all or none, and the refusal names what stands in the way."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from samkoll.actions import services
from samkoll.actions.models import Action
from samkoll.actions.tests.making import TODAY, add, done
from samkoll.audit.models import Change

LATER = date(2024, 12, 1)


def bulk(town, *actions, actor="manager", reason="Ny chef i höst.", **changes):
    return services.bulk_change(
        action_ids=[action.pk for action in actions],
        reason=reason,
        actor=town.user(actor),
        today=TODAY,
        **changes,
    )


def test_person_and_day_of_all_are_changed_and_logged(town):
    actions = [add(town), add(town)]
    new = town.people["upper_manager"]
    assert bulk(town, *actions, responsible=new, due_date=LATER) == 2
    assert set(Action.objects.values_list("responsible", "due_date")) == {(new.pk, LATER)}
    events = Change.objects.filter(details={"reason": "Ny chef i höst."})
    assert sorted(events.values_list("action", flat=True)) == [
        *["action.due_date"] * 2, *["action.responsible"] * 2,
    ]  # fmt: skip


def test_one_that_is_not_allowed_stops_them_all(town):
    mine = add(town)
    other = add(town, "director", unit=town.education, title="Ny ventilation")
    with pytest.raises(PermissionDenied, match="”Ny ventilation”"):
        bulk(town, mine, other, due_date=LATER)
    assert not Action.objects.filter(due_date=LATER).exists()


def test_ended_ones_are_named(town):
    with pytest.raises(services.BadStep, match="Köp in hörselskydd"):
        bulk(town, add(town), done(town), due_date=LATER)


def test_a_reason_and_something_to_change_are_needed(town):
    with pytest.raises(services.IncompleteAction, match="varför"):
        bulk(town, add(town), due_date=LATER, reason=" ")
    with pytest.raises(services.IncompleteAction, match="vad som ska ändras"):
        bulk(town, add(town))


def test_there_is_an_upper_limit(town):
    with pytest.raises(services.TooMany, match="500"):
        services.bulk_change(
            action_ids=range(501),
            due_date=LATER,
            reason="X",
            actor=town.user("manager"),
            today=TODAY,
        )
