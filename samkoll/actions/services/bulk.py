"""Changing many actions at once: all of them or none."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from samkoll.accounts.models import User
from samkoll.actions.models import Action
from samkoll.actions.services import common, editing
from samkoll.actions.services.adding import check_day
from samkoll.actions.services.common import Actor, BadStep, IncompleteAction
from samkoll.core.access import deny, require
from samkoll.core.errors import DomainError
from samkoll.core.locking import held_all
from samkoll.org import queries as org
from samkoll.org.models import Person

MOST = 500
_NAMED = 5


class TooMany(DomainError):
    """More actions than one change takes."""


@transaction.atomic
def bulk_change(
    *,
    action_ids: Collection[int],
    responsible: Person | None = None,
    responsible_title: str = "",
    due_date: date | None = None,
    reason: str,
    actor: Actor,
    today: date,
) -> int:
    """Give actions a new responsible person, a new day, or both; how many were changed.

    All or nothing: a refusal names the actions that stand in the way.
    Raises: PermissionDenied, BadStep (ended actions), IncompleteAction, PastDate, NotHere, TooMany.
    """
    _check(action_ids, responsible, due_date, reason, today)
    actions = held_all(Action.objects.select_related("unit", "responsible"), action_ids)
    _check_allowed(actions, actor, today)
    ended = [action for action in actions if action.ended_on]
    if ended:
        raise BadStep(
            _("De här åtgärderna är redan avslutade eller genomförda: %(titles)s.")
            % {"titles": _titles(ended)}
        )
    for action in actions:
        before = common.told(action, "due_date")
        action.due_date = due_date or action.due_date
        common.save(action, "action.due_date", before, actor, reason=reason.strip())
        if responsible:
            editing.give(
                action,
                responsible,
                role=responsible_title,
                event="action.responsible",
                reason=reason,
                actor=actor,
                today=today,
            )
    return len(actions)


def _check(
    action_ids: Collection[int],
    responsible: Person | None,
    due_date: date | None,
    reason: str,
    today: date,
) -> None:
    if not action_ids or (responsible is None and due_date is None):
        raise IncompleteAction(_("Välj åtgärder och vad som ska ändras."))
    if len(action_ids) > MOST:
        raise TooMany(_("Välj högst %(most)s åtgärder åt gången.") % {"most": MOST})
    if not reason.strip():
        raise IncompleteAction(_("Skriv varför åtgärderna ändras."))
    if due_date:
        check_day(due_date, reason, today)
    if responsible:
        common.check_people([responsible], today)


def _check_allowed(actions: Iterable[Action], actor: Actor, today: date) -> None:
    if not isinstance(actor, User):
        return
    units = org.units_with(actor, "action:write", today)
    allowed = set(units.filter(pk__in={a.unit_id for a in actions}).values_list("pk", flat=True))
    refused = [action for action in actions if action.unit_id not in allowed]
    if refused:
        require(
            deny(
                _("Du får inte ändra de här åtgärderna: %(titles)s. Välj bort dem.")
                % {"titles": _titles(refused)}
            )
        )


def _titles(actions: list[Action]) -> str:
    titles = [f"”{action.title}” ({action.unit.name})" for action in actions[:_NAMED]]
    more = len(actions) - len(titles)
    return ", ".join(titles) + (_(" och %(n)s till") % {"n": more} if more else "")
