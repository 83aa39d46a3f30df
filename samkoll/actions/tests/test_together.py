"""Two at once: one wins, the other is told."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from samkoll.actions import services
from samkoll.actions.models import HandUp
from samkoll.actions.tests.making import TODAY, add
from samkoll.audit.models import Change
from samkoll.core.errors import DomainError
from tests.town import ACTOR, Town

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(call: Callable[[int], object]) -> list[str]:
    """Two calls in two connections at the same moment; what went wrong with each, or ""."""
    start = Barrier(2)

    def one(number: int) -> str:
        start.wait(timeout=10)
        try:
            call(number)
        except DomainError as error:
            return str(error)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(one, range(2)))


def test_of_two_hand_ups_at_once_one_wins_and_the_other_is_a_sentence():
    action = add(Town.build())
    said = at_once(
        lambda n: services.hand_up(
            action_id=action.pk, reason_kind="money", reason=f"Nr {n}", actor=ACTOR, today=TODAY
        )
    )
    assert said == ["", "Frågan är redan lyft till Grundskola. Vänta på svaret."]
    assert HandUp.objects.count() == Change.objects.filter(action="action.handed_up").count() == 1


def test_of_two_answers_at_once_one_wins():
    action = add(Town.build())
    asked = services.hand_up(
        action_id=action.pk, reason_kind="money", reason="Dyrt.", actor=ACTOR, today=TODAY
    )
    said = at_once(
        lambda n: services.answer_hand_up(
            hand_up_id=asked.pk,
            answer=("takes_over", "refuses")[n],
            text="Så får det bli.",
            actor=ACTOR,
            today=TODAY,
        )
    )
    assert said[0] == "" and "har redan svarat" in said[1]


def test_of_two_editors_at_once_the_second_is_shown_the_first_ones_text():
    action = add(Town.build())
    said = at_once(
        lambda n: services.edit_action(
            action_id=action.pk,
            version=1,
            title=f"Text {n}",
            wanted_effect="",
            responsible=action.responsible,
            actor=ACTOR,
            today=TODAY,
        )
    )
    assert said[0] == "" and "medan du skrev" in said[1]


def test_of_two_moved_days_at_once_both_are_in_the_history():
    action = add(Town.build())
    said = at_once(
        lambda n: services.move_due_date(
            action_id=action.pk,
            due_date=date(2024, 7, 1 + n),
            reason="Sent.",
            actor=ACTOR,
            today=TODAY,
        )
    )
    moves = list(Change.objects.filter(action="action.due_date").order_by("id"))
    assert said == ["", ""] and moves[1].before == moves[0].after
