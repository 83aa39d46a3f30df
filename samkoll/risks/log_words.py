"""What happened to risks, matrices and assessments, in words for the change log."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from samkoll.audit.queries import Entry
from samkoll.audit.words import Words, words
from samkoll.risks.models import AssessmentStatus, RiskStatus
from samkoll.risks.queries import area_label, source_label

CHANGES: dict[str, Words] = {
    "risk.added": _("Risk tillagd"),
    "risk.proposed": _("Risk föreslagen"),
    "risk.accepted": _("Föreslagen risk bedömd"),
    "risk.rejected": _("Föreslagen risk avslagen"),
    "risk.judged": _("Risk bedömd igen"),
    "risk.after": _("Riskens värde efter åtgärder bedömt"),
    "risk.closed": _("Risk åtgärdad"),
    "risk.reopened": _("Risk öppnad igen"),
    "risk.action_linked": _("Åtgärd kopplad till risk"),
    "risk.action_unlinked": _("Åtgärd hör inte längre till risk"),
    "risk.moved": _("Risk flyttad till en annan enhet"),
    "assessment.moved": _("Bedömning inför ändring flyttad till en annan enhet"),
    "risk.gathered": _("Risk samlad under en gemensam"),
    "risk.ungathered": _("Risk står för sig själv igen"),
    "risk.reported": _("Risk förd vidare i rapport"),
    "risk.report_withdrawn": _("Risk tagen ur rapport"),
    "matrix.stored": _("Riskmatris sparad"),
    "matrix.chosen": _("Riskmatris vald för nya bedömningar"),
    "assessment.opened": _("Bedömning inför ändring påbörjad"),
    "assessment.edited": _("Bedömning inför ändring ändrad"),
    "assessment.decided": _("Bedömning inför ändring klar"),
    "assessment.followed_up": _("Ändring uppföljd"),
    "assessment.withdrawn": _("Ändring genomförs inte"),
}
FIELDS: dict[str, Words] = {
    "action": _("åtgärd"),
    "actions": _("åtgärder"),
    "affected": _("vilka som berörs"),
    "affected_units": _("berörda enheter"),
    "after_consequence": _("konsekvens efter åtgärder"),
    "after_level": _("risknivå efter åtgärder"),
    "after_probability": _("sannolikhet efter åtgärder"),
    "area": _("område"),
    "assessment_status": _("läge"),
    "board": _("nämnd"),
    "change_on": _("ändringen sker"),
    "closed_on": _("åtgärdad"),
    "common": _("gemensam risk"),
    "consequence": _("konsekvens"),
    "decided_on": _("klar"),
    "decision": _("beslut"),
    "description": _("beskrivning"),
    "employees": _("medarbetarnas medverkan"),
    "exposed": _("vilka som utsätts"),
    "follow_up_on": _("uppföljning"),
    "followed_up_on": _("uppföljd"),
    "found_on": _("upptäckt"),
    "level": _("risknivå"),
    "matrix": _("riskmatris"),
    "no_risks": _("varför inga risker"),
    "opportunities": _("möjligheter"),
    "probability": _("sannolikhet"),
    "result": _("resultat"),
    "risk_status": _("läge"),
    "safety_rep": _("skyddsombud"),
    "serious": _("allvarlig"),
    "source": _("källa"),
    "status_reason": _("skäl"),
    "wanted_consequence": _("önskad konsekvens"),
    "wanted_level": _("önskad risknivå"),
    "wanted_probability": _("önskad sannolikhet"),
    "what": _("vad som ändras"),
}


def register() -> None:
    """Tell the words; to be called once, in ``AppConfig.ready()``."""
    words.add(
        changes=CHANGES,
        fields=FIELDS,
        values={
            "risk_status": lambda code: _label(RiskStatus, code),
            "assessment_status": lambda code: _label(AssessmentStatus, code),
            "area": area_label,
            "source": source_label,
        },
    )


def in_order(entry: Entry) -> Entry:
    """The changed fields as people think of them: the log keeps no order."""
    changes = sorted(entry.changes, key=lambda change: _ORDER.get(change[0], len(_ORDER)))
    return replace(entry, changes=tuple(changes))


_ORDER = {name: place for place, name in enumerate((
    "title", "unit", "description", "area", "source", "exposed", "found_on", "probability",
    "consequence", "level", "serious", "matrix", "what", "affected", "affected_units", "change_on",
    "follow_up_on", "diary_number", "decision",
))}  # fmt: skip


def _label(choices: type[RiskStatus] | type[AssessmentStatus], code: str) -> Words:
    return choices(code).label if code in choices.values else code
