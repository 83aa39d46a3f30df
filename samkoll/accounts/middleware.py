"""Limits of a session (idle hour, working day), and the language that the user has chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from samkoll.accounts import services

SEEN = "seen"
SINCE = "since"
GRAIN = 60  # seconds between writes of the time last seen

GetResponse = Callable[[HttpRequest], HttpResponse]


class SessionLimits:
    """Ends sessions that are idle or too old. Costs one session write a minute at most.

    Works just before the view, when messages are at hand, and before the sign-in requirement is
    checked: an ended session is asked to sign in again at once.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_args: Any) -> None:
        """Django calls this before every view."""
        if request.user.is_authenticated:
            self._check(request, int(timezone.now().timestamp()))

    def _check(self, request: HttpRequest, now: int) -> None:
        session = request.session
        since, seen = session.setdefault(SINCE, now), session.get(SEEN, now)
        idle = now - seen > settings.SESSION_IDLE_MINUTES * 60
        if idle or now - since > settings.SESSION_HOURS * 3600:
            logout(request)
            messages.info(request, _("Du har loggats ut. Logga in igen för att fortsätta."))
        elif SEEN not in session or now - seen >= GRAIN:
            session[SEEN] = now


class OwnLanguage:
    """Shows pages in the user's language, and remembers a new choice wherever it is made."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated:
            translation.activate(user.language)
            request.LANGUAGE_CODE = user.language
        response = self.get_response(request)
        chosen = response.cookies.get(settings.LANGUAGE_COOKIE_NAME)
        if user.is_authenticated and chosen is not None:
            services.change_language(user=user, language=chosen.value)
        return response
