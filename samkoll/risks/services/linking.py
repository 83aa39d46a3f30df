"""Actions of risks: new ones, those that already exist, and those that served by mistake."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from samkoll.actions import services as actions
from samkoll.actions.models import Action
from samkoll.audit import services as audit
from samkoll.core.access import require
from samkoll.org.models import Person
from samkoll.risks import policies
from samkoll.risks.models import Risk, RiskAction, RiskStatus
from samkoll.risks.services import common
from samkoll.risks.services.common import Actor, IncompleteRisk

ORIGIN = "risk"


@transaction.atomic
def link_action(*, risk: Risk, action: Action, actor: Actor, today: date) -> RiskAction:
    """Say that an action serves a risk; saying it again changes nothing.

    Raises: PermissionDenied, NotNow.
    """
    require(policies.can_write(actor, risk.unit, today))
    common.allowed_now(policies.is_in(risk, RiskStatus.OPEN))
    link, new = RiskAction.objects.get_or_create(risk=risk, action=action)
    if new:
        common.keep_in_step([action.pk])
        audit.record("risk.action_linked", actor, risk, after={"action": action.title})
    return link


@transaction.atomic
def unlink_action(*, risk: Risk, action: Action, reason: str, actor: Actor, today: date) -> None:
    """Say that an action does not serve a risk after all. That it did stays in the history, and
    what was reported onward stays as it was. Raises: PermissionDenied, NotNow, IncompleteRisk.
    """
    require(policies.can_write(actor, risk.unit, today))
    common.allowed_now(policies.is_in(risk, RiskStatus.OPEN))
    why = common.needed(reason, _("Skriv varför åtgärden inte längre hör till risken."))
    gone, _each = RiskAction.objects.filter(risk=risk, action=action).delete()
    if gone:
        common.keep_in_step([action.pk])
        audit.record(
            "risk.action_unlinked", actor, risk, before={"action": action.title}, reason=why
        )


@transaction.atomic
def act_on_risks(
    *,
    risks: Sequence[Risk],
    title: str,
    wanted_effect: str,
    due_date: date,
    responsible: Person | None = None,
    responsible_title: str = "",
    helpers: Sequence[Person] = (),
    cost: int | None = None,
    reason: str = "",
    actor: Actor,
    today: date,
) -> Action:
    """Promise one measure for one or several risks; it belongs to the unit of the first.

    Raises: PermissionDenied, NotNow, IncompleteRisk (no risk), what ``actions.add_action`` raises.
    """
    if not risks:
        raise IncompleteRisk(_("Välj minst en risk som åtgärden ska gälla."))
    action = actions.add_action(
        unit=risks[0].unit,
        title=title,
        wanted_effect=wanted_effect,
        due_date=due_date,
        responsible=responsible,
        responsible_title=responsible_title,
        helpers=helpers,
        cost=cost,
        origin=ORIGIN,
        reason=reason,
        actor=actor,
        today=today,
    )
    for risk in risks:
        link_action(risk=risk, action=action, actor=actor, today=today)
    action.refresh_from_db()
    return action
