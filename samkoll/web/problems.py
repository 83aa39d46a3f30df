"""Pages that say no: each says why and what to do instead. URL confs name them as handlers."""

from __future__ import annotations

import logging
import secrets
from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from samkoll.core.errors import DomainError
from samkoll.web.htmx import is_partial
from samkoll.web.page import Page

log = logging.getLogger(__name__)


def did_not_work(request: HttpRequest, error: DomainError) -> HttpResponse:
    """422: something that the user may try and that does not work."""
    return _answer(request, HTTPStatus.UNPROCESSABLE_ENTITY, _("Det gick inte"), str(error))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the browser sent something that no form of ours sends."""
    why = _("Förfrågan gick inte att läsa. Gå tillbaka, ladda om sidan och försök igen.")
    return _answer(request, HTTPStatus.BAD_REQUEST, _("Förfrågan gick inte att läsa"), why)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: visible but not allowed, with the policy's sentence."""
    reason = str(exception) if isinstance(exception, PermissionDenied) else ""
    why = reason or _("Din roll ger inte rätt till det här.")
    return _answer(request, HTTPStatus.FORBIDDEN, _("Du får inte göra det här"), why, _ask())


@login_not_required
def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of the CSRF check: mostly a form that was open when the session ended."""
    why = _("Sidan har varit öppen för länge. Gå tillbaka, ladda om sidan och skicka igen.")
    return _answer(request, HTTPStatus.FORBIDDEN, _("Formuläret har blivit för gammalt"), why)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: it does not exist, or the user may not know that it does."""
    why = _("Sidan finns inte, eller så har du inte tillgång till den.")
    do = _("Kontrollera adressen, eller sök efter det du letar efter.")
    return _answer(request, HTTPStatus.NOT_FOUND, _("Sidan finns inte"), why, do)


def broken(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours, logged with the number that the user reads."""
    number = secrets.token_hex(4).upper()
    log.error("incident %s: %s %s", number, request.method, request.path, exc_info=True)
    why = _("Något gick fel hos oss. Felet är antecknat med nummer %(number)s.") % {
        "number": number
    }
    do = _("Försök igen om en stund. Uppge numret om du kontaktar supporten.")
    context = {"page": Page(title=_("Något gick fel")), "why": why, "do": do}
    return HttpResponse(
        render_to_string("web/broken.html", context), status=HTTPStatus.INTERNAL_SERVER_ERROR
    )


def _ask() -> str:
    return _("Be din chef eller systemets administratör om du behöver rättigheten.")


def _answer(
    request: HttpRequest, status: HTTPStatus, title: str, why: str, do: str = ""
) -> HttpResponse:
    context = {"page": Page(title=title), "why": why, "do": do, "status": status.value}
    if not is_partial(request):
        return render(request, "web/problem.html", context, status=status)
    response = render(request, "web/_problem.html", context, status=status)
    response.headers["HX-Retarget"] = "#messages"
    response.headers["HX-Reswap"] = "innerHTML"
    return response
