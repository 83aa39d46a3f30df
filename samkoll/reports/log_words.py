"""What happened to reports on their way to the board, in words for the change log."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samkoll.audit.words import Words, words
from samkoll.reports.models import CommentFrom, Status

CHANGES: dict[str, Words] = {
    "report.handed_in": _("Enhetens del lämnades in"),
    "report.returned": _("Rapport lämnades tillbaka"),
    "report.consulted": _("Rapport lämnades till samverkan"),
    "report.commented": _("Synpunkter på rapport infördes"),
    "report.section_signed": _("Avsnitt i rapport godkändes"),
    "report.section_opened": _("Godkännande av avsnitt togs tillbaka"),
    "report.signed": _("Rapport godkändes"),
    "report.decided": _("Beslut om rapport infördes"),
    "report.published": _("Rapport publicerades"),
    "report.corrected": _("Rättelse av rapport påbörjades"),
    "report.reminded": _("Påminnelse om rapport skickades"),
    "report.look_chosen": _("Word-mall eller logotyp vald"),
    "report.look_ended": _("Word-mall och logotyp borttagna"),
    "report.old_read": _("Tidigare rapport inläst"),
    "report.old_confirmed": _("Tidigare rapport bekräftad"),
    "report.old_discarded": _("Tidigare rapport kastad"),
    "report.days_set": _("Sista dagar för rapporter sattes"),
    "report.sentence_accepted": _("Föreslagen mening togs in i rapport"),
    "report.sentence_edited": _("Föreslagen mening skrevs om"),
    "report.sentence_dismissed": _("Föreslagen mening valdes bort"),
    "report.measure": _("Åtgärd i plan ändrad"),
    "report.measure_moved": _("Åtgärd i plan flyttad"),
    "report.measure_removed": _("Åtgärd i plan borttagen"),
    "report.form_changed": _("Rapport fick en annan mall"),
    "template.draft_started": _("Utkast till rapportmall påbörjat"),
    "template.draft_changed": _("Utkast till rapportmall ändrat"),
    "template.draft_discarded": _("Utkast till rapportmall borttaget"),
    "template.published": _("Rapportmall publicerad"),
    "report.sentence_restored": _("Bortvalda förslag på text visas igen"),
    "report.file_attached": _("Fil bifogades till rapport"),
    "report.file_removed": _("Bilaga till rapport togs bort"),
    "report.proposal_edited": _("Förslag till beslut om rapport ändrades"),
}
FIELDS: dict[str, Words] = {
    "base": _("utgår från"),
    "kept": _("utan plats i mallen"),
    "heading": _("rubrik"),
    "done": _("redogörelse"),
    "plan": _("åtgärdsplan"),
    "form": _("arbetsform"),
    "time_plan": _("tidplan"),
    "responsible": _("ansvarig"),
    "health_factor": _("friskfaktor"),
    "report_status": _("läge"),
    "held_on": _("behandlad den"),
    "of": _("synpunkter från"),
    "comment": _("kommentar"),
    "correction": _("skäl till rättelsen"),
    "replaces": _("rättar rapport nummer"),
    "to": _("till"),
    "matter": _("ärendet"),
    "rule": _("regel"),
    "rules": _("regler"),
    "text": _("text"),
}


def _status(code: str) -> Words:
    return Status(code).label if code in Status.values else code


def _of(code: str) -> Words:
    return CommentFrom(code).label if code in CommentFrom.values else code


def register() -> None:
    """Tell the words; to be called once, in ``AppConfig.ready()``."""
    words.add(changes=CHANGES, fields=FIELDS, values={"report_status": _status, "of": _of})
