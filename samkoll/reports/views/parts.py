"""The list of units' parts, and opening those of a year."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from samkoll.org import queries as org
from samkoll.reports import policies
from samkoll.reports.parts import listing, queries, services
from samkoll.web.htmx import AuthedRequest
from samkoll.web.page import Crumb, Page


@require_GET
def index(request: AuthedRequest) -> HttpResponse:
    """The parts that the user may read: who has handed in, who has not, what came back.

    ``?samlas=12`` shows those that one report gathers.
    """
    today = timezone.localdate()
    page = Page(
        title=_("Enheternas delar"),
        notice=_("Varje enhet ger sin del av nämndens arbetsmiljörapport."),
        crumbs=(Crumb(_("Rapporter"), reverse("reports:index")),),
    )
    here = listing.read(request, request.user, today)
    start = policies.can_start_year(request.user, org.municipality(), today)
    context = {
        "page": page,
        "here": here,
        "open_year": (here.year or queries.newest_year()) if start else 0,
        "clear_url": request.path,
    }
    return render(request, "reports/parts.html", context)


@require_POST
def open_parts(request: AuthedRequest, year: int) -> HttpResponse:
    """Open the parts of a year that are missing. 422: the year's reports are not open."""
    count = services.open_parts(year=year, actor=request.user, now=timezone.now())
    said = ngettext("%(count)d del är öppnad.", "%(count)d delar är öppnade.", count)
    messages.success(request, said % {"count": count})
    return redirect(f"{reverse('reports:parts')}?ar={year}")
