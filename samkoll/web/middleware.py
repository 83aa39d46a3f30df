"""The outer edge of every answer, and the pages that say no."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers

from samkoll.core.errors import DomainError
from samkoll.web import problems
from samkoll.web.htmx import is_partial

GetResponse = Callable[[HttpRequest], HttpResponse]

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""No inline script or style, no eval, nothing from elsewhere; charts are inline SVG or files."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

_REDIRECTS = {301, 302, 303, 307, 308}


class SecurityHeaders:
    """Sets ``request.htmx`` and what every answer carries, whatever made it.

    A redirect of a partial request becomes HX-Redirect: fetch would follow it silently and the
    sign-in page would land inside a table.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.htmx = is_partial(request)  # type: ignore[attr-defined]
        response = self.get_response(request)
        if response.status_code in _REDIRECTS and is_partial(request):
            response = _as_page(response)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        patch_vary_headers(response, ["HX-Request"])
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_cache=True)
        return response


class Refusals:
    """A DomainError that no view has caught: its sentence, and 422."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer expected failures; anything else goes on to be logged as ours."""
        return problems.did_not_work(request, error) if isinstance(error, DomainError) else None


def _as_page(response: HttpResponse) -> HttpResponse:
    answer = HttpResponse(status=HTTPStatus.NO_CONTENT)
    answer.headers["HX-Redirect"] = response.headers["Location"]
    answer.cookies = response.cookies
    return answer
