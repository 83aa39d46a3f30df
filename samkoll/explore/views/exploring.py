"""The index of statistics, and exploring: any figure of any unit in one page."""

from __future__ import annotations

from http import HTTPStatus

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samkoll.core.errors import DomainError
from samkoll.core.months import NotAMonth
from samkoll.desk import queries as desk
from samkoll.explore import certificate, exploring, exploring_form, exports, ready
from samkoll.explore.exploring_address import MONTH, Address, is_short
from samkoll.explore.exploring_place import UnknownPlace
from samkoll.explore.exploring_reader import NoFigures
from samkoll.explore.places import PLACES
from samkoll.stats import queries as stats
from samkoll.web.htmx import AuthedRequest
from samkoll.web.page import Crumb, Page
from samkoll.web.registry import frame


@require_GET
def index(request: AuthedRequest) -> HttpResponse:
    """What there is to see: ready views and the pages of statistics."""
    notice = _("Kommunens siffror om sjukfrånvaro, personal och tid, räknade på ett sätt.")
    page = Page(title=_("Statistik"), notice=notice, wide=True)
    found = ready.views(stats.current_facts(), frame.unit(request))
    return render(request, "explore/index.html", {"page": page, "views": found, "places": PLACES})


@require_GET
def explore(request: AuthedRequest) -> HttpResponse:
    """One metric or set of a unit or board, broken down and over time; everything in the address.

    ``?format=xlsx`` (csv; svg, png) and ``&del=tid`` give a table or picture as a file, with
    published figures only. 422: no such unit, board or month, said beside its field.
    """
    address, today = Address.of(request.GET), timezone.localdate()
    try:
        asked = exploring.ask(address)
    except (UnknownPlace, NoFigures, NotAMonth) as error:
        return _wrong(request, address, error)
    if asked is None:
        return render(request, "explore/explore.html", {"page": _page()})
    if "format" in request.GET:
        return _file(request, asked)
    if not is_short(request.GET, asked.address):
        return redirect(reverse("explore:explore") + asked.address.url())
    shown = exploring.shown(asked, request.user, today)
    context = {
        "page": _page(shown.above),
        "here": shown,
        "form": exploring_form.of(asked),
        "by": asked.address.by,
        "saved": desk.saved_views(request.user, exploring.PAGE_KEY, request.GET),
        "files": exports.links(asked),
    }
    return render(request, "explore/explore.html", context)


@require_GET
def figure(request: AuthedRequest) -> HttpResponse:
    """Where one published figure comes from. 404: a part of the address does not exist."""
    asked = certificate.Asked.of(request.GET)
    facts = stats.current_facts()
    found = certificate.of(request.user, asked, facts, timezone.localdate()) if asked else None
    if found is None:
        raise Http404
    notice = _("Var siffran kommer från och hur den är räknad.")
    crumbs = (
        Crumb(_("Statistik"), reverse("explore:index")),
        Crumb(_("Utforska"), reverse("explore:explore")),
    )
    context = {"page": Page(title=found.title, notice=notice, crumbs=crumbs), "figure": found}
    return render(request, "stats/figure.html", context)


def _file(request: AuthedRequest, asked: exploring.Exploration) -> HttpResponse:
    """What the page shows as a file. 404: no such format or part."""
    answer = exports.response(asked, request.GET["format"], request.GET.get("del", ""))
    if answer is None:
        raise Http404
    return answer


def _wrong(request: AuthedRequest, address: Address, error: DomainError) -> HttpResponse:
    """The choices as they were made, with what is wrong beside the field."""
    form = exploring_form.wrong(address)
    form.add_error(getattr(error, "field", MONTH), str(error))
    context = {"page": _page(), "form": form, "by": address.by, "has_errors": True}
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "explore/explore.html", context, status=status)


def _page(above: tuple[Crumb, ...] = ()) -> Page:
    notice = _("Välj vems siffror du vill se och hur. Adressen går att dela med andra.")
    return Page(title=_("Utforska statistiken"), notice=notice, crumbs=above, wide=True)
