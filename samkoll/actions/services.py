"""Everything that changes an action. Pages, imports and commands all come through here."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from samkoll.accounts.models import User
from samkoll.actions import policies
from samkoll.actions.models import ENDED, Action, Effect, Status
from samkoll.audit import services as audit
from samkoll.core.access import require
from samkoll.core.errors import DomainError
from samkoll.org.models import Person, Unit


class IncompleteAction(DomainError):
    """Something that an action needs was left empty."""


class BadStep(DomainError):
    """The status cannot be reached, or not without more facts."""


@transaction.atomic
def add_action(
    *,
    unit: Unit,
    title: str,
    wanted_effect: str,
    due_date: date,
    responsible_title: str,
    responsible: Person,
    actor: User | audit.CommandLine,
    today: date,
) -> Action:
    """Promise a measure: what, wanted effect, who, when.

    Raises: PermissionDenied, IncompleteAction.
    Source: docs/sources.md#action-plan
    """
    require(policies.can_write(actor, unit, today))
    if not title.strip() or not responsible_title.strip():
        raise IncompleteAction(_("Skriv vad som ska göras och vem som ansvarar."))
    action = Action.objects.create(
        unit=unit,
        title=title.strip(),
        wanted_effect=wanted_effect.strip(),
        added_on=today,
        due_date=due_date,
        responsible=responsible,
        responsible_title=responsible_title.strip(),
    )
    fields = ("title", "wanted_effect", "unit", "responsible_title", "due_date", "status")
    audit.record("action.added", actor, action, after=audit.state(action, *fields))
    return action


@transaction.atomic
def change_status(
    *,
    action_id: int,
    status: str,
    on: date | None = None,
    follow_up_on: date | None = None,
    effect: str = "",
    reason: str = "",
    actor: User | audit.CommandLine,
    today: date,
) -> Action:
    """Move an action on. ``on``: the day on which it was done, closed or dropped (else today).

    Closing needs a judgement of the effect; dropping, and opening again, need a reason.
    Raises: PermissionDenied, BadStep.
    """
    action = Action.objects.select_for_update(of=("self",)).get(pk=action_id)
    require(policies.can_write(actor, action.unit, today))
    _check_step(action, status, effect, reason)
    before = audit.state(action, "status", "ended_on", "effect")
    action.status = Status(status)
    action.ended_on = (on or action.ended_on or today) if status in ENDED else None
    action.effect = effect if status == Status.CLOSED else ""
    if status == Status.DONE:
        action.follow_up_on = follow_up_on or action.ended_on
    action.save(update_fields=["status", "ended_on", "effect", "follow_up_on"])
    after = audit.state(action, "status", "ended_on", "effect")
    audit.record("action.status", actor, action, before=before, after=after, reason=reason)
    return action


@transaction.atomic
def move_due_date(
    *,
    action_id: int,
    due_date: date,
    reason: str,
    actor: User | audit.CommandLine,
    today: date,
) -> Action:
    """Promise another day. The earlier day and the reason stay in the change log.

    Raises: PermissionDenied, BadStep.
    """
    action = Action.objects.select_for_update(of=("self",)).get(pk=action_id)
    require(policies.can_write(actor, action.unit, today))
    if not reason.strip():
        raise BadStep(_("Skriv varför slutdatumet flyttas."))
    before = audit.state(action, "due_date")
    action.due_date = due_date
    action.save(update_fields=["due_date"])
    after = audit.state(action, "due_date")
    audit.record("action.due_date", actor, action, before=before, after=after, reason=reason)
    return action


def _check_step(action: Action, status: str, effect: str, reason: str) -> None:
    if status not in Status.values:
        raise BadStep(_("Det finns ingen status som heter %(status)s.") % {"status": status})
    if status == Status.CLOSED and effect not in Effect.values:
        raise BadStep(_("Bedöm om åtgärden fick önskad effekt innan du avslutar den."))
    if status == Status.DROPPED and not reason.strip():
        raise BadStep(_("Skriv varför åtgärden inte genomförs."))
    if action.status in ENDED and status not in ENDED and not reason.strip():
        raise BadStep(_("Skriv varför åtgärden öppnas igen."))
