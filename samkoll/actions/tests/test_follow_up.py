"""Judging the effect: what it needs, what each decision leads to, what origins ask."""

from __future__ import annotations

from datetime import date

import pytest
from django import forms
from django.core.exceptions import PermissionDenied

from samkoll.actions import registry, services
from samkoll.actions.models import Action, Comment, FollowUp
from samkoll.actions.tests.making import TODAY, add, done, follow_up, hand_up
from samkoll.audit.models import Change
from samkoll.core.errors import DomainError
from tests.town import ACTOR

NEW = services.NewAction(title="Bygg en tyst vrå", due_date=date(2024, 9, 1))


@pytest.fixture
def origin(monkeypatch):
    """An origin that asks for a number and remembers what it was told."""
    told = []

    def save(values, actor, today):
        if values["value"] > 16:
            raise DomainError("Värdet är för högt.")
        told.append(values)

    part = registry.FollowUpPart({"value": forms.IntegerField()}, save)
    made = registry.Origin(
        "prov",
        "Prov",
        related=lambda pks: {pk: (registry.Related("Buller", "/"),) for pk in pks},
        follow_up=lambda action: part,
        carry_on=lambda old, new, actor, today: told.append((old.pk, new.pk)),
    )
    monkeypatch.setitem(registry.origins.known, "prov", made)
    return told


def test_closing_judges_the_effect(town):
    action = done(town)
    found = follow_up(town, action)
    action.refresh_from_db()
    assert (action.status, action.effect, action.ended_on) == ("closed", "reached", TODAY)
    assert (found.by_name, found.on) == ("Test manager", TODAY)
    told = Change.objects.get(action="action.followed_up")
    assert told.details == {"evidence": "Mätningen visar 70 dB."}


def test_not_before_it_is_done(town):
    with pytest.raises(services.BadStep, match="först när åtgärden är genomförd"):
        follow_up(town, add(town))


@pytest.mark.parametrize("changes", [{"evidence": " "}, {"effect": "kanske"}, {"decision": "x"}])
def test_the_judgement_needs_evidence_and_a_decision(town, changes):
    with pytest.raises(services.BadStep):
        follow_up(town, done(town), **changes)


def test_those_who_did_the_work_do_not_judge_it_themselves(town):
    action = done(town, helpers=[town.people["employee"]])
    with pytest.raises(PermissionDenied, match="Bara chefer"):
        follow_up(town, action, "employee")


def test_a_new_action_follows_the_one_that_did_not_suffice(town, origin):
    action = done(town)
    follow_up(town, action, effect="partly", decision="new_action", new_action=NEW)
    new = Action.objects.get(follows=action)
    action.refresh_from_db()
    assert (action.status, new.status, new.wanted_effect) == (
        "closed", "planned", action.wanted_effect,
    )  # fmt: skip
    assert (new.responsible, origin) == (action.responsible, [(action.pk, new.pk)])


@pytest.mark.parametrize("decision", ["new_action", "hand_up"])
def test_a_decision_needs_what_it_leads_to(town, decision):
    with pytest.raises(services.BadStep):
        follow_up(town, done(town), decision=decision)


def test_handing_up_keeps_it_done_with_its_effect(town):
    action = done(town)
    question = services.Question("time", "Ombyggnaden tar tre år.", date(2024, 8, 1))
    follow_up(town, action, effect="not_reached", decision="hand_up", question=question)
    action.refresh_from_db()
    assert (action.status, action.effect, action.follow_up_on) == (
        "done", "not_reached", date(2024, 8, 1),
    )  # fmt: skip
    assert action.hand_ups.get().reason == "Ombyggnaden tar tre år."


def test_only_the_units_manager_hands_up_by_a_follow_up_too(town):
    question = services.Question("time", "Tar tid.")
    with pytest.raises(PermissionDenied, match="Bara enhetens chef"):
        follow_up(town, done(town), "director", decision="hand_up", question=question)


def test_closing_waits_for_an_answer(town):
    action = add(town)
    hand_up(town, action)
    services.change_status(action_id=action.pk, status="done", actor=ACTOR, today=TODAY)
    with pytest.raises(services.BadStep, match="Vänta på svaret"):
        follow_up(town, action)


def test_origins_get_the_answers_to_what_they_ask(town, origin):
    follow_up(town, done(town), asked={"prov": {"value": 4}})
    assert origin == [{"value": 4}]


def test_an_origin_that_refuses_takes_everything_back(town, origin):
    action = done(town)
    with pytest.raises(DomainError, match="för högt"):
        follow_up(town, action, asked={"prov": {"value": 20}})
    action.refresh_from_db()
    assert action.status == "done" and not FollowUp.objects.exists()


def test_related_things_come_from_every_origin(town, origin):
    action = add(town)
    assert registry.origins.related([action.pk])[action.pk][0].label == "Buller"


def test_the_same_origin_is_not_registered_twice(origin):
    with pytest.raises(ValueError, match="already registered"):
        registry.origins.add(registry.Origin("prov", "Prov"))


@pytest.mark.parametrize("who", ["manager", "safety_rep", "hr_partner", "helper"])
def test_those_around_it_comment(town, who):
    town.users["helper"], town.people["helper"] = town.users["employee"], town.people["employee"]
    action = add(town, helpers=[town.people["helper"]])
    said = services.add_comment(
        action_id=action.pk, text=" Mät igen. ", actor=town.user(who), today=TODAY
    )
    assert Comment.objects.get() == said and said.text == "Mät igen."


@pytest.mark.parametrize("who", ["employee", "auditor", "outsider"])
def test_others_do_not_comment(town, who):
    with pytest.raises(PermissionDenied, match="inte kommentera"):
        services.add_comment(action_id=add(town).pk, text="Hej", actor=town.user(who), today=TODAY)


def test_an_empty_comment_is_refused(town):
    with pytest.raises(services.IncompleteAction, match="kommentar"):
        services.add_comment(
            action_id=add(town).pk, text=" ", actor=town.user("manager"), today=TODAY
        )


def test_levels_are_set_for_many_actions_at_once(town, count_queries):
    first, second = add(town), add(town)
    levels = {first.pk: (9, 3), second.pk: None}
    assert count_queries(lambda: services.set_level(levels)) == 1
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.level, first.severity, second.level) == (9, 3, None)
    services.set_level({first.pk: None})
    first.refresh_from_db()
    assert (first.level, first.severity) == (None, None)
