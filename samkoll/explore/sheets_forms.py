"""Forms of the statistics sheets: a run, and the schedule."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from samkoll.core.months import Month
from samkoll.explore.sheets import title_of


class RunForm(forms.Form):
    """Which month, and whether managers get a mail besides the notice."""

    month = forms.ChoiceField(label=_("Tolv månader till och med"))
    mail = forms.BooleanField(
        label=_("Skicka e-post med en länk"),
        help_text=_("Varje chef får ett besked i Samkoll. Inga siffror skickas med e-post."),
        required=False,
        initial=True,
    )


def run_form(data: QueryDict | None, months: Iterable[Month], chosen: Month | None) -> RunForm:
    """The form with the months that have figures."""
    form = RunForm(data, initial={"month": str(chosen or ""), "mail": True}, prefix="run")
    choices = [(str(month), f"{month} ({title_of(month)})") for month in months]
    form.fields["month"].choices = choices  # type: ignore[attr-defined]
    return form


class ScheduleForm(forms.Form):
    """When sheets are made without anybody asking."""

    each_tertial = forms.BooleanField(
        label=_("Efter varje tertial (april, augusti och december)"), required=False
    )
    each_year = forms.BooleanField(label=_("Efter varje år (december)"), required=False)
    days_after = forms.IntegerField(
        label=_("Dagar efter periodens slut"),
        help_text=_("Saknas underlaget då görs bladen när det har lästs in."),
        min_value=1,
        max_value=90,
    )
    mail = forms.BooleanField(label=_("Skicka e-post med en länk"), required=False)
