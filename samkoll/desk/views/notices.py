"""What happened without the person: read it, go to it, tick it off."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samkoll.desk import queries, services
from samkoll.web.htmx import AuthedRequest
from samkoll.web.page import Page


@require_http_methods(["GET", "POST"])
def notice(request: AuthedRequest, pk: int) -> HttpResponse:
    """An own notice; POST ticks it off and goes to the start page. 404: ticked off, another's."""
    found = get_object_or_404(queries.notices(request.user), pk=pk)
    if request.method == "POST":
        services.tick_off(notice=found, now=timezone.now())
        return redirect(settings.LOGIN_REDIRECT_URL)
    context = {"page": Page(title=_("Besked till dig")), "notice": found}
    return render(request, "desk/notice.html", context)
