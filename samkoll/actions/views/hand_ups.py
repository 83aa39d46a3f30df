"""Handing a question up, answering it, ticking the answer off."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samkoll.actions import forms, pages, policies, queries, services
from samkoll.actions.views.common import form_page, url_of, visible_action, visible_hand_up
from samkoll.core.access import require
from samkoll.core.errors import DomainError
from samkoll.desk import drafts
from samkoll.desk import services as desk
from samkoll.web.htmx import AuthedRequest

FORM = require_http_methods(["GET", "POST"])


@FORM
def hand_up(request: AuthedRequest, pk: int) -> HttpResponse:
    """Ask the unit above. 422: it is already asked, or there is nothing above."""
    action, today = visible_action(request, pk)
    require(policies.can_hand_up(queries.standing(request.user, action, today)))
    initial = {"answer_by": today + services.TIME_TO_ANSWER}
    form = forms.HandUpForm(request.POST or None, initial=initial)
    draft = drafts.of(request, f"atgard-lyft-{pk}", today=today)
    draft.fill(form)
    if request.method == "POST" and form.is_valid():
        try:
            asked = services.hand_up(
                action_id=pk, actor=request.user, today=today, **form.cleaned_data
            )
            desk.discard_draft(owner=request.user, key=draft.key)
            messages.success(
                request,
                _("Frågan är lyft till %(unit)s. Åtgärden och slutdatumet är kvar hos er.")
                % {"unit": asked.to_unit.name},
            )
            return redirect(url_of(action, "lyft"))
        except DomainError as error:
            form.add_error(None, str(error))
    above = action.unit.parent
    return form_page(
        request,
        form,
        action=action,
        title=_("Lyft frågan till %(unit)s") % {"unit": above} if above else _("Lyft frågan"),
        notice=_("Chefen där måste svara. Åtgärden och slutdatumet ligger kvar hos er så länge."),
        label=_("Lyft frågan"),
        draft=draft,
    )


@FORM
def answer(request: AuthedRequest, pk: int) -> HttpResponse:
    """Answer a question. 422: it has been answered, or something is missing."""
    asked, today = visible_hand_up(request, pk)
    leads = queries.leads(request.user, asked.to_unit, today)
    require(policies.can_answer(asked.to_unit, leads=leads))
    initial = {"answer_by": today + services.TIME_TO_ANSWER}
    form = forms.AnswerForm(
        request.POST or None, has_above=asked.to_unit.parent is not None, initial=initial
    )
    draft = drafts.of(request, f"atgard-svar-{pk}", today=today)
    draft.fill(form)
    if request.method == "POST" and form.is_valid():
        try:
            services.answer_hand_up(
                hand_up_id=pk, actor=request.user, today=today, **form.cleaned_data
            )
            desk.discard_draft(owner=request.user, key=draft.key)
            messages.success(request, _("%(unit)s ser nu ditt svar.") % {"unit": asked.origin.name})
            return redirect(url_of(asked.action, "lyft"))
        except DomainError as error:
            form.add_error(None, str(error))
    return form_page(
        request,
        form,
        action=asked.action,
        title=_("Svara %(unit)s") % {"unit": asked.from_unit.name},
        notice=_("Svara senast %(day)s.") % {"day": asked.answer_by},
        label=_("Skicka svaret"),
        facts=pages.question(asked),
        draft=draft,
    )


@require_POST
def seen(request: AuthedRequest, pk: int) -> HttpResponse:
    """Tick an answer off."""
    asked, today = visible_hand_up(request, pk)
    services.tick_off_answer(hand_up_id=pk, actor=request.user, today=today)
    messages.success(request, _("Svaret är kvitterat."))
    return redirect(url_of(asked.action, "lyft"))
