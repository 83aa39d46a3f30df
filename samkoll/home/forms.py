"""Choices of the home pages."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy

from samkoll.core.months import Month


class MonthForm(forms.Form):
    """The last month of the twelve that the figures are about."""

    manad = forms.ChoiceField(label=gettext_lazy("Tolv månader till och med"))


def month_form(ends: Iterable[Month], chosen: Month) -> MonthForm | None:
    """The form with every month that has figures, newest first; None with nothing to choose."""
    months = sorted(ends, reverse=True)
    if len(months) < 2:
        return None
    form = MonthForm(initial={"manad": str(chosen)})
    form.fields["manad"].choices = [(str(month), str(month)) for month in months]  # type: ignore[attr-defined]
    return form
