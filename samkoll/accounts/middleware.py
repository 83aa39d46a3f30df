"""Limits of a session: signed out after an idle hour, and after a working day whatever happens."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

SEEN = "seen"
SINCE = "since"
GRAIN = 60  # seconds between writes of the time last seen


class SessionLimits:
    """Ends sessions that are idle or too old. Costs one session write a minute at most."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self._check(request, int(timezone.now().timestamp()))
        return self.get_response(request)

    def _check(self, request: HttpRequest, now: int) -> None:
        session = request.session
        since, seen = session.setdefault(SINCE, now), session.get(SEEN, now)
        idle = now - seen > settings.SESSION_IDLE_MINUTES * 60
        if idle or now - since > settings.SESSION_HOURS * 3600:
            logout(request)
            messages.info(request, _("Du har loggats ut. Logga in igen för att fortsätta."))
        elif SEEN not in session or now - seen >= GRAIN:
            session[SEEN] = now
