"""Mina inställningar: reminders by mail, the calendar's address, language."""

from __future__ import annotations

import re
from http import HTTPStatus

from django.conf import settings as installation
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samkoll.desk import queries, registry, services
from samkoll.desk.forms import ReminderForm
from samkoll.web.htmx import AuthedRequest
from samkoll.web.page import Page

NO_MAIL = "django.core.mail.backends.dummy.EmailBackend"


@require_http_methods(["GET", "POST"])
def settings(request: AuthedRequest) -> HttpResponse:
    """The page; a POST changes the reminders. 422: the form with its sentences."""
    chosen = queries.reminder_settings([request.user.pk])[request.user.pk]
    form = ReminderForm(request.POST if request.method == "POST" else None, chosen=chosen)
    if request.method == "POST" and form.is_valid():
        services.change_reminders(owner=request.user, reminders=form.reminders)
        messages.success(request, _("Dina påminnelser är sparade."))
        return redirect("desk:settings")
    return _shown(request, form)


@require_POST
def open_calendar(request: AuthedRequest) -> HttpResponse:
    """Make a new address of the calendar and show it, this once."""
    if registry.calendar.url is None:
        raise Http404
    token = services.open_calendar(owner=request.user, now=timezone.now())
    chosen = queries.reminder_settings([request.user.pk])[request.user.pk]
    address = request.build_absolute_uri(registry.calendar.url(token))
    return _shown(request, ReminderForm(chosen=chosen), address)


@require_POST
def close_calendar(request: AuthedRequest) -> HttpResponse:
    """Let the address lead nowhere from now on."""
    if services.close_calendar(owner=request.user, now=timezone.now()):
        messages.success(request, _("Kalenderns adress är stängd. Ingen kan hämta den längre."))
    return redirect("desk:settings")


def _shown(request: AuthedRequest, form: ReminderForm, address: str = "") -> HttpResponse:
    page = Page(
        title=_("Mina inställningar"),
        notice=_("Här bestämmer du hur du påminns om det som du ska göra."),
    )
    context = {
        "page": page,
        "form": form,
        "has_errors": bool(form.errors),
        "email": request.user.email,
        "mails": installation.EMAIL_BACKEND != NO_MAIL,
        "has_calendar": registry.calendar.url is not None,
        "key": queries.calendar_key(request.user),
        "address": address,
        "subscription": re.sub("^https?", "webcal", address),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "desk/settings.html", context, status=status)
