"""The questions that an action has sent up the line, and what became of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from samkoll.actions.models import Answer, HandUp
from samkoll.web.tables import Fact, State, Tone

_TONES = {
    Answer.TAKES_OVER: Tone.SUCCESS,
    Answer.RETURNS: Tone.SUCCESS,
    Answer.HANDS_ON: Tone.INFO,
    Answer.REFUSES: Tone.DANGER,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One question. ``answer_url`` and ``seen_url`` only for whom it is to answer or tick off."""

    title: str
    state: State
    asked: str
    reason_kind: str
    reason: str
    answered: str
    answer_text: str
    answer_url: str
    seen_url: str
    seen: date | None


def asked(row: HandUp, led: Collection[int], today: date) -> Asked:
    """One question for somebody who leads these units."""
    may_answer = not row.answer and row.to_unit_id in led
    may_tick_off = bool(row.answer) and row.seen_on is None and row.origin_id in led
    return Asked(
        title=_("%(from)s till %(to)s") % {"from": row.from_unit.name, "to": row.to_unit.name},
        state=_state(row, today),
        asked=_("%(name)s, %(day)s") % {"name": row.asked_by_name, "day": row.asked_on},
        reason_kind=row.get_reason_kind_display(),
        reason=row.reason,
        answered=_("%(name)s, %(day)s") % {"name": row.answered_by_name, "day": row.answered_on}
        if row.answer
        else "",
        answer_text=row.answer_text,
        answer_url=reverse("actions:answer", args=[row.pk]) if may_answer else "",
        seen_url=reverse("actions:seen", args=[row.pk]) if may_tick_off else "",
        seen=row.seen_on,
    )


def question(row: HandUp) -> tuple[Fact, ...]:
    """What is asked, above the form of the answer."""
    action = row.action
    return (
        Fact(_("Åtgärd"), action.title, url=reverse("actions:detail", args=[action.pk])),
        Fact(_("Från"), row.from_unit.name),
        Fact(_("Lyft"), f"{row.asked_on}", note=row.asked_by_name),
        Fact(_("Klar senast"), f"{action.due_date}"),
        Fact(_("Anledning"), row.get_reason_kind_display()),
        Fact(_("Skäl"), row.reason),
    )


def _state(row: HandUp, today: date) -> State:
    if row.answer:
        return State(row.get_answer_display(), _TONES[Answer(row.answer)])
    day = {"day": row.answer_by}
    if row.answer_by < today:
        return State(_("Svaret skulle ha kommit %(day)s") % day, Tone.DANGER)
    return State(_("Väntar på svar, senast %(day)s") % day, Tone.WARNING)
