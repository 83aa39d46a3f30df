"""How allauth behaves here: nobody signs up by themselves, and refusals are plain Swedish."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

SILENT = ("account/messages/logged_in.txt", "account/messages/logged_out.txt")


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closed for sign-up, with our own sentences; the rest is allauth's."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("E-postadressen och lösenordet hör inte ihop."),
        "too_many_login_attempts": _(
            "Kontot är låst efter för många försök. Vänta fem minuter och försök igen."
        ),
        "incorrect_password": _("Lösenordet stämmer inte."),
        "enter_current_password": _("Skriv ditt nuvarande lösenord."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: the administrator adds people."""
        return False

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Only what needs saying: that one has just signed in or out shows by itself."""
        template = kwargs.get("message_template") or (args[0] if args else "")
        if template not in SILENT:
            super().add_message(request, level, *args, **kwargs)
