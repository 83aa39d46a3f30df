"""The end of a risk, and its return."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from samkoll.actions.models import ENDED
from samkoll.core.access import require
from samkoll.risks import policies
from samkoll.risks.models import Risk, RiskStatus
from samkoll.risks.services import common
from samkoll.risks.services.common import Actor, IncompleteRisk


@transaction.atomic
def close_risk(*, risk_id: int, reason: str = "", actor: Actor, today: date) -> Risk:
    """The risk is dealt with: all its actions have ended, or somebody says why it is enough.

    Raises: PermissionDenied, NotNow, IncompleteRisk.
    """
    risk = common.lock(risk_id)
    require(policies.can_write(actor, risk.unit, today))
    common.allowed_now(policies.is_in(risk, RiskStatus.OPEN))
    if not reason.strip():
        _check_actions(risk)
    before = common.told(risk, "risk_status", "closed_on", "status_reason")
    risk.status, risk.closed_on, risk.status_reason = RiskStatus.CLOSED, today, reason.strip()
    common.save(risk, "risk.closed", before, actor)
    return risk


@transaction.atomic
def reopen_risk(*, risk_id: int, reason: str, actor: Actor, today: date) -> Risk:
    """The risk is still there, or back. Raises: PermissionDenied, NotNow, IncompleteRisk."""
    risk = common.lock(risk_id)
    require(policies.can_write(actor, risk.unit, today))
    common.allowed_now(policies.is_in(risk, RiskStatus.CLOSED))
    why = common.needed(reason, _("Skriv varför risken öppnas igen."))
    before = common.told(risk, "risk_status", "closed_on", "status_reason")
    risk.status, risk.closed_on, risk.status_reason = RiskStatus.OPEN, None, ""
    common.save(risk, "risk.reopened", before, actor, reason=why)
    return risk


def _check_actions(risk: Risk) -> None:
    links = risk.links.select_related("action")
    going_on = [link.action.title for link in links if link.action.status not in ENDED]
    if going_on:
        raise IncompleteRisk(
            _("Alla åtgärder är inte avslutade: %(titles)s. Skriv varför risken ändå är åtgärdad.")
            % {"titles": ", ".join(going_on)}
        )
    if not links:
        raise IncompleteRisk(_("Risken har ingen åtgärd. Skriv varför den är åtgärdad."))
