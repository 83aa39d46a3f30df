"""Handing a question up: who may ask, who must answer, and what each answer does."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from samkoll.actions import services
from samkoll.actions.models import HandUp, Status
from samkoll.actions.tests.making import TODAY, add, answer, change, done, follow_up, hand_up
from samkoll.audit.models import Change
from samkoll.org import services as org
from tests.town import ACTOR


def test_asks_the_unit_above_and_leaves_owner_and_due_date(town):
    action = add(town)
    asked = hand_up(town, action)
    action.refresh_from_db()
    assert (asked.to_unit, asked.origin, asked.answer_by) == (
        town.units["BUF-GRU"], town.school, date(2024, 6, 14),
    )  # fmt: skip
    assert (action.unit, action.due_date) == (town.school, date(2024, 6, 30))


def test_nobody_above_the_top_unit(town):
    action = services.add_action(
        unit=town.top,
        title="Ny policy",
        wanted_effect="",
        due_date=TODAY,
        responsible=town.people["director"],
        actor=ACTOR,
        today=TODAY,
    )
    with pytest.raises(services.NothingAbove, match="ingen enhet ovanför"):
        services.hand_up(
            action_id=action.pk, reason_kind="money", reason="X", actor=ACTOR, today=TODAY
        )


@pytest.mark.parametrize("who", ["upper_manager", "director", "employee", "safety_rep", "outsider"])
def test_only_the_units_own_manager_may(town, who):
    with pytest.raises(PermissionDenied, match="Bara enhetens chef"):
        hand_up(town, add(town), who)


def test_while_a_unit_has_no_manager_whoever_may_write_there_does(town):
    action = add(town, "director", unit=town.units["BUF-TAL"])
    assert hand_up(town, action, "director").to_unit == town.units["BUF-FSK"]
    with pytest.raises(PermissionDenied, match="Bara enhetens chef"):
        hand_up(town, action, "hr_partner")


@pytest.mark.parametrize("missing", [{"reason": " "}, {"reason_kind": "lust"}])
def test_a_reason_of_a_kind_is_needed(town, missing):
    with pytest.raises(services.CannotAsk, match="skälet"):
        hand_up(town, add(town), **missing)


def test_the_same_question_is_not_asked_twice(town):
    action = add(town)
    hand_up(town, action)
    with pytest.raises(services.CannotAsk, match="redan lyft till Grundskola"):
        hand_up(town, action)


def test_what_has_ended_is_not_handed_up(town):
    with pytest.raises(services.CannotAsk, match="Följ upp effekten"):
        hand_up(town, done(town))
    dropped = change(town, add(town), "dropped", reason="Behövs inte.")
    with pytest.raises(services.CannotAsk, match="Öppna den igen"):
        hand_up(town, dropped)


@pytest.mark.parametrize("who", ["manager", "director", "outsider", "hr_partner"])
def test_only_the_asked_units_manager_answers(town, who):
    with pytest.raises(PermissionDenied, match="Bara chefen för Grundskola"):
        answer(town, hand_up(town, add(town)), "refuses", who)


@pytest.mark.parametrize("changes", [{"text": " "}, {"kind": "maybe"}])
def test_an_answer_needs_its_reasons(town, changes):
    asked = hand_up(town, add(town))
    with pytest.raises(services.CannotAnswer, match="skriv skälen"):
        answer(town, asked, **({"kind": "refuses"} | changes))


def test_taking_over_moves_the_action_to_the_manager_above(town):
    action = add(town)
    answer(town, hand_up(town, action), "takes_over", due_date=date(2024, 12, 1))
    action.refresh_from_db()
    assert (action.unit, action.responsible, action.status, action.due_date) == (
        town.units["BUF-GRU"], town.people["upper_manager"], "ongoing", date(2024, 12, 1),
    )  # fmt: skip
    told = Change.objects.get(action="action.taken_over")
    assert (told.before["unit"], told.after["unit"]) == ("Solskolan", "Grundskola")


@pytest.mark.parametrize("kind", ["returns", "refuses"])
def test_the_action_stays_when_it_is_returned_or_refused(town, kind):
    action = add(town)
    asked = answer(town, hand_up(town, action), kind)
    action.refresh_from_db()
    assert (action.unit, action.status, asked.answered_on) == (town.school, "planned", TODAY)


def test_handing_on_asks_the_next_unit_for_the_same_origin(town):
    action = add(town)
    asked = answer(town, hand_up(town, action), "hands_on", text="Det gäller alla skolor.")
    onward = HandUp.objects.get(previous=asked)
    assert (onward.from_unit, onward.to_unit, onward.origin) == (
        town.units["BUF-GRU"], town.education, town.school,
    )  # fmt: skip
    answer(town, onward, "takes_over", "director")
    action.refresh_from_db()
    assert (action.unit, action.responsible) == (town.education, town.people["director"])


def test_nobody_hands_on_above_the_top(town):
    action = add(town)
    asked = hand_up(town, action)
    for who in ("upper_manager", "director"):
        asked = HandUp.objects.get(previous=answer(town, asked, "hands_on", who))
    with pytest.raises(services.NothingAbove, match="Exempelkommunen"):
        services.answer_hand_up(
            hand_up_id=asked.pk, answer="hands_on", text="X", actor=ACTOR, today=TODAY
        )


def test_an_answer_is_given_once(town):
    asked = hand_up(town, add(town))
    answer(town, asked, "refuses")
    with pytest.raises(services.CannotAnswer, match="redan svarat: Avslår"):
        answer(town, asked, "takes_over")


def test_a_done_action_whose_question_came_back_is_followed_up_again(town):
    action = done(town)
    question = services.Question("authority", "Kommunen bestämmer.")
    follow_up(town, action, decision="hand_up", effect="partly", question=question)
    action.refresh_from_db()
    assert (action.status, action.follow_up_on) == ("done", date(2024, 6, 14))
    answer(town, action.hand_ups.get(), "refuses")
    action.refresh_from_db()
    assert (action.status, action.effect, action.follow_up_on) == ("done", "partly", TODAY)


def test_taking_over_a_done_action_opens_it(town):
    action = done(town)
    question = services.Question("money", "För dyrt.")
    follow_up(town, action, decision="hand_up", effect="not_reached", question=question)
    answer(town, action.hand_ups.get(), "takes_over")
    action.refresh_from_db()
    assert (action.status, action.effect, action.ended_on) == (Status.ONGOING, "", None)


def test_the_unit_that_asked_ticks_the_answer_off(town):
    asked = hand_up(town, add(town))

    def tick(who):
        return services.tick_off_answer(hand_up_id=asked.pk, actor=town.user(who), today=TODAY)

    with pytest.raises(services.CannotAnswer, match="inget svar"):
        tick("manager")
    answer(town, asked, "refuses")
    with pytest.raises(PermissionDenied, match="Bara chefen för Solskolan"):
        tick("upper_manager")
    assert tick("manager").seen_on == tick("manager").seen_on == TODAY
    assert Change.objects.filter(action="action.answer_seen").count() == 1


def test_handing_over_takes_unread_answers_along(town):
    action = add(town)
    asked = answer(town, hand_up(town, action), "refuses")
    services.hand_over(
        action_id=action.pk,
        responsible=town.people["upper_manager"],
        unit=town.units["BUF-GRU"],
        reason="Solskolan läggs ner.",
        actor=town.user("administrator"),
        today=TODAY,
    )
    asked.refresh_from_db()
    action.refresh_from_db()
    assert asked.origin == action.unit == town.units["BUF-GRU"]
    told = Change.objects.get(action="action.handed_over")
    assert told.details == {"reason": "Solskolan läggs ner."}


def test_handing_over_to_somebody_who_has_left_is_refused(town):
    gone = org.add_person(name="Har Slutat", actor=ACTOR, today=TODAY)
    with pytest.raises(services.NotHere, match="Har Slutat"):
        services.hand_over(
            action_id=add(town).pk, responsible=gone, reason="X", actor=ACTOR, today=TODAY
        )
