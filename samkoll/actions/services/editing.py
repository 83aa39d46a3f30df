"""Changing what was promised: words, person, day. Two who edit at once lose nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from samkoll.actions import policies, queries
from samkoll.actions.models import Action
from samkoll.actions.services import common
from samkoll.actions.services.adding import check_day
from samkoll.actions.services.common import Actor, BadStep, IncompleteAction
from samkoll.audit import services as audit
from samkoll.core.access import require
from samkoll.org.models import Person


@transaction.atomic
def edit_action(
    *,
    action_id: int,
    version: int,
    title: str,
    wanted_effect: str,
    responsible: Person,
    responsible_title: str = "",
    helpers: Sequence[Person] = (),
    cost: int | None = None,
    reason: str = "",
    actor: Actor,
    today: date,
) -> Action:
    """Save the form of an action that was opened at ``version``.

    A new responsible person needs a ``reason``, and has a role of their own: the earlier person's,
    left in its field, gives way to the new one's title. Day and status have their own services.
    Raises: PermissionDenied, EditConflict, IncompleteAction, NotHere.
    """
    action = _allowed(action_id, actor, today)
    role = _role(action, responsible, responsible_title, today)
    helping = [person for person in helpers if person != responsible]
    mine = {
        "title": title.strip(),
        "wanted_effect": wanted_effect.strip(),
        "responsible": str(responsible),
        "responsible_title": role,
        "helpers": sorted(str(person) for person in helping),
        "cost": cost,
    }
    common.check_version(action, version, mine)
    if not title.strip():
        raise IncompleteAction(_("Skriv vad som ska göras."))
    if responsible.pk != action.responsible_id:
        _check_new_person(responsible, reason, today)
    known = {person.pk for person in action.helpers.all()}
    common.check_people([person for person in helping if person.pk not in known], today)
    before = common.told(action, *mine)
    action.title, action.wanted_effect, action.cost = title.strip(), wanted_effect.strip(), cost
    action.responsible, action.responsible_title = responsible, role
    action.helpers.set(helping)
    common.save(action, "action.edited", before, actor, reason=reason.strip())
    return action


@transaction.atomic
def move_due_date(
    *,
    action_id: int,
    due_date: date,
    reason: str,
    version: int | None = None,
    actor: Actor,
    today: date,
) -> Action:
    """Promise another day. The earlier day and the reason stay in the change log.

    Raises: PermissionDenied, EditConflict, BadStep (no reason, or the action has ended).
    """
    action = _allowed(action_id, actor, today)
    common.check_version(action, version, {"due_date": due_date})
    _check_open(action)
    if not reason.strip():
        raise BadStep(_("Skriv varför slutdatumet flyttas."))
    check_day(due_date, reason, today)
    before = common.told(action, "due_date")
    action.due_date = due_date
    common.save(action, "action.due_date", before, actor, reason=reason.strip())
    return action


@transaction.atomic
def change_responsible(
    *,
    action_id: int,
    responsible: Person,
    responsible_title: str = "",
    reason: str,
    actor: Actor,
    today: date,
) -> Action:
    """Let somebody else answer for an open action.

    Raises: PermissionDenied, BadStep (the action has ended), IncompleteAction, NotHere.
    """
    action = _allowed(action_id, actor, today)
    _check_open(action)
    _check_new_person(responsible, reason, today)
    give(
        action,
        responsible,
        role=responsible_title,
        event="action.responsible",
        reason=reason,
        actor=actor,
        today=today,
    )
    return action


def give(
    action: Action,
    person: Person,
    *,
    role: str,
    event: str,
    reason: str,
    actor: audit.Actor,
    today: date,
    more: common.Told | None = None,
) -> None:
    """Give a locked action to a person, who is then no longer one of its helpers.

    ``more``: other fields that the caller has already changed, as they were before.
    """
    before = common.told(action, "responsible", "responsible_title", "helpers") | (more or {})
    action.responsible_title = common.role_of(person, action.unit, role, today)
    action.responsible = person
    action.helpers.remove(person)
    common.save(action, event, before, actor, reason=reason.strip())


def _allowed(action_id: int, actor: Actor, today: date) -> Action:
    action = common.lock(action_id)
    require(policies.can_change(queries.standing(actor, action, today)))
    return action


def _role(action: Action, person: Person, typed: str, today: date) -> str:
    left = person.pk != action.responsible_id and typed.strip() == action.responsible_title
    own = queries.title_of(person, action.unit, today) if left else ""
    return own or common.role_of(person, action.unit, typed, today)


def _check_open(action: Action) -> None:
    if action.ended_on:
        raise BadStep(_("Åtgärden är avslutad eller genomförd. Öppna den igen först."))


def _check_new_person(person: Person, reason: str, today: date) -> None:
    if not reason.strip():
        raise IncompleteAction(_("Skriv varför åtgärden får en ny ansvarig."))
    common.check_people([person], today)
