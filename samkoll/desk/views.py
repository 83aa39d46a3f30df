"""Drafts: saved by script while somebody types, thrown away by a button."""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from samkoll.desk import services
from samkoll.web.htmx import AuthedRequest


@require_POST
def draft(request: AuthedRequest, key: str) -> HttpResponse:
    """Keep the fields of a form as its draft: 204. 422: too large."""
    content = {
        name: [str(value) for value in request.POST.getlist(name)]
        for name in request.POST
        if name != "csrfmiddlewaretoken"
    }
    services.save_draft(owner=request.user, key=key, content=content, now=timezone.now())
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@require_POST
def discard_draft(request: AuthedRequest, key: str) -> HttpResponse:
    """Throw the draft away and go back to its form."""
    services.discard_draft(owner=request.user, key=key)
    back = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    return redirect(back if ours else resolve_url(settings.LOGIN_REDIRECT_URL))
