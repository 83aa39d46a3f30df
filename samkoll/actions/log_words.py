"""What happened to actions, in the words of the change log and of each action's history."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from samkoll.actions.models import Answer, Decision, Effect, HandUpReason, Status
from samkoll.audit.words import Value, Words, words

CHANGES: dict[str, Words] = {
    "action.added": _("Åtgärd tillagd"),
    "action.answer_seen": _("Svar på lyft fråga kvitterat"),
    "action.answered": _("Lyft fråga besvarad"),
    "action.commented": _("Åtgärd kommenterad"),
    "action.due_date": _("Åtgärdens slutdatum flyttat"),
    "action.edited": _("Åtgärd ändrad"),
    "action.file_attached": _("Bilaga tillagd till åtgärd"),
    "action.file_removed": _("Bilaga borttagen från åtgärd"),
    "action.followed_up": _("Åtgärdens effekt följd upp"),
    "action.handed_over": _("Åtgärd lämnad till någon annan"),
    "action.handed_up": _("Fråga om åtgärd lyft uppåt"),
    "action.responsible": _("Åtgärden fick ny ansvarig"),
    "action.status": _("Åtgärdens status ändrad"),
    "action.taken_over": _("Åtgärd övertagen"),
    "hand_up.readdressed": _("Lyft fråga flyttad till en annan enhet"),
}
# In the order in which an action's history tells them.
FIELDS: dict[str, Words] = {
    "title": _("rubrik"),
    "wanted_effect": _("önskad effekt"),
    "from_unit": _("från"),
    "to_unit": _("till"),
    "unit": _("enhet"),
    "responsible": _("ansvarig person"),
    "responsible_title": _("ansvarig"),
    "helpers": _("hjälper till"),
    "due_date": _("klar senast"),
    "action_status": _("status"),
    "ended_on": _("slutdag"),
    "follow_up_on": _("effekten följs upp"),
    "effect": _("effekt"),
    "decision": _("beslut"),
    "safety_rep_took_part": _("skyddsombud medverkade"),
    "reason_kind": _("anledning"),
    "answer_by": _("svar senast"),
    "answer": _("svar"),
    "seen_on": _("svaret läst"),
    "cost": _("kostnad i kronor"),
    "follows": _("följer på"),
    "file": _("fil"),
    "evidence": _("hur det syns"),
    "reason": _("skäl"),
}


def register() -> None:
    """Tell the words of this package."""
    values = {
        "action_status": _label(Status),
        "answer": _label(Answer),
        "decision": _label(Decision),
        "effect": _label(Effect),
        "reason_kind": _label(HandUpReason),
    }
    words.add(changes=CHANGES, fields=FIELDS, values=values)


def _label(choices: type[TextChoices]) -> Value:
    """The word for a stored code; other packages use the same field names, so else the code."""
    known = dict(choices.choices)
    return lambda code: known.get(code, code)
