"""Addresses of signing in: the pages of allauth that we use, under Swedish addresses.

Signing up and changing one's own address are left out: the administrator adds people. Their names
must lead somewhere, because allauth asks for them: to the sign-in page and the password page.
"""

from __future__ import annotations

from collections.abc import Callable

from allauth.account import views as account
from allauth.usersessions import views as sessions
from django.contrib.auth.decorators import login_not_required
from django.http.response import HttpResponseBase
from django.urls import path, re_path
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.generic import RedirectView

from samkoll.accounts import views


def _page(view: type[View], template: str, title: str | Promise) -> Callable[..., HttpResponseBase]:
    """allauth's view in our layout."""
    return view.as_view(
        template_name=f"accounts/{template}.html", extra_context={"page": {"title": title}}
    )


log_out = _page(account.LogoutView, "log_out", _("Logga ut"))
inactive = _page(account.AccountInactiveView, "inactive", _("Kontot är avstängt"))
confirm = _page(account.ReauthenticateView, "form", _("Bekräfta att det är du"))
where = _page(sessions.ListUserSessionsView, "sessions", _("Var du är inloggad"))
change = _page(account.PasswordChangeView, "form", _("Byt lösenord"))
choose = _page(account.PasswordSetView, "form", _("Välj lösenord"))
forgotten = _page(account.PasswordResetView, "forgotten", _("Glömt lösenordet"))
sent = _page(account.PasswordResetDoneView, "sent", _("Läs din e-post"))
renew = _page(account.PasswordResetFromKeyView, "renew", _("Välj nytt lösenord"))
renewed = _page(account.PasswordResetFromKeyDoneView, "renewed", _("Lösenordet är bytt"))

KEY = r"^konto/losenord/glomt/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$"
to_sign_in = RedirectView.as_view(pattern_name="account_login")
to_password = RedirectView.as_view(pattern_name="account_change_password")

urlpatterns = [
    path("konto/logga-in/", views.SignIn.as_view(), name="account_login"),
    path("konto/logga-in/demo/", views.demo_sign_in, name="account_demo"),
    path("konto/logga-ut/", log_out, name="account_logout"),
    path("konto/avstangt/", inactive, name="account_inactive"),
    path("konto/bekrafta/", confirm, name="account_reauthenticate"),
    path("konto/sessioner/", where, name="usersessions_list"),
    path("konto/losenord/", change, name="account_change_password"),
    path("konto/losenord/nytt/", choose, name="account_set_password"),
    path("konto/losenord/glomt/", forgotten, name="account_reset_password"),
    path("konto/losenord/glomt/skickat/", sent, name="account_reset_password_done"),
    path("konto/losenord/glomt/klart/", renewed, name="account_reset_password_from_key_done"),
    re_path(KEY, renew, name="account_reset_password_from_key"),
    path("konto/registrering/", login_not_required(to_sign_in), name="account_signup"),
    path("konto/", to_password, name="account_email"),
]
