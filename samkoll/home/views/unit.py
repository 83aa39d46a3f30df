"""A unit's page, its tables as files, and the page of each of its figures."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import wraps

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samkoll.core.months import Month
from samkoll.home import figure_page, forms, overdue, unit_page, units
from samkoll.org import queries as org
from samkoll.org.models import Unit
from samkoll.web import export
from samkoll.web.htmx import AuthedRequest
from samkoll.web.page import Crumb, Page


def _of_unit(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of the unit with the code; a code in other letters leads to the page's one address."""

    @wraps(view)
    def page(request: AuthedRequest, code: str, **rest: str) -> HttpResponse:
        shown = _unit(code)
        if shown.code == code or request.resolver_match is None:
            return view(request, shown, **rest)
        url = reverse(request.resolver_match.view_name, kwargs={**rest, "code": shown.code})
        return redirect(f"{url}?{request.GET.urlencode()}" if request.GET else url)

    return page


@require_GET
@_of_unit
def unit(request: AuthedRequest, shown: Unit) -> HttpResponse:
    """Published figures for everybody; totals of small groups for those who lead the unit.

    ``?manad=2023-12`` chooses the month; ``?format=csv&tabell=enheter`` gives a table as a file.
    """
    today = timezone.localdate()
    asked = Month.parse(request.GET["manad"]) if request.GET.get("manad") else None
    if "format" in request.GET:
        return _file(request, shown, asked)
    units.remember(request, shown)
    here = unit_page.unit_page(request.user, shown, today, asked)
    crumbs = tuple(Crumb(branch.name, branch.url) for branch in here.above)
    context = {
        "page": Page(title=shown.name, crumbs=crumbs, wide=True),
        "unit": shown,
        "here": here,
        "form": forms.month_form(here.shown.ends, here.shown.month) if here.shown else None,
        "files": _files(asked),
        "overdue": overdue.of_unit(request.user, shown, today),
    }
    return render(request, "home/unit.html", context)


@require_GET
@_of_unit
def figure(request: AuthedRequest, shown: Unit, metric: str, sex: str, month: str) -> HttpResponse:
    """Where one published figure comes from. 404: no such unit, metric, sex or month."""
    asked = figure_page.Asked.parse(metric, sex, month)
    found = figure_page.of(request.user, shown, asked, timezone.localdate()) if asked else None
    if found is None:
        raise Http404
    line = (*org.above(shown), shown)
    crumbs = tuple(Crumb(each.name, units.url(each.code)) for each in line)
    notice = _("Var siffran kommer från och hur den är räknad.")
    context = {"page": Page(title=found.title, notice=notice, crumbs=crumbs), "figure": found}
    return render(request, "stats/figure.html", context)


def _file(request: AuthedRequest, unit: Unit, asked: Month | None) -> HttpResponse:
    table = request.GET.get("tabell", "jamforelse")
    found = unit_page.exported(unit, timezone.localdate(), asked, table)
    if found is None:
        raise Http404
    form = request.GET["format"]
    answer = export.response(found.table, form=form, name=found.name, about=found.about)
    if answer is None:
        raise Http404
    return answer


def _files(asked: Month | None) -> dict[str, list[tuple[str, str]]]:
    """The links that give each table as a file."""
    month = f"&manad={asked}" if asked else ""
    return {
        table: [(form.upper(), f"?format={form}&tabell={table}{month}") for form in export.FORMATS]
        for table in unit_page.TABLES
    }


def _unit(code: str) -> Unit:
    for spelled in (code, code.upper()):
        with suppress(Unit.DoesNotExist):
            return org.unit_by_code(spelled)
    raise Http404
