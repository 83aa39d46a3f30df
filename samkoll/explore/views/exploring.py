"""The index of statistics, and exploring: any figure of any unit in one page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samkoll.explore.places import PLACES
from samkoll.web.htmx import AuthedRequest
from samkoll.web.page import Page


@require_GET
def index(request: AuthedRequest) -> HttpResponse:
    """What there is to see: ready views and the pages of statistics."""
    notice = _("Kommunens siffror om sjukfrånvaro, personal och tid, räknade på ett sätt.")
    page = Page(title=_("Statistik"), notice=notice, wide=True)
    return render(request, "explore/index.html", {"page": page, "places": PLACES})


@require_GET
def explore(request: AuthedRequest) -> HttpResponse:
    """One metric of a unit or board, broken down and over time."""
    page = Page(title=_("Utforska"), wide=True)
    return render(request, "explore/explore.html", {"page": page})
