"""What other packages do to risks by rules of their own: no page calls these for a person."""

from __future__ import annotations

from django.db import transaction

from samkoll.audit import services as audit
from samkoll.core.locking import held
from samkoll.org.models import Unit
from samkoll.risks.models import ChangeAssessment, Risk
from samkoll.risks.services import common


@transaction.atomic
def move_risk(*, risk_id: int, unit: Unit, reason: str, actor: audit.Actor) -> Risk:
    """Let another unit own a risk, because the one that had it is no more. For ``flows``."""
    risk = common.lock(risk_id)
    before = common.told(risk, "unit")
    risk.unit = unit
    common.save(risk, "risk.moved", before, actor, reason=reason)
    return risk


@transaction.atomic
def move_assessment(
    *, assessment_id: int, unit: Unit, reason: str, actor: audit.Actor
) -> ChangeAssessment:
    """Let another unit own an assessment before a change, as ``move_risk``."""
    assessment = held(ChangeAssessment.objects.select_related("unit"), assessment_id)
    before = common.told(assessment, "unit")
    assessment.unit = unit
    common.save(assessment, "assessment.moved", before, actor, reason=reason)
    return assessment
