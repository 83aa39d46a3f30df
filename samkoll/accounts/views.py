"""Signing in to a demo with one click. The rest of signing in is allauth's."""

from __future__ import annotations

from allauth.account.views import LoginView
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from samkoll.accounts import queries

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class SignIn(LoginView):  # type: ignore[misc]
    """allauth's page, with the demo users below the form in a demo."""

    template_name = "accounts/sign_in.html"
    extra_context = {"page": {"title": gettext_lazy("Logga in")}}

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Adds ``demo_users``: empty outside a demo."""
        context: dict[str, object] = super().get_context_data(**kwargs)
        return {**context, "demo_users": queries.demo_users(timezone.localdate())}


@login_not_required
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as the demo user of a button. 403 for anybody else and outside a demo."""
    asked = request.POST.get("user", "")
    user = queries.demo_user(int(asked)) if asked.isascii() and asked.isdigit() else None
    if user is None:
        raise PermissionDenied(
            _("Inloggning med ett klick finns bara för demoanvändare i en demo.")
        )
    login(request, user, backend=BACKEND)
    return redirect(_safe(request.POST.get("next", ""), request))


def _safe(url: str, request: HttpRequest) -> str:
    """The page that was asked for, if it is one of ours."""
    ours = url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure())
    return url if ours else resolve_url("home:start")
