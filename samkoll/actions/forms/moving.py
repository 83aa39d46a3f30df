"""Forms of the steps: done, dropped, opened again, followed up; of hand-ups, answers and files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samkoll.actions import services
from samkoll.actions.forms.people import PeopleForm, PersonField
from samkoll.actions.forms.promising import day, text
from samkoll.actions.models import Action, Answer, Decision, Effect, HandUpReason
from samkoll.actions.registry import FollowUpPart
from samkoll.files.forms import AttachmentField


class DoneForm(forms.Form):
    """When it was done, and when the effect is judged."""

    on = day(_("Genomförd"))
    follow_up_on = day(
        _("Effekten följs upp"),
        help_text=_("Då har det gått så lång tid att det märks om åtgärden hjälpte."),
    )


class DropForm(forms.Form):
    """Why it will not be done."""

    reason = text(_("Varför genomförs åtgärden inte?"))


class ReopenForm(forms.Form):
    """Why it is needed again."""

    reason = text(_("Varför öppnas åtgärden igen?"))


class HandUpForm(forms.Form):
    """A question to the unit above."""

    reason_kind = forms.ChoiceField(
        label=_("Varför kan ni inte åtgärda det själva?"),
        choices=HandUpReason.choices,
        widget=forms.RadioSelect,
    )
    reason = text(_("Beskriv skälet och vad ni behöver"), rows=5)
    answer_by = day(_("Svar senast"))


class AnswerForm(forms.Form):
    """What the asked unit decides."""

    answer = forms.ChoiceField(label=_("Svar"), choices=Answer.choices, widget=forms.RadioSelect)
    text = text(
        _("Skäl"),
        rows=5,
        help_text=_("Lämnar du tillbaka åtgärden: skriv vilka resurser som följer med."),
    )
    due_date = day(
        _("Nytt slutdatum, om ni tar över"),
        required=False,
        help_text=_("Lämna tomt om datumet ligger fast."),
    )
    answer_by = day(_("Svar senast, om ni lyfter vidare"), required=False)

    def __init__(self, data: Any, *, has_above: bool, **options: Any) -> None:
        super().__init__(data, **options)
        if not has_above:
            del self.fields["answer_by"]
            kept = [pair for pair in Answer.choices if pair[0] != Answer.HANDS_ON]
            self.fields["answer"].choices = kept  # type: ignore[attr-defined]


class CommentForm(forms.Form):
    """Something said about an action."""

    text = text(_("Kommentar"))


class AttachForm(forms.Form):
    """Files for an action."""

    files = AttachmentField(label=_("Filer"))  # type: ignore[assignment]


class FollowUpForm(PeopleForm):
    """Whether the effect was reached, what the origins ask, and what comes of it."""

    effect = forms.ChoiceField(
        label=_("Nåddes den önskade effekten?"), choices=Effect.choices, widget=forms.RadioSelect
    )
    evidence = text(_("Hur syns det?"), help_text=_("Till exempel en mätning, rond eller enkät."))
    safety_rep_took_part = forms.BooleanField(label=_("Skyddsombud medverkade"), required=False)
    decision = forms.ChoiceField(
        label=_("Vad leder uppföljningen till?"), choices=Decision.choices, widget=forms.RadioSelect
    )
    new_title = forms.CharField(label=_("Vad ska göras?"), max_length=200, required=False)
    new_wanted_effect = text(
        _("Önskad effekt"), required=False, help_text=_("Lämna tomt för samma som förut.")
    )
    new_responsible = PersonField(label=_("Ansvarig person"), required=False)
    new_due_date = day(_("Klar senast"), required=False)
    reason_kind = forms.ChoiceField(
        label=_("Varför kan ni inte åtgärda det själva?"),
        choices=HandUpReason.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    reason = text(_("Beskriv skälet och vad ni behöver"), required=False)
    answer_by = day(_("Svar senast"), required=False)

    def __init__(
        self,
        data: Any,
        *,
        action: Action,
        parts: Mapping[str, FollowUpPart],
        may_hand_up: bool,
        today: date,
    ) -> None:
        initial = {"answer_by": today + services.TIME_TO_ANSWER}
        people = {"new_responsible": action.responsible}
        super().__init__(data, today=today, people=people, initial=initial)
        self.parts = parts
        self._require()
        for code, part in parts.items():
            for name, field in part.fields.items():
                self.fields[f"{code}-{name}"] = field
        if not may_hand_up:
            for name in _QUESTION:
                del self.fields[name]
            kept = [pair for pair in Decision.choices if pair[0] != Decision.HAND_UP]
            self.fields["decision"].choices = kept  # type: ignore[attr-defined]

    def _require(self) -> None:
        """What a decision needs is marked so; only that of the chosen one has to be there."""
        chosen = self.data.get("decision", "")
        for decision, names in _NEEDED.items():
            for name in names:
                self.fields[name].required = decision == chosen or not self.is_bound

    @property
    def chosen(self) -> str:
        """The decision in the form, whose part of the page is open."""
        return str(self["decision"].value() or "")

    def groups(self) -> dict[str, list[forms.BoundField]]:
        """The fields by the part of the page on which they stand, in their order."""
        asked = [n for n in self.fields if n.partition("-")[0] in self.parts]
        new = [n for n in self.fields if n.startswith("new_")]
        question = [n for n in _QUESTION if n in self.fields]
        first = [n for n in self.fields if n not in {*asked, *new, *question, "decision"}]
        names = {"judged": first, "asked": asked, "decision": ["decision"]}
        names |= {"new": new, "question": question}
        return {key: [self[name] for name in found] for key, found in names.items()}

    def values(self) -> dict[str, Any]:
        """What ``services.follow_up`` takes."""
        data = self.cleaned_data
        decision = data["decision"]
        asked = {
            code: {name: data.get(f"{code}-{name}") for name in part.fields}
            for code, part in self.parts.items()
        }
        kept = ("effect", "evidence", "safety_rep_took_part", "decision")
        return {
            **{name: data[name] for name in kept},
            "asked": asked,
            "new_action": self._new() if decision == Decision.NEW_ACTION else None,
            "question": self._question() if decision == Decision.HAND_UP else None,
        }

    def _new(self) -> services.NewAction:
        data = self.cleaned_data
        return services.NewAction(
            title=data["new_title"],
            due_date=data["new_due_date"],
            wanted_effect=data["new_wanted_effect"],
            responsible=data["new_responsible"],
        )

    def _question(self) -> services.Question:
        data = self.cleaned_data
        return services.Question(data["reason_kind"], data["reason"], data["answer_by"])


_NEEDED: dict[str, tuple[str, ...]] = {
    Decision.NEW_ACTION: ("new_title", "new_due_date"),
    Decision.HAND_UP: ("reason_kind", "reason"),
}
_QUESTION = ("reason_kind", "reason", "answer_by")
