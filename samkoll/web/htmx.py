"""Partial answers: one template serves the swap of a region and, in the frame, a whole page."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samkoll.web.page import Page

if TYPE_CHECKING:
    from samkoll.accounts.models import User


class AuthedRequest(HttpRequest):
    """A request of a page that requires signing in: there is a user, and ``htmx`` is set."""

    user: User
    htmx: bool


def is_partial(request: HttpRequest) -> bool:
    """Whether htmx asks for a region. A boosted link or a restored history asks for a page."""
    asked = request.headers.get("HX-Request") == "true"
    return asked and request.headers.get("HX-Request-Type") != "full"


def render_fragment(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """The region alone for htmx; otherwise the same region as a page of its own in the frame.

    Give ``page`` (a ``Page``) in the context, or the page is called "Samkoll". A region that is
    a table row names ``fragment_shell="web/row_shell.html"`` so that it stands in a table.
    """
    if is_partial(request):
        return render(request, template, dict(context), status=status)
    whole = {"page": Page(title=_("Samkoll")), "fragment_shell": None, **context}
    return render(request, "web/fragment.html", {**whole, "fragment": template}, status=status)
