"""Handing a question up the line (lyft), and answering it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from samkoll.accounts.models import User
from samkoll.actions import policies, queries
from samkoll.actions.models import Action, Answer, HandUp, HandUpReason, Status
from samkoll.actions.services import common, editing, steps
from samkoll.actions.services.adding import check_day
from samkoll.actions.services.common import Actor
from samkoll.audit import services as audit
from samkoll.core.access import require
from samkoll.core.errors import DomainError
from samkoll.core.locking import held
from samkoll.org import queries as org
from samkoll.org.models import Person, Unit

TIME_TO_ANSWER = timedelta(days=30)
"""Until an answer is due, when nobody says otherwise."""


@dataclass(frozen=True, slots=True)
class Question:
    """Why the unit above is asked, and when its answer is due (in 30 days when None)."""

    reason_kind: str
    reason: str
    answer_by: date | None = None


class NothingAbove(DomainError):
    """The unit is already the top of the organisation."""


class CannotAsk(DomainError):
    """The question is already asked, the action has ended, or a reason is missing."""


class CannotAnswer(DomainError):
    """The question is already answered, or the answer lacks something."""


@transaction.atomic
def hand_up(
    *,
    action_id: int,
    reason_kind: str,
    reason: str,
    answer_by: date | None = None,
    actor: Actor,
    today: date,
) -> HandUp:
    """Ask the unit above to act (lyfta frågan). Its manager must answer.

    The action keeps its owner and its due date until the answer: asking does not buy time.
    An answer is due in 30 days unless ``answer_by`` says otherwise.

    Raises: PermissionDenied, NothingAbove, CannotAsk.
    Source: docs/sources.md#hand-up
    """
    action = common.lock(action_id)
    require(policies.can_hand_up(queries.standing(actor, action, today)))
    question = Question(reason_kind, reason, answer_by)
    return ask(action, question, actor=actor, today=today)


def ask(action: Action, question: Question, *, actor: Actor, today: date) -> HandUp:
    """Open a hand-up of a locked action."""
    if action.unit.parent is None:
        raise NothingAbove(_("Det finns ingen enhet ovanför att lyfta åtgärden till."))
    verdict = policies.can_be_handed_up(action, common.open_hand_up(action))
    if not verdict:
        raise CannotAsk(verdict.reason)
    if question.reason_kind not in HandUpReason.values or not question.reason.strip():
        raise CannotAsk(_("Välj och beskriv skälet till att frågan lyfts."))
    by = question.answer_by or today + TIME_TO_ANSWER
    if by < today:
        raise CannotAsk(_("Sista dagen för svar har redan passerat."))
    return _open(
        HandUp(
            action=action,
            from_unit=action.unit,
            to_unit=action.unit.parent,
            origin=action.unit,
            reason_kind=question.reason_kind,
            reason=question.reason.strip(),
            answer_by=by,
        ),
        actor,
        today,
    )


@transaction.atomic
def answer_hand_up(
    *,
    hand_up_id: int,
    answer: str,
    text: str,
    due_date: date | None = None,
    answer_by: date | None = None,
    actor: Actor,
    today: date,
) -> HandUp:
    """Answer a question that was handed up; gives the answered one.

    *takes over*: the action moves to the asked unit, its manager becomes responsible and it goes
    on, until ``due_date`` when one is given. *returns*: it stays, and ``text`` says which resources
    come with it. *hands on*: the same question goes to the unit above, which answers within 30
    days or by ``answer_by``. *refuses*: it stays, with the reasons.

    Raises: PermissionDenied, CannotAnswer, NothingAbove, PastDate.
    Source: docs/sources.md#hand-up
    """
    action = common.lock(HandUp.objects.values_list("action", flat=True).get(pk=hand_up_id))
    asked = HandUp.objects.select_related("to_unit__parent", "origin").get(pk=hand_up_id)
    leads = queries.leads(actor, asked.to_unit, today)
    require(policies.can_answer(asked.to_unit, leads=leads))
    if asked.answer:
        raise CannotAnswer(
            _("%(name)s har redan svarat: %(answer)s.")
            % {"name": asked.answered_by_name, "answer": asked.get_answer_display()}
        )
    if answer not in Answer.values or not text.strip():
        raise CannotAnswer(_("Välj ett svar och skriv skälen, så att enheten förstår."))
    _record_answer(asked, answer, text.strip(), actor, today)
    if answer == Answer.TAKES_OVER:
        _take_over(action, asked, due_date, actor, today)
    elif answer == Answer.HANDS_ON:
        _hand_on(asked, answer_by, actor, today)
    elif action.status == Status.DONE:
        _follow_up_again(action, actor, today)
    return asked


@transaction.atomic
def tick_off_answer(*, hand_up_id: int, actor: Actor, today: date) -> HandUp:
    """Say that the unit that asked has read the answer; saying it again changes nothing.

    Raises: PermissionDenied, CannotAnswer (there is no answer yet).
    """
    found = held(HandUp.objects.select_related("origin", "action"), hand_up_id)
    leads = queries.leads(actor, found.origin, today)
    require(policies.can_tick_off(found.origin, leads=leads))
    if not found.answer:
        raise CannotAnswer(_("Det finns inget svar att kvittera än."))
    if found.seen_on is None:
        found.seen_on = today
        found.save(update_fields=["seen_on"])
        audit.record("action.answer_seen", actor, found.action, after={"seen_on": today})
    return found


def _open(asked: HandUp, actor: Actor, today: date) -> HandUp:
    asked.asked_on = today
    asked.asked_by_id, asked.asked_by_name = actor.pk, str(actor)[:200]
    asked.save()
    after = {
        "from_unit": str(asked.from_unit),
        "to_unit": str(asked.to_unit),
        "reason_kind": asked.reason_kind,
        "answer_by": asked.answer_by,
    }
    audit.record("action.handed_up", actor, asked.action, after=after, reason=asked.reason)
    return asked


def _record_answer(asked: HandUp, answer: str, text: str, actor: Actor, today: date) -> None:
    asked.answer, asked.answer_text, asked.answered_on = answer, text, today
    asked.answered_by_id, asked.answered_by_name = actor.pk, str(actor)[:200]
    asked.save()
    after: common.Told = {"to_unit": str(asked.to_unit), "answer": answer}
    audit.record("action.answered", actor, asked.action, after=after, reason=text)


def _take_over(
    action: Action, asked: HandUp, due_date: date | None, actor: Actor, today: date
) -> None:
    manager = org.manager_of(asked.to_unit, today) or _person(actor, asked.to_unit, today)
    fields = ("unit", "due_date", *steps.STATUS_FIELDS)
    before = common.told(action, *fields)
    action.unit = asked.to_unit
    steps.reopen(action, asked.answer_text)
    if due_date:
        check_day(due_date, "", today)
        action.due_date = due_date
    editing.give(
        action,
        manager,
        role=queries.title_of(manager, asked.to_unit, today) or action.responsible_title,
        event="action.taken_over",
        reason=asked.answer_text,
        actor=actor,
        today=today,
        more=before,
    )


def _person(actor: Actor, unit: Unit, today: date) -> Person:
    """Who answered for a unit without a manager, as a person."""
    found = Person.objects.filter(user=actor).first() if isinstance(actor, User) else None
    return found or common.in_charge(unit, today)


def _hand_on(asked: HandUp, answer_by: date | None, actor: Actor, today: date) -> None:
    if asked.to_unit.parent is None:
        raise NothingAbove(_("Det finns ingen enhet ovanför %(unit)s.") % {"unit": asked.to_unit})
    by = answer_by or today + TIME_TO_ANSWER
    if by < today:
        raise CannotAnswer(_("Sista dagen för svar har redan passerat."))
    _open(
        HandUp(
            action=asked.action,
            from_unit=asked.to_unit,
            to_unit=asked.to_unit.parent,
            origin=asked.origin,
            previous=asked,
            reason_kind=asked.reason_kind,
            reason=asked.answer_text,
            answer_by=by,
        ),
        actor,
        today,
    )


def _follow_up_again(action: Action, actor: Actor, today: date) -> None:
    """A done action whose question came back is judged anew, from today."""
    before = common.told(action, "follow_up_on")
    action.follow_up_on = today
    steps.log_status(action, before, actor)
