"""Similar risks of several units under one common risk, at a unit above them all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from samkoll.core.access import require
from samkoll.core.errors import DomainError
from samkoll.org.models import Unit, UnitPath
from samkoll.risks import policies
from samkoll.risks.models import Risk, RiskStatus
from samkoll.risks.services import common
from samkoll.risks.services.common import Actor, Values
from samkoll.risks.services.judging import add_risk


class CannotGather(DomainError):
    """The risks cannot stand under this one."""


@transaction.atomic
def gather(
    *,
    unit: Unit,
    risks: Sequence[Risk],
    title: str,
    probability: int,
    consequence: int,
    serious: bool | None,
    description: str = "",
    area: str = "",
    exposed: str = "",
    wanted: Values | None = None,
    actor: Actor,
    today: date,
) -> Risk:
    """Judge one common risk at a unit and put similar risks of units below under it.

    Each stays open with its own unit, values and actions.
    Raises: PermissionDenied, CannotGather, IncompleteRisk, OutsideMatrix.
    """
    if not risks:
        raise CannotGather(_("Välj minst en risk att samla."))
    common_risk = add_risk(
        unit=unit,
        title=title,
        probability=probability,
        consequence=consequence,
        serious=serious,
        found_on=today,
        description=description,
        source="common",
        area=area,
        exposed=exposed,
        wanted=wanted,
        actor=actor,
        today=today,
    )
    for risk in risks:
        add_to_common(risk_id=risk.pk, common_id=common_risk.pk, actor=actor, today=today)
    return common_risk


@transaction.atomic
def add_to_common(*, risk_id: int, common_id: int, actor: Actor, today: date) -> Risk:
    """Put one more risk under a common one. There is one level only, so no circle can arise.

    Raises: PermissionDenied, NotNow, CannotGather.
    """
    pair = {pk: common.lock(pk) for pk in sorted({risk_id, common_id})}
    risk, above = pair[risk_id], pair[common_id]
    require(policies.can_write(actor, above.unit, today))
    common.allowed_now(policies.is_in(risk, RiskStatus.OPEN))
    common.allowed_now(policies.is_in(above, RiskStatus.OPEN))
    _check(risk, above)
    before = common.told(risk, "common")
    risk.common = above
    common.save(risk, "risk.gathered", before, actor)
    return risk


@transaction.atomic
def remove_from_common(*, risk_id: int, reason: str, actor: Actor, today: date) -> Risk:
    """Let a risk stand by itself again. Raises: PermissionDenied, CannotGather, IncompleteRisk."""
    risk = common.lock(risk_id)
    if risk.common is None:
        raise CannotGather(_("Risken är inte samlad under någon annan."))
    require(policies.can_write(actor, risk.common.unit, today))
    why = common.needed(reason, _("Skriv varför risken inte längre hör ihop med den gemensamma."))
    before = common.told(risk, "common")
    risk.common = None
    common.save(risk, "risk.ungathered", before, actor, reason=why)
    return risk


def _check(risk: Risk, above: Risk) -> None:
    if risk == above:
        raise CannotGather(_("En risk kan inte samlas under sig själv."))
    if above.common_id:
        raise CannotGather(
            _("”%(risk)s” är själv samlad under en annan risk. Välj den i stället.")
            % {"risk": above.title}
        )
    if risk.gathered.exists():
        raise CannotGather(
            _("”%(risk)s” är en gemensam risk. Samla dess risker en och en i stället.")
            % {"risk": risk.title}
        )
    if not UnitPath.objects.filter(ancestor=above.unit, descendant=risk.unit).exists():
        raise CannotGather(
            _("%(unit)s ligger inte under %(above)s. Samla riskerna hos en enhet ovanför alla.")
            % {"unit": risk.unit.name, "above": above.unit.name}
        )
