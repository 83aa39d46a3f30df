"""A unit's page: what it is, its figures, the units below it with the deviating ones first."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from samkoll.home import unit_page, units
from samkoll.org import queries as org
from samkoll.org.models import Unit
from samkoll.web.htmx import AuthedRequest
from samkoll.web.page import Crumb, Page


@require_GET
def unit(request: AuthedRequest, code: str) -> HttpResponse:
    """Published figures for everybody; totals of small groups for those who lead the unit."""
    today = timezone.localdate()
    try:
        shown = org.unit_by_code(code)
    except Unit.DoesNotExist as error:
        raise Http404 from error
    units.remember(request, shown)
    above = org.above(shown)
    context = {
        "page": Page(
            title=shown.name, crumbs=tuple(Crumb(u.name, units.url(u.code)) for u in above)
        ),
        "unit": shown,
        "here": unit_page.unit_page(request.user, shown, today),
    }
    return render(request, "home/unit.html", context)
