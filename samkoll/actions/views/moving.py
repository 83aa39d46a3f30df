"""The steps of an action: start, done, drop, open again, follow up."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samkoll.actions import forms, policies, queries, services
from samkoll.actions.models import Decision, Status
from samkoll.actions.registry import origins
from samkoll.actions.views.common import form_page, url_of, visible_action
from samkoll.core.access import require
from samkoll.core.errors import DomainError
from samkoll.desk import drafts
from samkoll.desk import services as desk
from samkoll.web.htmx import AuthedRequest

FORM = require_http_methods(["GET", "POST"])


@require_POST
def start(request: AuthedRequest, pk: int) -> HttpResponse:
    """Start the action."""
    action, today = visible_action(request, pk)
    require(policies.can_work(queries.standing(request.user, action, today)))
    return _step(request, pk, today, None, status=Status.ONGOING) or redirect(url_of(action))


@FORM
def done(request: AuthedRequest, pk: int) -> HttpResponse:
    """Say that the action is done, and when its effect is judged."""
    action, today = visible_action(request, pk)
    require(policies.can_work(queries.standing(request.user, action, today)))
    initial = {"on": today, "follow_up_on": today + services.FOLLOW_UP_AFTER}
    form = forms.DoneForm(request.POST or None, initial=initial)
    if answer := _step(request, pk, today, form, status=Status.DONE):
        return answer
    return form_page(
        request,
        form,
        action=action,
        title=_("Åtgärden är genomförd"),
        notice=_("När den är genomförd återstår att följa upp om den fick önskad effekt."),
        label=_("Markera som genomförd"),
    )


@FORM
def drop(request: AuthedRequest, pk: int) -> HttpResponse:
    """Say that the action will not be done, and why."""
    action, today = visible_action(request, pk)
    require(policies.can_change(queries.standing(request.user, action, today)))
    form = forms.DropForm(request.POST or None)
    if answer := _step(request, pk, today, form, status=Status.DROPPED):
        return answer
    return form_page(
        request,
        form,
        action=action,
        title=_("Åtgärden genomförs inte"),
        notice=_("Skälet sparas och syns för alla som läser åtgärden."),
        label=_("Avsluta utan att genomföra"),
    )


@FORM
def reopen(request: AuthedRequest, pk: int) -> HttpResponse:
    """Open an action that has ended, and say why."""
    action, today = visible_action(request, pk)
    require(policies.can_change(queries.standing(request.user, action, today)))
    form = forms.ReopenForm(request.POST or None)
    if answer := _step(request, pk, today, form, status=Status.ONGOING):
        return answer
    return form_page(
        request, form, action=action, title=_("Öppna igen"), label=_("Öppna åtgärden igen")
    )


@FORM
def follow_up(request: AuthedRequest, pk: int) -> HttpResponse:
    """Judge the effect. 422: it is not done yet, or something is missing."""
    action, today = visible_action(request, pk)
    standing = queries.standing(request.user, action, today)
    require(policies.can_change(standing))
    form = forms.FollowUpForm(
        request.POST or None,
        action=action,
        parts=origins.follow_ups(action),
        may_hand_up=bool(policies.can_hand_up(standing)) and action.unit.parent is not None,
        today=today,
    )
    draft = drafts.of(request, f"atgard-uppfoljning-{pk}", today=today)
    draft.fill(form)
    if request.method == "POST" and form.is_valid():
        try:
            services.follow_up(action_id=pk, actor=request.user, today=today, **form.values())
            desk.discard_draft(owner=request.user, key=draft.key)
            messages.success(request, _("Uppföljningen är sparad."))
            return redirect(url_of(action))
        except DomainError as error:
            form.add_error(None, str(error))
    return form_page(
        request,
        form,
        action=action,
        title=_("Följ upp effekten"),
        notice=_("Önskad effekt: %(effect)s") % {"effect": action.wanted_effect or "–"},
        label=_("Spara uppföljningen"),
        template="actions/_follow_up.html",
        groups=form.groups(),
        opens_new=form.chosen == Decision.NEW_ACTION,
        opens_question=form.chosen == Decision.HAND_UP,
        draft=draft,
    )


def _step(
    request: AuthedRequest, pk: int, today: date, form: BaseForm | None, *, status: str
) -> HttpResponse | None:
    """Take the step with what was typed; None when there is nothing to take, or it failed."""
    if request.method != "POST" or (form and not form.is_valid()):
        return None
    typed: dict[str, Any] = form.cleaned_data if form else {}
    try:
        action = services.change_status(
            action_id=pk, status=status, actor=request.user, today=today, **typed
        )
    except DomainError as error:
        if form is None:
            messages.error(request, str(error))
            return None
        form.add_error(None, str(error))
        return None
    messages.success(
        request, _("Åtgärden är nu ”%(status)s”.") % {"status": action.get_status_display()}
    )
    return redirect(url_of(action))
