"""Who may do what with risks, matrices and assessments, as verdicts that buttons share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from samkoll.accounts.models import User
from samkoll.audit.services import CommandLine
from samkoll.core.access import ALLOW, Verdict, deny
from samkoll.org import policies as org_policies
from samkoll.org import queries as org
from samkoll.org.models import Unit
from samkoll.risks.models import AssessmentStatus, ChangeAssessment, Risk, RiskStatus

Actor = User | CommandLine


def can_write(actor: Actor, unit: Unit, today: date) -> Verdict:
    """Judge risks of a unit, assess changes there, and report risks onward."""
    if isinstance(actor, CommandLine) or org.may(actor, "risk:write", today, unit=unit):
        return ALLOW
    return deny(
        _("Bara chefer för %(unit)s, eller för en enhet ovanför, får bedöma riskerna.")
        % {"unit": unit.name}
    )


def can_propose(actor: Actor, unit: Unit, today: date) -> Verdict:
    """Propose a risk of a unit; who may judge risks there does so at once instead."""
    if isinstance(actor, CommandLine) or org.may(actor, "risk:propose", today, unit=unit):
        return ALLOW
    if org.may(actor, "risk:write", today, unit=unit):
        return deny(_("Du får själv bedöma riskerna här: lägg till risken i stället."))
    return deny(_("Du kan bara föreslå risker där du arbetar, är skyddsombud eller ger HR-stöd."))


def can_change_matrices(actor: Actor, today: date) -> Verdict:
    """Change the risk matrices of the municipality, and choose the one for new assessments."""
    held = isinstance(actor, CommandLine) or org.may(actor, "org:write", today)
    return org_policies.verdict("org:write", held=held)


@dataclass(frozen=True, slots=True)
class Ways:
    """What somebody may do with one risk now; each a verdict with its sentence."""

    change: Verdict
    judge: Verdict
    reject: Verdict
    after: Verdict
    close: Verdict
    reopen: Verdict
    act: Verdict
    gather: Verdict
    report: Verdict


def ways(risk: Risk, write: Verdict) -> Ways:
    """Everything that can be done with a risk as it stands. ``write``: see ``can_write``."""
    is_open = write and is_in(risk, RiskStatus.OPEN)
    proposed = write and is_in(risk, RiskStatus.PROPOSED)
    return Ways(
        change=is_open,
        judge=proposed,
        reject=proposed,
        after=is_open,
        close=is_open,
        reopen=write and is_in(risk, RiskStatus.CLOSED),
        act=is_open,
        gather=is_open,
        report=is_open,
    )


def is_in(risk: Risk, wanted: str) -> Verdict:
    """Whether a risk has come as far as wanted, and what stands in the way."""
    if risk.status == wanted:
        return ALLOW
    if wanted == RiskStatus.PROPOSED:
        return deny(_("Förslaget är redan besvarat."))
    if wanted == RiskStatus.CLOSED:
        return deny(_("Bara en åtgärdad risk kan öppnas igen."))
    if risk.status == RiskStatus.PROPOSED:
        return deny(_("Bedöm förslaget först."))
    if risk.status == RiskStatus.REJECTED:
        return deny(_("Förslaget är avslaget."))
    return deny(_("Risken är åtgärdad. Öppna den igen om den finns kvar."))


def can_edit_assessment(assessment: ChangeAssessment, write: Verdict) -> Verdict:
    """Change the text, the days and the participation: until the assessment is ready."""
    return write and _stage(assessment, AssessmentStatus.DRAFT, _("Bedömningen är redan klar."))


def can_follow_up(assessment: ChangeAssessment, write: Verdict) -> Verdict:
    """Write down what the change led to: once, after the assessment was ready."""
    return write and _stage(
        assessment, AssessmentStatus.DECIDED, _("Gör bedömningen klar innan du följer upp den.")
    )


def can_withdraw(assessment: ChangeAssessment, write: Verdict) -> Verdict:
    """Say that the change does not happen: not any more once it has been followed up."""
    going_on = assessment.status in (AssessmentStatus.DRAFT, AssessmentStatus.DECIDED)
    return write and (ALLOW if going_on else deny(_("Bedömningen är redan avslutad.")))


def _stage(assessment: ChangeAssessment, status: str, otherwise: str) -> Verdict:
    return ALLOW if assessment.status == status else deny(otherwise)


def can_gather(held: frozenset[str]) -> Verdict:
    """Begin a common risk somewhere. ``held``: everything that the user may do anywhere."""
    return org_policies.verdict("risk:write", held="risk:write" in held)
