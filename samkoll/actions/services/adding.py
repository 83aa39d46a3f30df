"""Promising a measure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from samkoll.actions import policies
from samkoll.actions.models import Action
from samkoll.actions.registry import OWN, origins
from samkoll.actions.services import common
from samkoll.actions.services.common import Actor, IncompleteAction, NotHere
from samkoll.audit import services as audit
from samkoll.core.access import require
from samkoll.core.errors import DomainError
from samkoll.org.models import Person, Unit


class PastDate(DomainError):
    """A day that has passed was promised, and nobody said why."""


@transaction.atomic
def add_action(
    *,
    unit: Unit,
    title: str,
    wanted_effect: str,
    due_date: date,
    responsible: Person | None = None,
    responsible_title: str = "",
    helpers: Sequence[Person] = (),
    cost: int | None = None,
    origin: str = OWN,
    follows: Action | None = None,
    reason: str = "",
    actor: Actor,
    today: date,
) -> Action:
    """Promise a measure: what, wanted effect, who, when.

    With nobody named the unit's manager is responsible, or the nearest manager above. An empty
    ``responsible_title`` takes the person's title. ``reason``: why a day that has passed is
    promised (work that was done before it was written down). ``cost`` in kronor.

    Raises: PermissionDenied, IncompleteAction, PastDate, NotHere.
    Source: docs/sources.md#action-plan
    """
    require(policies.can_write(actor, unit, today))
    if unit.valid_to and unit.valid_to < today:
        raise NotHere(_("%(unit)s har upphört. Välj en annan enhet.") % {"unit": unit.name})
    if not title.strip():
        raise IncompleteAction(_("Skriv vad som ska göras."))
    check_day(due_date, reason, today)
    person = responsible or common.in_charge(unit, today)
    common.check_people([person, *helpers], today)
    action = Action.objects.create(
        unit=unit,
        title=title.strip(),
        wanted_effect=wanted_effect.strip(),
        origin=origins.known[origin].code,
        follows=follows,
        responsible=person,
        responsible_title=common.role_of(person, unit, responsible_title, today),
        cost=cost,
        added_on=today,
        due_date=due_date,
    )
    action.helpers.set(helper for helper in helpers if helper != person)
    details: common.Told = {"reason": reason.strip()} if reason.strip() else {}
    after = common.told(action, *_FIELDS)
    audit.record("action.added", actor, action, before={}, after=after, **details)
    return action


def check_day(day: date, reason: str, today: date) -> None:
    """A promised day lies ahead, or somebody says why not. Raises: PastDate."""
    if day < today and not reason.strip():
        raise PastDate(
            _("Slutdatumet har redan passerat. Välj ett senare, eller skriv varför det är rätt.")
        )


_FIELDS = (
    "title",
    "wanted_effect",
    "unit",
    "responsible",
    "responsible_title",
    "helpers",
    "cost",
    "due_date",
    "action_status",
    "follows",
)
