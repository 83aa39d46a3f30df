"""How far chance reaches: all groups in a funnel, one group month by month."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samkoll.explore import chance, chance_control, chance_forms, exploring_place
from samkoll.explore.exploring_place import UnknownPlace
from samkoll.stats import queries as stats
from samkoll.stats.charts import inline
from samkoll.web import export
from samkoll.web.htmx import AuthedRequest
from samkoll.web.page import Crumb, Page


@require_GET
def funnel(request: AuthedRequest) -> HttpResponse:
    """Groups by size and rate, with the limits of chance.

    ``?matt=sick_leave&niva=unit&inom=BUF&manad=2023-12&spridning=med``; ``&format=csv``: the table.
    """
    page = Page(
        title=_("Slump eller skillnad"),
        notice=_("Visar vilka grupper som skiljer sig från kommunen mer än slumpen brukar ge."),
        wide=True,
    )
    facts = stats.current_facts()
    asked = chance.Asked.of(request.GET, facts) if facts.months else None
    if asked is None:
        return render(request, "explore/chance/funnel.html", {"page": page})
    here = chance.page(asked, facts)
    if here and "format" in request.GET:
        name = f"slump-{asked.metric}-{asked.level}-{asked.month}"
        answer = export.response(here.table, form=request.GET["format"], name=name, about=here.how)
        if answer:
            return answer
    context = {
        "page": page,
        "form": chance_forms.funnel_form(asked, chance.administrations(facts)),
        "here": here,
        "svg": inline(here.chart) if here else "",
        "exports": _exports(request),
    }
    return render(request, "explore/chance/funnel.html", context)


@require_GET
def control(request: AuthedRequest) -> HttpResponse:
    """One unit month by month without its season, against the months before the latest year.

    ``?enhet=BUF&matt=sick_leave``. 422: no such unit.
    """
    metric = chance_forms.metric_of(request.GET.get("matt", ""))
    unit = request.GET.get("enhet", "").strip()
    page = Page(
        title=_("Månad för månad mot slumpen"),
        notice=_("Visar om det senaste året avviker från tiden innan, med årstiden borträknad."),
        crumbs=(Crumb(_("Slump eller skillnad"), reverse("explore:funnel")),),
        wide=True,
    )
    context = {"page": page, "form": chance_forms.control_form(metric, unit)}
    facts = stats.current_facts()
    if not facts.months:
        return render(request, "explore/chance/control.html", context)
    try:
        place = exploring_place.find(unit, "")
    except UnknownPlace as error:
        context["form"].add_error("enhet", str(error))  # type: ignore[attr-defined]
        context["has_errors"] = True
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return render(request, "explore/chance/control.html", context, status=status)
    here = chance_control.page(place, metric, facts)
    shown = here if isinstance(here, chance_control.Page) else None
    if shown and "format" in request.GET:
        name = f"manader-{metric}-{place.code}"
        form = request.GET["format"]
        answer = export.response(shown.table, form=form, name=name, about=shown.how)
        if answer:
            return answer
    context |= {
        "name": place.name,
        "here": shown,
        "refusal": "" if shown else here.sentence,
        "svg": inline(shown.chart) if shown else "",
        "exports": _exports(request),
    }
    return render(request, "explore/chance/control.html", context)


def _exports(request: AuthedRequest) -> list[tuple[str, str]]:
    query = request.GET.copy()
    links = []
    for form in export.FORMATS:
        query["format"] = form
        links.append((form.upper(), f"?{query.urlencode()}"))
    return links
