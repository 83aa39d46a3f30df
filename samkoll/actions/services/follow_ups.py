"""Judging whether a done action had the wanted effect, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samkoll.actions import policies, queries
from samkoll.actions.models import Action, Decision, Effect, FollowUp, Status
from samkoll.actions.registry import origins
from samkoll.actions.services import common, hand_ups, steps
from samkoll.actions.services.adding import add_action
from samkoll.actions.services.common import Actor, BadStep
from samkoll.actions.services.hand_ups import Question
from samkoll.audit import services as audit
from samkoll.core.access import require
from samkoll.org.models import Person


@dataclass(frozen=True, slots=True)
class NewAction:
    """The action that follows one which did not suffice: as in ``add_action``."""

    title: str
    due_date: date
    wanted_effect: str = ""
    responsible: Person | None = None
    responsible_title: str = ""


@transaction.atomic
def follow_up(
    *,
    action_id: int,
    effect: str,
    evidence: str,
    safety_rep_took_part: bool,
    decision: str,
    on: date | None = None,
    new_action: NewAction | None = None,
    question: Question | None = None,
    asked: Mapping[str, Mapping[str, Any]] | None = None,
    actor: Actor,
    today: date,
) -> FollowUp:
    """Judge the effect of a done action and decide what comes of it.

    *close*: the action ends. *new action*: it ends, and ``new_action`` follows it for the same
    risks. *hand up*: it stays done, with its effect, and ``question`` goes to the unit above; it
    is followed up again when the answer is due. ``asked``: by origin, the answers to what
    ``registry.FollowUpPart`` asks. ``on``: the day of the judgement, else today.

    Raises: PermissionDenied, BadStep (not done yet, or something is missing), and what
    ``add_action``, ``hand_up`` and the origins raise.
    Source: docs/sources.md#effect-follow-up
    """
    action = common.lock(action_id)
    standing = queries.standing(actor, action, today)
    require(policies.can_change(standing))
    _check(action, effect, evidence)
    _check_decision(decision, new_action, question)
    steps.check_past(on or today, today)
    found = FollowUp.objects.create(
        action=action,
        on=on or today,
        effect=effect,
        evidence=evidence.strip(),
        safety_rep_took_part=safety_rep_took_part,
        decision=decision,
        by_id=actor.pk,
        by_name=str(actor)[:200],
    )
    after = {"effect": effect, "safety_rep_took_part": safety_rep_took_part, "decision": decision}
    audit.record("action.followed_up", actor, action, after=after, evidence=found.evidence)
    for code, part in origins.follow_ups(action).items():
        if asked and code in asked:
            part.save(asked[code], actor, today)
    if question:
        require(policies.can_hand_up(standing))
        _hand_up(action, effect, question, actor, today)
    else:
        _close(action, effect, actor)
    if new_action:
        _carry_on(action, new_action, actor, today)
    return found


def _check(action: Action, effect: str, evidence: str) -> None:
    if action.status != Status.DONE:
        raise BadStep(
            _("Effekten kan följas upp först när åtgärden är genomförd. Nu är den ”%(now)s”.")
            % {"now": action.get_status_display()}
        )
    if effect not in Effect.values or not evidence.strip():
        raise BadStep(_("Välj om önskad effekt nåddes och skriv hur det syns."))


def _check_decision(decision: str, new_action: NewAction | None, question: Question | None) -> None:
    if decision not in Decision.values:
        raise BadStep(_("Välj vad uppföljningen leder till."))
    if (decision == Decision.NEW_ACTION) != bool(new_action):
        raise BadStep(_("Skriv vad den nya åtgärden är och när den ska vara klar."))
    if (decision == Decision.HAND_UP) != bool(question):
        raise BadStep(_("Välj och beskriv skälet till att frågan lyfts."))


def _close(action: Action, effect: str, actor: Actor) -> None:
    verdict = policies.can_end(common.open_hand_up(action))
    if not verdict:
        raise BadStep(verdict.reason)
    before = common.told(action, *steps.STATUS_FIELDS)
    action.status, action.effect = Status.CLOSED, effect
    steps.log_status(action, before, actor)


def _hand_up(action: Action, effect: str, question: Question, actor: Actor, today: date) -> None:
    before = common.told(action, *steps.STATUS_FIELDS)
    action.effect = effect
    asked = hand_ups.ask(action, question, actor=actor, today=today)
    action.follow_up_on = asked.answer_by
    steps.log_status(action, before, actor)


def _carry_on(action: Action, new: NewAction, actor: Actor, today: date) -> None:
    added = add_action(
        unit=action.unit,
        title=new.title,
        wanted_effect=new.wanted_effect or action.wanted_effect,
        due_date=new.due_date,
        responsible=new.responsible or action.responsible,
        responsible_title=new.responsible_title
        or ("" if new.responsible else action.responsible_title),
        origin=action.origin,
        follows=action,
        actor=actor,
        today=today,
    )
    origins.carry_on(action, added, actor, today)
