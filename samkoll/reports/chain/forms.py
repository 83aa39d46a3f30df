"""Web forms of the chain: comments, the decision, returning, correcting, a year's last days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samkoll.reports.chain import awaited
from samkoll.reports.chain.dues import Key
from samkoll.reports.chain.services import DecisionInput
from samkoll.reports.models import CommentFrom, DueStep, Kind, Nature

DATED = (Kind.UNIT, Kind.BOARD, Kind.MUNICIPALITY, Kind.PLAN)
"""Kinds with last days of their own year; a brief has its own day."""


def _day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class CommentForm(forms.Form):
    """A comment. The cooperation group's comes with the day of its meeting."""

    held_on = _day(_("Gruppen behandlade rapporten"))
    text = forms.CharField(
        label=_("Synpunkter"),
        help_text=_("Skrivs ut i rapporten. Hade gruppen inga synpunkter skriver du det."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def __init__(self, data: Any, *, of: CommentFrom, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        if of == CommentFrom.SAFETY:
            del self.fields["held_on"]
            self.fields["text"].help_text = _("Skrivs ut i rapporten med ditt uppdrag.")


class ReturnForm(forms.Form):
    """Why something goes back."""

    comment = forms.CharField(
        label=_("Vad behöver ändras?"),
        help_text=_("Den som lämnade in läser det på sin startsida."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class CorrectForm(forms.Form):
    """Why a new version is made."""

    reason = forms.CharField(
        label=_("Varför rättas rapporten?"),
        help_text=_("Skrivs ut i den nya versionen."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class DecisionForm(forms.Form):
    """What the minutes say."""

    nature = forms.ChoiceField(
        label=_("Vad gjorde nämnden?"), choices=Nature, widget=forms.RadioSelect
    )
    decided_on = _day(_("Sammanträdesdag"))
    paragraph = forms.CharField(label=_("Paragraf"), max_length=20, help_text=_("Till exempel 14."))
    diary_number = forms.CharField(
        label=_("Diarienummer"), max_length=40, help_text=_("Till exempel KS-2024/976.")
    )
    text = forms.CharField(
        label=_("Beslutets text"),
        help_text=_("Som i protokollet. Skrivs ut i rapporten."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    @property
    def typed(self) -> DecisionInput:
        """The decision of a valid form."""
        clean = self.cleaned_data
        return DecisionInput(
            Nature(clean["nature"]), clean["decided_on"], clean["paragraph"],
            clean["diary_number"], clean["text"],
        )  # fmt: skip


class DaysForm(forms.Form):
    """The last day of each step of a year, empty where there is none."""

    def __init__(self, data: Any, *, days: Mapping[tuple[str, str], date]) -> None:
        super().__init__(data)
        for kind, step in _dated():
            label = f"{kind.label}: {str(step.label).lower()}"
            self.fields[f"{kind}-{step}"] = _day(label, required=False)
            self.initial[f"{kind}-{step}"] = days.get((kind, step))

    @property
    def typed(self) -> dict[Key, date | None]:
        """The days of a valid form."""
        return {(k, s): self.cleaned_data[f"{k}-{s}"] for k, s in _dated()}


def _dated() -> list[tuple[Kind, DueStep]]:
    return [(kind, step) for kind in DATED for step in awaited.due_steps(kind)]
