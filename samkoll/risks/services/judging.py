"""Judging risks: adding, proposing, answering a proposal, judging again and following up."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from samkoll.audit import services as audit
from samkoll.core.access import require
from samkoll.desk import services as desk
from samkoll.org.models import Unit
from samkoll.risks import policies
from samkoll.risks.matrix import Matrix
from samkoll.risks.models import ChangeAssessment, Risk, RiskStatus
from samkoll.risks.queries import words
from samkoll.risks.services import common
from samkoll.risks.services.common import Actor, IncompleteRisk, Values
from samkoll.risks.services.matrices import stored_default

WORDS = ("title", "description", "source", "area", "exposed", "found_on")
BEFORE = ("matrix", "probability", "consequence", "level", "serious")
WANTED = ("wanted_probability", "wanted_consequence", "wanted_level")
AFTER = ("after_probability", "after_consequence", "after_level")


@transaction.atomic
def add_risk(
    *,
    unit: Unit,
    title: str,
    probability: int,
    consequence: int,
    serious: bool | None,
    found_on: date,
    description: str = "",
    source: str = "own",
    area: str = "",
    exposed: str = "",
    wanted: Values | None = None,
    assessment: ChangeAssessment | None = None,
    actor: Actor,
    today: date,
) -> Risk:
    """Judge a new risk on the default matrix. ``serious`` is decided, never taken from the level.

    ``wanted``: the values that the measures aim at. ``assessment``: the change that would bring
    the risk. Raises: PermissionDenied, IncompleteRisk, OutsideMatrix.
    Source: docs/sources.md#risk-assessment
    """
    require(policies.can_write(actor, unit, today))
    matrix = stored_default(actor=actor, today=today)
    risk = Risk(unit=unit, matrix=matrix.name, assessment=assessment)
    _put_words(
        risk,
        title=title,
        description=description,
        source=source,
        area=area,
        exposed=exposed,
        found_on=found_on,
    )
    _put_judgement(risk, matrix, (probability, consequence), wanted, serious)
    risk.save()
    fields = ("unit", *WORDS, *BEFORE, *WANTED)
    audit.record("risk.added", actor, risk, after=_filled(common.told(risk, *fields)))
    return risk


@transaction.atomic
def propose_risk(
    *,
    unit: Unit,
    title: str,
    found_on: date,
    description: str = "",
    area: str = "",
    exposed: str = "",
    actor: Actor,
    today: date,
) -> Risk:
    """Tell the unit's manager of a risk. The manager judges it or says why not; the proposer,
    who goes on seeing it, is told which.

    Raises: PermissionDenied, IncompleteRisk.
    """
    require(policies.can_propose(actor, unit, today))
    risk = Risk(
        unit=unit,
        status=RiskStatus.PROPOSED,
        matrix=stored_default(actor=actor, today=today).name,
        proposed_by_id=actor.pk,
        proposed_by_name=str(actor)[:200],
    )
    _put_words(
        risk,
        title=title,
        description=description,
        source="proposal",
        area=area,
        exposed=exposed,
        found_on=found_on,
    )
    risk.save()
    fields = ("unit", *WORDS)
    audit.record("risk.proposed", actor, risk, after=_filled(common.told(risk, *fields)))
    return risk


@transaction.atomic
def judge_risk(
    *,
    risk_id: int,
    title: str,
    probability: int,
    consequence: int,
    serious: bool | None,
    found_on: date,
    description: str = "",
    source: str = "own",
    area: str = "",
    exposed: str = "",
    wanted: Values | None = None,
    version: int | None = None,
    reason: str = "",
    actor: Actor,
    today: date,
) -> Risk:
    """Judge a proposal, or judge an open risk again; an open risk keeps its own matrix.

    ``version``: the one that the form was opened with. An accepted proposal keeps its source.
    Raises: PermissionDenied, NotNow, EditConflict, IncompleteRisk, OutsideMatrix.
    Source: docs/sources.md#risk-assessment
    """
    risk = common.lock(risk_id)
    require(policies.can_write(actor, risk.unit, today))
    proposed = risk.status == RiskStatus.PROPOSED
    if not proposed:
        common.allowed_now(policies.is_in(risk, RiskStatus.OPEN))
    typed = Risk(matrix=risk.matrix)
    matrix = stored_default(actor=actor, today=today) if proposed else common.matrix_of(risk)
    _put_words(
        typed,
        title=title,
        description=description,
        source=source,
        area=area,
        exposed=exposed,
        found_on=found_on,
    )
    _put_judgement(typed, matrix, (probability, consequence), wanted, serious)
    typed.matrix = matrix.name
    fields = (*WORDS, *BEFORE, *WANTED)
    common.check_version(risk, version, common.told(typed, *fields))
    before = common.told(risk, "risk_status", *fields)
    for name in fields:
        setattr(risk, name, getattr(typed, name))
    risk.status = RiskStatus.OPEN
    common.put_values(risk, matrix, _values(risk, "after_"), "after_")
    risk.save(update_fields=["severity"])
    common.save(risk, "risk.accepted" if proposed else "risk.judged", before, actor, reason=reason)
    common.keep_in_step([link.action_id for link in risk.links.all()])
    if proposed:
        _tell_proposer(risk, _("Risken ”%(risk)s” som du föreslog är bedömd."))
    return risk


@transaction.atomic
def reject_risk(*, risk_id: int, reason: str, actor: Actor, today: date) -> Risk:
    """Say why a proposal is no risk. The proposer is told, and sees the reason.

    Raises: PermissionDenied, NotNow, IncompleteRisk.
    """
    risk = common.lock(risk_id)
    require(policies.can_write(actor, risk.unit, today))
    common.allowed_now(policies.is_in(risk, RiskStatus.PROPOSED))
    before = common.told(risk, "risk_status", "status_reason")
    risk.status_reason = common.needed(
        reason, _("Skriv varför förslaget avslås, så att den som föreslog vet.")
    )
    risk.status = RiskStatus.REJECTED
    common.save(risk, "risk.rejected", before, actor)
    _tell_proposer(risk, _("Risken ”%(risk)s” som du föreslog har fått ett svar."))
    return risk


@transaction.atomic
def set_after(
    *,
    risk_id: int,
    probability: int,
    consequence: int,
    version: int | None = None,
    reason: str = "",
    actor: Actor,
    today: date,
) -> Risk:
    """What the risk is worth now, after measures, on the matrix that it was judged on.

    The values before stay. ``reason``: how it shows.
    Raises: PermissionDenied, NotNow, EditConflict, OutsideMatrix.
    """
    risk = common.lock(risk_id)
    require(policies.can_write(actor, risk.unit, today))
    common.allowed_now(policies.is_in(risk, RiskStatus.OPEN))
    mine = {"after_probability": probability, "after_consequence": consequence}
    common.check_version(risk, version, mine)
    before = common.told(risk, *AFTER)
    common.put_values(risk, common.matrix_of(risk), (probability, consequence), "after_")
    risk.save(update_fields=["severity"])
    common.save(risk, "risk.after", before, actor, reason=reason.strip())
    common.keep_in_step([link.action_id for link in risk.links.all()])
    return risk


def _put_words(
    risk: Risk,
    *,
    title: str,
    description: str,
    source: str,
    area: str,
    exposed: str,
    found_on: date,
) -> None:
    risk.title = common.needed(title, _("Skriv vad risken består i."))
    risk.description, risk.exposed = description.strip(), exposed.strip()
    risk.source, risk.area = words.known_source(source), words.known_area(area)
    risk.found_on = found_on


def _put_judgement(
    risk: Risk, matrix: Matrix, values: Values, wanted: Values | None, serious: bool | None
) -> None:
    if serious is None:
        raise IncompleteRisk(_("Ta ställning till om risken är allvarlig."))
    risk.serious = serious
    common.put_values(risk, matrix, wanted, "wanted_")
    common.put_values(risk, matrix, values)


def _values(risk: Risk, prefix: str) -> Values | None:
    probability = getattr(risk, f"{prefix}probability")
    return None if probability is None else (probability, getattr(risk, f"{prefix}consequence"))


def _filled(told: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in told.items() if value not in (None, "")}


def _tell_proposer(risk: Risk, text: str) -> None:
    if risk.proposed_by_id:
        url = reverse("risks:detail", args=[risk.pk])
        desk.tell(owner_id=risk.proposed_by_id, text=text % {"risk": risk.title}, url=url)
