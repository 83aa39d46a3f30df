"""Addresses for tests of the floor alone: the kit, signing in, and pages that fail on purpose."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from samkoll.core.errors import DomainError

handler400 = "samkoll.web.problems.bad_request"
handler403 = "samkoll.web.problems.refused"
handler404 = "samkoll.web.problems.not_found"
handler500 = "samkoll.web.problems.broken"


@login_not_required
def breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("on purpose")


@login_not_required
def forbids(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("Bara enhetens chef kan se sidan.")


@login_not_required
def fails(request: HttpRequest) -> HttpResponse:
    raise DomainError("Månaden är låst. Välj en senare månad.")


urlpatterns = [
    path("", include("samkoll.web.urls")),
    path("konto/", include("allauth.account.urls")),
    path("breaks", breaks),
    path("forbids", forbids),
    path("fails", fails),
]
