"""Forecasts: what the latest one says, having one made, and the times that are left out."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samkoll.core.access import require
from samkoll.explore import chance_forms, forecast_page, services
from samkoll.explore import forecast as forecasting
from samkoll.explore.forecast import NotAPeriod
from samkoll.stats import policies
from samkoll.stats import queries as stats
from samkoll.stats.charts import inline
from samkoll.stats.forecast import models
from samkoll.web.htmx import AuthedRequest
from samkoll.web.page import Crumb, Page


@require_GET
def forecast(request: AuthedRequest) -> HttpResponse:
    """The latest forecast of the municipality or an administration: ``?enhet=BUF&matt=…``."""
    metric = chance_forms.metric_of(request.GET.get("matt", ""))
    code = request.GET.get("enhet", "").strip().upper()
    today = timezone.localdate()
    page = Page(
        title=_("Prognos"),
        notice=_("Visar vart sjukfrånvaron är på väg, hur säkert det är och hur bra det har gått."),
        wide=True,
    )
    context = {
        "page": page,
        "metric": metric,
        "verdict": policies.can_change_parameters(request.user, today),
        "installed": models.is_installed(),
        "form": chance_forms.forecast_form(metric, "", []),
    }
    made, facts = forecasting.newest(metric), stats.current_facts()
    if made and facts.months:
        here = forecast_page.page(made, facts, code)
        parts = forecast_page.choices(made, facts)
        context |= {
            "here": here,
            "form": chance_forms.forecast_form(metric, code, parts),
            "svg": inline(here.chart) if here.chart else "",
        }
    return render(request, "explore/forecast/forecast.html", context)


@require_POST
def make(request: AuthedRequest) -> HttpResponse:
    """Have a forecast made by a worker, and show how far it has come."""
    metric = chance_forms.metric_of(request.POST.get("matt", ""))
    job = services.order_forecast(metric=metric, actor=request.user, now=timezone.now())
    return redirect("home:job", job.pk)


@require_http_methods(["GET", "POST"])
def periods(request: AuthedRequest) -> HttpResponse:
    """The times that forecasts and control charts leave out. 422: a line cannot be read."""
    require(policies.can_change_parameters(request.user, timezone.localdate()))
    form = chance_forms.periods_form(request.POST or None, forecasting.periods())
    if request.method == "POST" and form.is_valid():
        try:
            services.change_periods(
                periods=forecasting.parse(form.cleaned_data["perioder"]),
                actor=request.user,
                now=timezone.now(),
            )
            return redirect("explore:forecast")
        except NotAPeriod as error:
            form.add_error("perioder", str(error))
    context = {
        "page": Page(
            title=_("Extraordinära tider"),
            notice=_("De här månaderna lämnas utanför prognoser och styrdiagram."),
            crumbs=(Crumb(_("Prognos"), reverse("explore:forecast")),),
        ),
        "form": form,
        "has_errors": bool(form.errors),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "explore/forecast/periods.html", context, status=status)
