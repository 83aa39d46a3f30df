"""Forms in which somebody describes and judges a risk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from samkoll.actions.forms.promising import day, text
from samkoll.risks import queries
from samkoll.risks.matrix import Matrix, Step
from samkoll.risks.models import Risk

YES, NO = "ja", "nej"
PARTS = ("probability", "consequence")


class ProposeForm(forms.Form):
    """What somebody has seen: the words of a risk, without a judgement."""

    title = forms.CharField(
        label=_("Vad består risken i?"),
        help_text=_("Skriv vad som kan hända. Nämn inga personer vid namn."),
        max_length=300,
    )
    description = text(
        _("Beskrivning"),
        help_text=_("När och var uppstår risken, och vad beror den på?"),
        required=False,
    )
    area = forms.ChoiceField(label=_("Område"), required=False)
    exposed = forms.CharField(
        label=_("Vilka utsätts?"),
        help_text=_("Grupper eller uppgifter, till exempel: alla som öppnar."),
        max_length=300,
        required=False,
    )
    found_on = day(_("Upptäckt"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["area"].choices = [("", "–"), *queries.areas().items()]  # type: ignore[attr-defined]


class RiskForm(ProposeForm):
    """A risk with its judgement. Nothing is preselected for "serious": a person decides."""

    source = forms.ChoiceField(label=_("Källa"))
    probability = forms.TypedChoiceField(
        label=_("Sannolikhet"), coerce=int, widget=forms.RadioSelect
    )
    consequence = forms.TypedChoiceField(
        label=_("Konsekvens"), coerce=int, widget=forms.RadioSelect
    )
    serious = forms.TypedChoiceField(
        label=_("Är risken allvarlig?"),
        choices=[(YES, _("Ja, risken är allvarlig")), (NO, _("Nej, risken är inte allvarlig"))],
        coerce=lambda word: word == YES,
        widget=forms.RadioSelect,
    )
    wanted_probability = forms.TypedChoiceField(
        label=_("Önskad sannolikhet efter åtgärder"), coerce=int, required=False, empty_value=None
    )
    wanted_consequence = forms.TypedChoiceField(
        label=_("Önskad konsekvens efter åtgärder"), coerce=int, required=False, empty_value=None
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, matrix: Matrix, source: str = "", **options: Any) -> None:
        """``source``: a fixed one that nobody chooses here."""
        super().__init__(*args, **options)
        self.fields["source"].choices = queries.sources(chosen=True).items()  # type: ignore[attr-defined]
        if source:
            del self.fields["source"]
        self.fixed = source
        for part in PARTS:
            steps: tuple[Step, ...] = getattr(matrix, part)
            choices = [(step.value, f"{step.value}. {step.text}") for step in steps]
            self.fields[part].choices = choices  # type: ignore[attr-defined]
            short = [("", "–"), *((step.value, f"{step.value}. {step.label}") for step in steps)]
            self.fields[f"wanted_{part}"].choices = short  # type: ignore[attr-defined]
        self.fields["serious"].help_text = _proposal_rule(matrix)

    def clean(self) -> dict[str, Any]:
        """Both wanted values or none."""
        data = super().clean() or {}
        if bool(data.get("wanted_probability")) != bool(data.get("wanted_consequence")):
            self.add_error("wanted_probability", _("Välj både önskad sannolikhet och konsekvens."))
        return data

    def values(self) -> dict[str, Any]:
        """What ``services.add_risk`` takes, without the version."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        wanted = data.pop("wanted_probability"), data.pop("wanted_consequence")
        data.setdefault("source", self.fixed)
        return {**data, "wanted": wanted if wanted[0] else None}


class AfterForm(forms.Form):
    """What a risk is worth now."""

    probability = RiskForm.base_fields["probability"]
    consequence = RiskForm.base_fields["consequence"]
    reason = text(_("Hur syns det?"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, matrix: Matrix, **options: Any) -> None:
        super().__init__(*args, **options)
        for part in PARTS:
            steps: tuple[Step, ...] = getattr(matrix, part)
            choices = [(step.value, f"{step.value}. {step.text}") for step in steps]
            self.fields[part].choices = choices  # type: ignore[attr-defined]


def initial_of(risk: Risk) -> dict[str, Any]:
    """What the form of a risk that exists begins with."""
    names = (
        "title", "description", "area", "exposed", "found_on", "source",
        "probability", "consequence", "wanted_probability", "wanted_consequence", "version",
    )  # fmt: skip
    serious = {True: YES, False: NO}.get(risk.serious) if risk.serious is not None else None
    return {**{name: getattr(risk, name) for name in names}, "serious": serious}


def _proposal_rule(matrix: Matrix) -> str:
    worst = matrix.consequence[matrix.serious_from_consequence - 1]
    return _now(
        "Du avgör. Matrisen föreslår ja från nivå %(level)s, och alltid när konsekvensen är minst "
        "”%(word)s”."
    ) % {"level": matrix.serious_from_level, "word": worst.label.lower()}
