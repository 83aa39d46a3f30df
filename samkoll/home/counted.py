"""The menu's count of what waits: the database is asked once a minute, and after every change.

Putting together what waits in ten kinds of things takes longer than the rest of the frame. The
number lies in a cookie for that minute: it says only to its own reader what the menu shows.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE, SECONDS = "waiting", 60
START = "home:start"
READS = ("GET", "HEAD")
NEW = "new_waiting"

GetResponse = Callable[[HttpRequest], HttpResponse]


def kept(request: HttpRequest, count: Callable[[], int]) -> int:
    """The number that the cookie keeps, else a new one: always on the page of the list itself."""
    match = request.resolver_match
    owner, _, number = request.COOKIES.get(COOKIE, "").partition("-")
    mine = owner == str(request.user.pk) and number.isdecimal() and len(number) < 6
    if mine and request.method in READS and not (match and match.view_name == START):
        return int(number)
    found = count()
    setattr(request, NEW, f"{request.user.pk}-{found}")
    return found


class CountAnew:
    """Keeps a new number, and forgets it after a request that may have changed something."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        new: str | None = getattr(request, NEW, None)
        if request.method not in READS:
            if COOKIE in request.COOKIES:
                response.delete_cookie(COOKIE, samesite="Lax")
        elif new is not None:
            response.set_cookie(
                COOKIE,
                new,
                max_age=SECONDS,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response
