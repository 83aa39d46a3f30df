"""The metric catalogue, and what the municipality keeps itself for its figures."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samkoll.core.access import require
from samkoll.core.errors import DomainError
from samkoll.explore import catalogue, catalogue_parameters
from samkoll.explore.catalogue_forms import CostYearForm, LimitForm
from samkoll.stats import metrics as known
from samkoll.stats import policies, services
from samkoll.stats.models import CostYear, Limit
from samkoll.web.htmx import AuthedRequest, render_fragment
from samkoll.web.page import Crumb, Page

FORM = require_http_methods(["GET", "POST"])
YEARS = range(2000, 2100)


@require_GET
def metrics(request: AuthedRequest) -> HttpResponse:
    """Every metric by family; ``?q=`` keeps those that have every word."""
    asked = request.GET.get("q", "").strip()[:100]
    page = Page(
        title=_("Mått"),
        notice=_("Så räknas varje siffra: definition, formel, källa och var den används."),
        wide=True,
    )
    context = {"page": page, "shelves": catalogue.shelves(asked), "asked": asked}
    return render(request, "explore/catalogue/metrics.html", context)


@require_GET
def metric(request: AuthedRequest, key: str) -> HttpResponse:
    """Everything about one metric. 404: no such metric."""
    try:
        found = known.lookup(key)
    except known.UnknownMetric:
        raise Http404 from None
    shown = catalogue.page_of(found)
    page = Page(title=shown.title, notice=shown.definition, crumbs=(_metrics(),))
    explore_url = f"{reverse('explore:explore')}?matt={key}"
    context = {"page": page, "metric": shown, "explore_url": explore_url}
    return render(request, "explore/catalogue/metric.html", context)


@require_GET
def parameters(request: AuthedRequest) -> HttpResponse:
    """Limits and yearly costs, for everybody to read; buttons for who may change them."""
    today = timezone.localdate()
    verdict = policies.can_change_parameters(request.user, today)
    year = catalogue_parameters.next_year(today.year)
    page = Page(
        title=_("Gränser och kostnader"),
        notice=_("Kommunens egna antaganden bakom varningar och uppskattade kostnader."),
        wide=True,
    )
    context = {
        "page": page,
        "limits": catalogue_parameters.limits(editable=bool(verdict)),
        "costs": catalogue_parameters.cost_years(editable=bool(verdict)),
        "verdict": verdict,
        "year": year,
    }
    return render(request, "explore/catalogue/parameters.html", context)


@FORM
def limit(request: AuthedRequest, pk: int | None = None) -> HttpResponse:
    """Write a limit: a new one, or one that is kept. 422: it cannot be kept yet."""
    today = timezone.localdate()
    require(policies.can_change_parameters(request.user, today))
    row = None if pk is None else get_object_or_404(Limit, pk=pk)
    form = LimitForm.of(request.POST or None, row)

    def do() -> None:
        services.save_limit(limit_id=pk, values=form.cleaned_data, actor=request.user, today=today)

    if _saved(request, form, do):
        messages.success(request, _("Gränsen är sparad."))
        return redirect("explore:parameters")
    remove_url = reverse("explore:remove_limit", args=[pk]) if row else ""
    title = _("Ändra gräns") if row else _("Ny gräns")
    return _form(request, form, title, "explore/catalogue/_limit.html", remove_url=remove_url)


@require_POST
def remove_limit(request: AuthedRequest, pk: int) -> HttpResponse:
    """Take a limit away: the earlier one holds on. 404: no such limit."""
    today = timezone.localdate()
    require(policies.can_change_parameters(request.user, today))
    try:
        services.remove_limit(limit_id=pk, actor=request.user, today=today)
    except Limit.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("Gränsen är borttagen. Den förra gäller igen."))
    return redirect("explore:parameters")


@FORM
def cost_year(request: AuthedRequest, year: int) -> HttpResponse:
    """Write one year's costs; a new year starts from the one before. 404: no such year."""
    today = timezone.localdate()
    require(policies.can_change_parameters(request.user, today))
    if year not in YEARS:
        raise Http404
    row = CostYear.objects.filter(year=year).first() or catalogue_parameters.year_before(year)
    form = CostYearForm(request.POST or None, row=row)

    def do() -> None:
        services.save_cost_year(
            year=year,
            amounts=form.amounts,
            sources=form.sources,
            checked_on=form.cleaned_data["checked_on"],
            actor=request.user,
            today=today,
        )

    if _saved(request, form, do):
        messages.success(request, _("Kostnaderna för %(year)s är sparade.") % {"year": year})
        return redirect("explore:parameters")
    title = _("Kostnader %(year)s") % {"year": year}
    return _form(request, form, title, "explore/catalogue/_cost_year.html")


def _metrics() -> Crumb:
    return Crumb(_("Mått"), reverse("explore:metrics"))


def _form(
    request: AuthedRequest, form: BaseForm, title: str, template: str, **more: Any
) -> HttpResponse:
    crumb = Crumb(_("Gränser och kostnader"), reverse("explore:parameters"))
    context = {
        "page": Page(title=title, crumbs=(crumb,)),
        "form": form,
        "back_url": crumb.url,
        "has_errors": bool(form.errors),
        **more,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render_fragment(request, template, context, status=status)


def _saved(request: AuthedRequest, form: BaseForm, do: Callable[[], None]) -> bool:
    """Whether a form was sent, is valid and its service did it; else the form says why not."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        do()
    except DomainError as error:
        form.add_error(None, str(error))
        return False
    return True
