"""Choices of the comparison, and the file of a load."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkoll.explore.comparison import Comparison
from samkoll.explore.comparison_page import sex_words


class ChoiceForm(forms.Form):
    """Key figure, sex, year, and one more group."""

    nyckeltal = forms.ChoiceField(label=gettext_lazy("Nyckeltal"))
    kon = forms.ChoiceField(label=gettext_lazy("Kön"))
    ar = forms.ChoiceField(label=gettext_lazy("År"))
    grupp = forms.ChoiceField(label=gettext_lazy("Jämför också med"), required=False)


def choice_form(shown: Comparison) -> ChoiceForm:
    """The form as the page stands."""
    asked, choices, words = shown.asked, shown.choices, sex_words()
    form = ChoiceForm(
        initial={
            "nyckeltal": asked.kpi,
            "kon": asked.sex,
            "ar": str(asked.year),
            "grupp": asked.group,
        }
    )
    offered = {
        "nyckeltal": choices.kpis,
        "kon": tuple((sex, words[sex]) for sex in choices.sexes),
        "ar": tuple((str(year), str(year)) for year in choices.years),
        "grupp": (("", _("Ingen fler grupp")), *choices.groups),
    }
    for name, pairs in offered.items():
        form.fields[name].choices = pairs  # type: ignore[attr-defined]
    return form


class FileForm(forms.Form):
    """A file with what Kolada gives."""

    file = forms.FileField(
        label=gettext_lazy("Fil från Kolada"),
        help_text=gettext_lazy(
            "Svaret från Koladas API som JSON, eller en CSV-fil med kolumnerna kpi, municipality, "
            "period, gender och value. Du får granska innan något ändras."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".json,.csv,.txt"}),
    )
