"""What the pages share: the action that the user may see, and a page that is one form."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from samkoll.actions import queries
from samkoll.actions.models import Action, HandUp
from samkoll.web.htmx import AuthedRequest, render_fragment
from samkoll.web.page import Crumb, Page, Words


def visible_action(request: AuthedRequest, pk: int) -> tuple[Action, date]:
    """The action and today. 404: not visible."""
    today = timezone.localdate()
    found = queries.visible_to(request.user, today)
    return get_object_or_404(found.select_related("unit__parent", "responsible"), pk=pk), today


def visible_hand_up(request: AuthedRequest, pk: int) -> tuple[HandUp, date]:
    """A hand-up of an action that the user may see, and today. 404: not visible."""
    today = timezone.localdate()
    actions = queries.visible_to(request.user, today)
    found = HandUp.objects.filter(action__in=actions.values("pk"))
    found = found.select_related("action", "from_unit", "to_unit__parent", "origin")
    return get_object_or_404(found, pk=pk), today


def url_of(action: Action, part: str = "") -> str:
    """The action's page, perhaps at one of its parts."""
    url = reverse("actions:detail", args=[action.pk])
    return f"{url}#{part}" if part else url


def crumbs(action: Action) -> tuple[Crumb, ...]:
    """The way back from a form about an action."""
    return (Crumb(action.title, url_of(action)),)


def form_page(
    request: AuthedRequest,
    form: BaseForm,
    *,
    action: Action,
    title: Words,
    label: Words,
    notice: Words = "",
    template: str = "actions/_form.html",
    **more: Any,
) -> HttpResponse:
    """A page with one form about an action; ``label`` is on its button. 422: it did not work."""
    context = {
        "page": Page(title=title, notice=notice, crumbs=crumbs(action)),
        "form": form,
        "label": label,
        "back_url": url_of(action),
        "has_errors": bool(form.errors),
        **more,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render_fragment(request, template, context, status=status)
