"""What the board is asked to decide: worked out from the report until somebody edits it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from samkoll.audit import services as audit
from samkoll.core.access import ALLOW, Verdict, deny, require
from samkoll.core.errors import DomainError
from samkoll.documents.content import Document
from samkoll.reports import policies
from samkoll.reports.composition import Context
from samkoll.reports.models import Proposal, Report
from samkoll.reports.package import headlines
from samkoll.stats import metrics

LONGEST = 4_000
VERBS = {
    "plan": "fastställer",
    "brief": "tar emot informationen i",
}
"""What a board does with each kind of report; it approves the others."""
SUBJECTS = {
    "plan": "vad som har gjorts och ska göras för att sänka sjukfrånvaron",
    "brief": "läget i arbetsmiljön i korthet",
}
"""What each kind of report is about; the others are about the systematic work."""


class ProposalMissing(DomainError):
    """One of the two texts is empty."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """The matter and the decision as they go to the board. ``by``: who edited them, or empty."""

    matter: str
    decision: str
    by: str = ""


def can_propose(actor: policies.Actor, report: Report, today: date) -> Verdict:
    """Edit the proposal, until the report is decided."""
    held = {"report:municipal", "report:register", policies.writing(report)}
    if not any(policies.may(actor, permission, report.unit, today) for permission in held):
        return deny(_("Förslaget skrivs av dem som skriver eller diarieför rapporten."))
    if report.locked:
        return deny(_("Rapporten är beslutad. Beslutet står i rapporten."))
    return ALLOW


@transaction.atomic
def save(
    *, report_id: int, matter: str, decision: str, actor: policies.Actor, today: date
) -> Proposal:
    """Keep the texts as edited. Raises: PermissionDenied, ProposalMissing."""
    report = Report.objects.select_for_update(of=("self",)).select_related("unit").get(pk=report_id)
    require(can_propose(actor, report, today))
    matter, decision = matter.strip(), decision.strip()
    if not matter or not decision:
        raise ProposalMissing(_("Skriv både ärendet och förslaget till beslut."))
    before = Proposal.objects.filter(report=report).first()
    said = _texts(before.matter, before.decision) if before else None
    made, _new = Proposal.objects.update_or_create(
        report=report, defaults={"matter": matter, "decision": decision, "by": str(actor)[:200]}
    )
    after = _texts(matter, decision)
    audit.record("report.proposal_edited", actor, report, before=said, after=after)
    return made


def _texts(matter: str, decision: str) -> dict[str, object]:
    return {"matter": matter, "decision": decision}


def of(context: Context, document: Document) -> Proposed:
    """The edited texts, else those that the report itself gives."""
    kept = Proposal.objects.filter(report=context.report.pk).first()
    return Proposed(kept.matter, kept.decision, kept.by) if kept else default(context, document)


def default(context: Context, document: Document) -> Proposed:
    """The texts that the report's own figures and answers give."""
    return Proposed(_matter(context, document), _decision(context, document))


def _matter(context: Context, document: Document) -> str:
    report = context.report
    taken = f" och togs ut {report.extracted_at:%Y-%m-%d}" if report.extracted_at else ""
    about = SUBJECTS.get(report.form.kind, "det systematiska arbetsmiljöarbetet")
    first = (
        f"{document.title} för {report.name} redovisar {about}. "
        f"Siffrorna avser {report.window.first} till {report.window.last}{taken}."
    )
    parts = [first, _sick_leave(context, document), _counted(context), _consulted(context)]
    return "\n\n".join(filter(None, parts))


def _sick_leave(context: Context, document: Document) -> str:
    """The sick leave now and a year before; nothing when it is protected or not in the report."""
    wanted = ("sick_leave", "total")
    for each in headlines.figures(context, document):
        if (each.key.metric, each.key.sex) == wanted:
            now, before, _change = each.cells
            unit = metrics.lookup(each.key.metric).terms.unit
            earlier = f" Ett år tidigare var den {before.text} {unit}." if before.figure_id else ""
            return f"Sjukfrånvaron var {now.text} {unit}.{earlier}"
    return ""


def _counted(context: Context) -> str:
    """How many answers deviate and how many measures there are."""
    asked = len(list(context.report.form.questions()))
    odd, unanswered = headlines.counts(context)
    planned = len(headlines.planned(context))
    sentences = []
    if asked and odd:
        sentences.append(f"{odd} av {asked} frågor om arbetsmiljöarbetet har ett avvikande svar.")
    elif asked:
        sentences.append(f"Inget svar på de {asked} frågorna om arbetsmiljöarbetet avviker.")
    if unanswered:
        everywhere = " av alla nämnder" if context.report.form.sums_up else ""
        sentences.append(f"Antal frågor som inte är besvarade{everywhere}: {unanswered}.")
    if planned:
        sentences.append(f"Antal åtgärder som redovisas: {planned}.")
    return " ".join(sentences)


def _consulted(context: Context) -> str:
    days = [f"{said.of} ({said.held_on})" for said in context.report.comments if said.held_on]
    return f"Rapporten är behandlad i samverkan: {', '.join(days)}." if days else ""


def _decision(context: Context, document: Document) -> str:
    """What is decided, once it is; before that what a board usually does with such a report."""
    report = context.report
    if report.decision:
        return report.decision.text
    who = report.board_name or ("Kommunstyrelsen" if report.form.sums_up else "Nämnden")
    verb = VERBS.get(report.form.kind, "godkänner")
    lines = [f"{who} {verb} {document.title}."]
    if report.form.kind == "board":
        lines.append(f"{who} överlämnar rapporten till kommunstyrelsen.")
    return "\n".join(f"- {line}" for line in lines)
