"""The choices of the pages about chance and forecasts: fields are the parts of the address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkoll.explore.chance import LEVELS, METRICS, Asked
from samkoll.explore.exploring_form import Choice, PlaceField
from samkoll.explore.forecast import Period
from samkoll.stats import metrics
from samkoll.stats import queries as stats


class FunnelForm(forms.Form):
    """Which groups, of which metric and month."""

    matt = Choice(label=gettext_lazy("Mått"))
    niva = Choice(label=gettext_lazy("Grupper"))
    inom = Choice(label=gettext_lazy("Inom"), required=False)
    manad = Choice(label=gettext_lazy("Tolv månader till och med"))
    spridning = Choice(label=gettext_lazy("Gränserna visar"), required=False)


class ControlForm(forms.Form):
    """Whose months, of which metric."""

    matt = Choice(label=gettext_lazy("Mått"))
    enhet = PlaceField(label=gettext_lazy("Enhet"), required=False)


class ForecastForm(forms.Form):
    """Whose forecast, of which metric."""

    matt = Choice(label=gettext_lazy("Mått"))
    enhet = Choice(label=gettext_lazy("Gäller"), required=False)


class PeriodsForm(forms.Form):
    """The times that are left out, one a line."""

    perioder = forms.CharField(
        label=gettext_lazy("Perioder"),
        help_text=gettext_lazy(
            "En period per rad: första månad, sista månad och skäl, som 2020-03 – 2022-03 Pandemin."
        ),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


def funnel_form(asked: Asked, administrations: Iterable[tuple[str, str]]) -> FunnelForm:
    """The choices that the funnel shows."""
    form = FunnelForm(
        {
            "matt": asked.metric,
            "niva": asked.level,
            "inom": asked.under,
            "manad": str(asked.month),
            "spridning": "med" if asked.wide else "",
        }
    )
    _choose(form, "matt", _metrics())
    _choose(form, "niva", LEVELS.items())
    _choose(form, "inom", [("", _("Hela kommunen")), *administrations])
    _choose(form, "manad", [(str(end), str(end)) for end in reversed(asked.ends)])
    wide = _("Slumpen, och hur grupper brukar skilja sig")
    _choose(form, "spridning", [("", _("Slumpen")), ("med", wide)])
    return form


def control_form(metric: str, unit: str) -> ControlForm:
    """The choices that the control chart shows."""
    form = ControlForm({"matt": metric, "enhet": unit})
    _choose(form, "matt", _metrics())
    return form


def forecast_form(metric: str, unit: str, parts: Iterable[tuple[str, str]]) -> ForecastForm:
    """The choices that the forecast shows."""
    form = ForecastForm({"matt": metric, "enhet": unit})
    _choose(form, "matt", _metrics())
    _choose(form, "enhet", parts)
    return form


def periods_form(data: Any, periods: Iterable[Period]) -> PeriodsForm:
    """The form with what is kept, or with what was typed."""
    return PeriodsForm(data, initial={"perioder": "\n".join(str(each) for each in periods)})


def metric_of(word: str) -> str:
    """The metric that the address names, else sick leave in all."""
    return word if word in METRICS else METRICS[0]


def _metrics() -> list[tuple[str, str]]:
    return [(key, stats.label(metrics.lookup(key))) for key in METRICS]


def _choose(form: forms.Form, name: str, choices: Iterable[tuple[str, Any]]) -> None:
    form.fields[name].choices = list(choices)  # type: ignore[attr-defined]
