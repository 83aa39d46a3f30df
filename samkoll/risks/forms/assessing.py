"""The forms of a risk assessment before a change, one for each step."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samkoll.actions.forms.promising import day, text
from samkoll.org.forms import UnitsField
from samkoll.risks.models import ChangeAssessment
from samkoll.risks.services import Told

STEPS: dict[str, tuple[str, ...]] = {
    "andring": (
        "title", "what", "affected", "affected_units", "change_on", "follow_up_on",
        "diary_number", "decision",
    ),
    "mojligheter": ("opportunities", "no_risks"),
    "medverkan": ("safety_rep", "employees"),
}  # fmt: skip
"""The parts that are written on a form: the change, the opportunities, and who took part."""


class AssessmentForm(forms.Form):
    """One step of an assessment; the fields of the other steps keep what they have."""

    title = forms.CharField(label=_("Vilken ändring gäller det?"), max_length=200)
    what = text(_("Vad ändras, och var?"), rows=4)
    affected = text(
        _("Vilka berörs?"), help_text=_("Grupper och uppgifter, även utanför den egna enheten.")
    )
    affected_units = UnitsField(label=_("Berörda enheter"), required=False)
    change_on = day(_("Ändringen sker"))
    follow_up_on = day(
        _("Uppföljning"), help_text=_("Tre till sex månader efter ändringen, när vardagen är här.")
    )
    diary_number = forms.CharField(label=_("Diarienummer"), max_length=60, required=False)
    decision = text(_("Beslut som bedömningen hör till"), rows=2, required=False)
    opportunities = text(_("Vad blir bättre efter ändringen?"), required=False)
    no_risks = text(
        _("Varför ändringen inte ger några risker"),
        help_text=_("Fyll bara i om ni inte har hittat någon risk alls."),
        required=False,
    )
    safety_rep = forms.CharField(
        label=_("Skyddsombud som har medverkat"), max_length=200, required=False
    )
    employees = text(
        _("Hur har medarbetarna medverkat?"),
        help_text=_("Till exempel: på en arbetsplatsträff, i en grupp eller genom samtal."),
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any = None, *, step: str, assessment: ChangeAssessment | None = None
    ) -> None:
        initial = initial_of(assessment) if assessment else {}
        super().__init__(data, initial=initial)
        self.assessment = assessment
        self.fields = {n: f for n, f in self.fields.items() if n in (*STEPS[step], "version")}

    def told(self) -> Told:
        """The whole of what is written, this step's fields with what was typed."""
        names = Told.__slots__
        kept = {n: getattr(self.assessment, n) for n in names} if self.assessment else {}
        typed = {name: value for name, value in self.cleaned_data.items() if name in names}
        return Told(**{**kept, **typed})


class ResultForm(forms.Form):
    """What the follow-up showed."""

    result = text(
        _("Vad visade uppföljningen?"),
        rows=5,
        help_text=_("Vilka risker blev verkliga, vad hjälpte och vad behöver göras nu?"),
    )


def initial_of(assessment: ChangeAssessment) -> dict[str, Any]:
    """What a step's form begins with."""
    units = ", ".join(unit.code for unit in assessment.affected_units.order_by("code"))
    own = {name: getattr(assessment, name) for name in (*Told.__slots__, "version")}
    return {**own, "affected_units": units}
