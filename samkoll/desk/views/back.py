"""The way back to the page that a small form stood on."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from samkoll.web.htmx import AuthedRequest


def back(request: AuthedRequest, url: str) -> HttpResponse:
    """To ``url`` when it is one of ours, else to the start page."""
    return redirect(url if is_ours(request, url) else resolve_url(settings.LOGIN_REDIRECT_URL))


def is_ours(request: AuthedRequest, url: str) -> bool:
    """Whether an address leads to a page of ours."""
    return url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure())
