"""The list of risks, the same as a file, and the matrix with the number of risks in each cell."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samkoll.desk import queries as desk
from samkoll.org import queries as org
from samkoll.org.models import Unit
from samkoll.org.registry import pages as unit_pages
from samkoll.risks import listing, policies, queries, showing
from samkoll.risks.listing import BEFORE, NOW, Choice
from samkoll.risks.views.common import unit_named
from samkoll.web import lists
from samkoll.web.htmx import AuthedRequest
from samkoll.web.page import Crumb, Page


@require_GET
def index(request: AuthedRequest, code: str = "") -> HttpResponseBase:
    """Every risk that I may see, or those of a unit and all below it.

    ``?format=xlsx`` (or csv) gives what is shown, all pages, as a file.
    """
    today = timezone.localdate()
    unit = unit_named(code) if code else None
    choice = Choice.of(request.user, unit, request.GET, today)
    if "format" in request.GET:
        answer = listing.file(choice, form=request.GET["format"])
        if answer is None:
            raise Http404
        return answer
    held = org.permissions_of(request.user, today)
    context = {
        "page": _page(unit),
        "unit": unit,
        "here": listing.read(choice, request, pick="risk:write" in held),
        "saved": desk.saved_views(request.user, listing.PAGE_KEY, request.GET),
        "clear_url": request.path,
        "picture_url": _address("matrix", unit, request.GET),
        "exports": [(f.upper(), _with(request.GET, format=f)) for f in ("xlsx", "csv")],
        "write": policies.can_write(request.user, unit, today) if unit else None,
        "propose": policies.can_propose(request.user, unit, today) if unit else None,
        "gathers": "risk:write" in held,
        "matrices": "org:write" in held,
    }
    return render(request, "risks/index.html", context)


@require_GET
def matrix(request: AuthedRequest, code: str = "") -> HttpResponse:
    """The matrix with counts, one picture for each version in use. ``?varde=fore`` shows the
    values before measures. Every count opens the list of just those risks."""
    today = timezone.localdate()
    unit = unit_named(code) if code else None
    choice = Choice.of(request.user, unit, request.GET, today)
    found = queries.found(request.user, choice.wanted, today)
    counts = queries.cells(found, choice.wanted.when)
    names = sorted({name for name, _p, _c in counts}) or [queries.default_matrix().name]
    known = queries.matrices_named(names)
    first, more = listing.filters(choice)
    switch = lists.filter_of(
        choice.query, "varde", _("Värden"), [(NOW, _("Nu")), (BEFORE, _("Före åtgärder"))],
        several=False,
    )  # fmt: skip
    context = {
        "page": Page(
            title=_("Riskmatris"),
            notice=_("Antalet risker i varje ruta. Välj ett antal för att se riskerna."),
            crumbs=(*_above(unit), Crumb(_("Risker"), _address("index", unit, QueryDict()))),
        ),
        "filters": [switch, *first],
        "more": more,
        "more_open": any(chip.on for each in more for chip in each.chips),
        "clear_url": request.path,
        "pictures": [
            showing.counted(
                known[name], counts, _link(choice, unit, name), _caption(name, len(names))
            )
            for name in names
        ],
        "total": sum(counts.values()),
        "list_url": _address("index", unit, request.GET),
    }
    return render(request, "risks/matrix.html", context)


def _caption(name: str, count: int) -> str:
    """Which matrix it is, where there are several."""
    if count == 1:
        return _("Risker efter sannolikhet och konsekvens")
    return _("Risker bedömda på matrisen %(name)s") % {"name": name}


def _link(choice: Choice, unit: Unit | None, name: str) -> showing.Link:
    when = BEFORE if choice.wanted.when == "before" else NOW

    def link(probability: int, consequence: int) -> str:
        query = choice.query.copy()
        query["cell"] = f"{name}:{probability}:{consequence}"
        query["varde"] = when
        return _address("index", unit, query)

    return link


def _page(unit: Unit | None) -> Page:
    return Page(
        title=_("Risker"),
        notice=_("Det som kan skada någon i arbetet, hur allvarligt det är och vad som görs."),
        crumbs=_above(unit),
        help_url="",
        wide=True,
    )


def _above(unit: Unit | None) -> tuple[Crumb, ...]:
    return (Crumb(unit.name, unit_pages.unit_url(unit.code)),) if unit else ()


def _address(name: str, unit: Unit | None, query: QueryDict) -> str:
    url = reverse(f"risks:unit_{name}", args=[unit.code]) if unit else reverse(f"risks:{name}")
    kept = query.copy()
    for left_out in (lists.PAGE, "format"):
        kept.pop(left_out, None)
    return f"{url}?{kept.urlencode()}" if kept else url


def _with(query: QueryDict, **more: str) -> str:
    kept = query.copy()
    kept.pop(lists.PAGE, None)
    return f"?{kept.urlencode()}&{urlencode(more)}" if kept else f"?{urlencode(more)}"
