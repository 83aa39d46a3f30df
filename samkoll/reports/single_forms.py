"""Web forms of plans and briefs: opening one, and a measure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkoll.core.errors import DomainError
from samkoll.core.months import Month
from samkoll.org.models import Unit
from samkoll.reports import health_factors
from samkoll.reports.models import WorkForm
from samkoll.reports.plans import MeasureInput


class MonthField(forms.CharField):
    """A month as 2024-04."""

    def clean(self, value: Any) -> Any:
        """Raises: ValidationError for what is not a month."""
        try:
            return Month.parse(super().clean(value))
        except DomainError as error:
            raise forms.ValidationError(str(error)) from error


class OpenForm(forms.Form):
    """Whose, and the last month of the figures."""

    unit = forms.ChoiceField(label=gettext_lazy("För"))
    month = MonthField(
        label=gettext_lazy("Siffror till och med"),
        help_text=gettext_lazy("Skriv månaden som 2024-04. Siffrorna gäller tolv månader."),
        max_length=7,
    )

    def __init__(self, data: Any, *, places: Sequence[Unit]) -> None:
        super().__init__(data)
        self.places = {str(unit.pk): unit for unit in places}
        choices = [(key, unit.name) for key, unit in self.places.items()]
        self.fields["unit"].choices = choices  # type: ignore[attr-defined]

    def unit_chosen(self) -> Unit:
        """Only after ``is_valid``."""
        return self.places[self.cleaned_data["unit"]]


class PlanForm(OpenForm):
    """A plan and its year."""

    year = forms.IntegerField(label=gettext_lazy("Planens år"), min_value=2000, max_value=2099)


class BriefForm(OpenForm):
    """A brief over a month or a tertial."""

    months = forms.ChoiceField(
        label=gettext_lazy("Brevet gäller"),
        choices=(("1", gettext_lazy("Månaden")), ("4", gettext_lazy("Tertialet"))),
        widget=forms.RadioSelect,
        initial="1",
    )


class MeasureForm(forms.Form):
    """One measure of a plan."""

    heading = forms.CharField(label=gettext_lazy("Åtgärd"), max_length=200)
    done = forms.CharField(
        label=gettext_lazy("Redogörelse: det här är gjort"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("Tom rad ger nytt stycke. Börja raden med - för en punktlista."),
    )
    plan = forms.CharField(
        label=gettext_lazy("Åtgärdsplan: det här ska göras"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    form = forms.ChoiceField(
        label=gettext_lazy("Arbetsform"),
        choices=WorkForm.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "Projekt: en insats för att införa något. Process: en beslutad process som förbättras."
        ),
    )
    time_plan = forms.CharField(
        label=gettext_lazy("Tidplan"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    responsible = forms.CharField(
        label=gettext_lazy("Ansvarig roll"), max_length=200, required=False
    )
    health_factor = forms.ChoiceField(label=gettext_lazy("Friskfaktor"), required=False)

    def __init__(self, data: Any, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        choices = [("", _("Ingen särskild")), *health_factors.names().items()]
        self.fields["health_factor"].choices = choices  # type: ignore[attr-defined]

    def typed(self) -> MeasureInput:
        """What was typed. Only after ``is_valid``."""
        return MeasureInput(**self.cleaned_data)
