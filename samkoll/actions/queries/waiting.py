"""What waits for one person: own actions, judgements, questions to answer, answers to read.

Each is a queryset, so that a list and a count stand on the same rows.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from samkoll.accounts.models import User
from samkoll.actions.models import Action, HandUp
from samkoll.actions.queries.access import led_by, worked_on_by
from samkoll.org import queries as org
from samkoll.org.models import Person, Unit


def mine(user: User) -> QuerySet[Action]:
    """Open actions that the person is responsible for or helps with, the oldest day first."""
    return Action.objects.open().filter(worked_on_by(user)).order_by("due_date", "pk")


def follow_ups_due(user: User, today: date) -> QuerySet[Action]:
    """Done actions whose effect the person is to judge, the oldest first.

    Those of units that the person leads, and those that the person is responsible for and may
    write; while a question about one waits for its answer, it waits too.
    """
    responsible = Person.objects.filter(user=user).values("pk")
    writes = org.places_of(user, today).keys_with("action:write")
    asked = HandUp.objects.filter(answer="").values("action")
    return (
        Action.objects.to_follow_up(today=today)
        .filter(Q(unit__in=_led(user, today)) | Q(responsible__in=responsible, unit__in=writes))
        .exclude(pk__in=asked)
        .order_by("follow_up_on", "pk")
    )


def waiting_for_answer(user: User, today: date) -> QuerySet[HandUp]:
    """Questions that the person has to answer, the first last day first, with action and units."""
    found = HandUp.objects.filter(answer="", to_unit__in=_led(user, today))
    return found.select_related("action", "from_unit", "to_unit").order_by("answer_by", "pk")


def answers_to_tick_off(user: User, today: date) -> QuerySet[HandUp]:
    """Answers that the person's units have got and not read, the oldest first."""
    found = HandUp.objects.exclude(answer="").filter(seen_on=None, origin__in=_led(user, today))
    return found.select_related("action", "to_unit", "origin").order_by("answered_on", "pk")


def _led(user: User, today: date) -> QuerySet[Unit, tuple[int]]:
    return Unit.objects.filter(led_by(user, today)).values_list("pk")
