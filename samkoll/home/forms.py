"""Choices of the home pages."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkoll.audit.queries import Filter
from samkoll.core.months import Month
from samkoll.web.page import Words


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


class LogForm(forms.Form):
    """What of a log to show; everything empty means all."""

    vem = forms.CharField(label=gettext_lazy("Vem"), required=False)
    vad = forms.ChoiceField(label=gettext_lazy("Vad"), required=False)
    galler = forms.CharField(label=gettext_lazy("Gäller"), required=False)

    @property
    def wanted(self) -> Filter:
        """What was asked for; an unknown kind finds nothing."""
        return Filter(*(self.data.get(name, "").strip() for name in ("vem", "vad", "galler")))


def log_form(data: QueryDict, kinds: Iterable[tuple[str, Words]]) -> LogForm:
    """The form with these kinds of rows to choose from."""
    form = LogForm(data)
    form.fields["vad"].choices = [("", _("Allt")), *kinds]  # type: ignore[attr-defined]
    return form
