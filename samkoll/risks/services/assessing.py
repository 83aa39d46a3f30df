"""Risk assessment before a change: opened, made ready, followed up, or withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from samkoll.audit import services as audit
from samkoll.core.access import require
from samkoll.core.errors import DomainError
from samkoll.core.locking import held
from samkoll.core.text import listing
from samkoll.org.models import Unit
from samkoll.risks import policies
from samkoll.risks.models import AssessmentStatus, ChangeAssessment
from samkoll.risks.services import common
from samkoll.risks.services.common import Actor

FEWEST_DAYS = 1
WORDS = (
    "title", "what", "affected", "opportunities", "diary_number", "decision",
    "change_on", "follow_up_on", "safety_rep", "employees", "no_risks",
)  # fmt: skip


class IncompleteAssessment(DomainError):
    """Something is missing that the assessment needs before it goes on."""


@dataclass(frozen=True, slots=True)
class Told:
    """What people write in an assessment: see ``models.ChangeAssessment`` for each."""

    title: str
    what: str
    affected: str
    change_on: date
    follow_up_on: date
    opportunities: str = ""
    diary_number: str = ""
    decision: str = ""
    safety_rep: str = ""
    employees: str = ""
    no_risks: str = ""


@transaction.atomic
def open_assessment(
    *, unit: Unit, told: Told, affected_units: Sequence[Unit] = (), actor: Actor, today: date
) -> ChangeAssessment:
    """Begin to assess a change, before it is decided.

    Raises: PermissionDenied, IncompleteAssessment.
    Source: docs/sources.md#change-assessment
    """
    require(policies.can_write(actor, unit, today))
    assessment = ChangeAssessment(unit=unit, added_on=today)
    _put(assessment, told)
    assessment.save()
    assessment.affected_units.set(affected_units)
    after = {name: v for name, v in common.told(assessment, "unit", *WORDS).items() if v}
    after["affected_units"] = [each.name for each in affected_units]
    audit.record("assessment.opened", actor, assessment, after=after)
    return assessment


@transaction.atomic
def edit_assessment(
    *,
    assessment_id: int,
    told: Told,
    affected_units: Sequence[Unit] | None = None,
    version: int | None = None,
    actor: Actor,
    today: date,
) -> ChangeAssessment:
    """Write on, until the assessment is ready.

    Raises: PermissionDenied, NotNow, EditConflict, IncompleteAssessment.
    """
    assessment = _lock(assessment_id)
    write = policies.can_write(actor, assessment.unit, today)
    require(write)
    common.allowed_now(policies.can_edit_assessment(assessment, write))
    typed = ChangeAssessment()
    _put(typed, told)
    common.check_version(assessment, version, common.told(typed, *WORDS))
    before = common.told(assessment, *WORDS)
    _put(assessment, told)
    common.save(assessment, "assessment.edited", before, actor)
    if affected_units is not None:
        _affect(assessment, affected_units, actor)
    return assessment


@transaction.atomic
def make_ready(*, assessment_id: int, actor: Actor, today: date) -> ChangeAssessment:
    """The assessment is done: the change may be decided.

    The safety representative and the employees took part; the risks are judged, or somebody has
    written why there are none; every serious risk has an action.
    Raises: PermissionDenied, NotNow, IncompleteAssessment.
    """
    assessment = _lock(assessment_id)
    write = policies.can_write(actor, assessment.unit, today)
    require(write)
    common.allowed_now(policies.can_edit_assessment(assessment, write))
    if missing := lacking(assessment):
        raise IncompleteAssessment(
            _("Det här saknas innan bedömningen är klar: %(what)s.") % {"what": listing(missing)}
        )
    before = common.told(assessment, "assessment_status", "decided_on")
    assessment.status, assessment.decided_on = AssessmentStatus.DECIDED, today
    common.save(assessment, "assessment.decided", before, actor)
    return assessment


@transaction.atomic
def follow_up_assessment(
    *, assessment_id: int, result: str, actor: Actor, today: date
) -> ChangeAssessment:
    """What the change led to, three to six months later.

    Raises: PermissionDenied, NotNow, IncompleteAssessment.
    """
    assessment = _lock(assessment_id)
    write = policies.can_write(actor, assessment.unit, today)
    require(write)
    common.allowed_now(policies.can_follow_up(assessment, write))
    if today < assessment.change_on:
        raise IncompleteAssessment(
            _("Ändringen sker först %(day)s. Följ upp när den har varit i gång en tid.")
            % {"day": assessment.change_on}
        )
    before = common.told(assessment, "assessment_status", "result", "followed_up_on")
    assessment.result = _needed(result, _("Skriv vad uppföljningen visade."))
    assessment.status, assessment.followed_up_on = AssessmentStatus.FOLLOWED_UP, today
    common.save(assessment, "assessment.followed_up", before, actor)
    return assessment


@transaction.atomic
def withdraw_assessment(
    *, assessment_id: int, reason: str, actor: Actor, today: date
) -> ChangeAssessment:
    """The change does not happen. Its risks stay as they are: close those that fall away.

    Raises: PermissionDenied, NotNow, IncompleteAssessment.
    """
    assessment = _lock(assessment_id)
    write = policies.can_write(actor, assessment.unit, today)
    require(write)
    common.allowed_now(policies.can_withdraw(assessment, write))
    before = common.told(assessment, "assessment_status", "status_reason")
    assessment.status_reason = _needed(reason, _("Skriv varför ändringen inte genomförs."))
    assessment.status = AssessmentStatus.WITHDRAWN
    common.save(assessment, "assessment.withdrawn", before, actor)
    return assessment


def lacking(assessment: ChangeAssessment) -> list[str]:
    """What keeps an assessment from being ready, each as a short phrase; empty: nothing."""
    risks = list(assessment.risks.prefetch_related("links"))
    bare = [risk.title for risk in risks if risk.serious and not risk.links.all()]
    parts = [
        (not assessment.safety_rep, _("vilket skyddsombud som medverkat")),
        (not assessment.employees, _("hur medarbetarna medverkat")),
        (
            not risks and not assessment.no_risks,
            _("minst en bedömd risk, eller varför ändringen inte ger några risker"),
        ),
    ]
    found = [words for is_missing, words in parts if is_missing]
    return found + [_("en åtgärd för den allvarliga risken ”%(risk)s”") % {"risk": r} for r in bare]


def _lock(assessment_id: int) -> ChangeAssessment:
    return held(ChangeAssessment.objects.select_related("unit"), assessment_id)


def _put(assessment: ChangeAssessment, told: Told) -> None:
    for name in WORDS:
        value = getattr(told, name)
        setattr(assessment, name, value.strip() if isinstance(value, str) else value)
    _needed(assessment.title, _("Skriv vilken ändring det gäller."))
    _needed(assessment.what, _("Skriv vad som ändras."))
    _needed(assessment.affected, _("Skriv vilka som berörs."))
    if (assessment.follow_up_on - assessment.change_on).days < FEWEST_DAYS:
        raise IncompleteAssessment(
            _("Uppföljningen ska ligga efter ändringen, helst tre till sex månader efter.")
        )


def _affect(assessment: ChangeAssessment, units: Sequence[Unit], actor: Actor) -> None:
    before = [unit.name for unit in assessment.affected_units.order_by("name_order")]
    assessment.affected_units.set(units)
    after = [unit.name for unit in assessment.affected_units.order_by("name_order")]
    if before != after:
        audit.record(
            "assessment.edited",
            actor,
            assessment,
            before={"affected_units": before},
            after={"affected_units": after},
        )


def _needed(text: str, otherwise: str) -> str:
    if not text.strip():
        raise IncompleteAssessment(otherwise)
    return text.strip()
