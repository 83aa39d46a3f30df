"""Drafts: saved by script while somebody types, thrown away by a button."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from samkoll.desk import services
from samkoll.desk.views.back import back
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
    return back(request, request.POST.get("next", ""))
