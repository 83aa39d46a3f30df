"""New actions, edited ones, another day; and suggestions of people while one types."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from samkoll.actions import forms, pages, policies, queries, services
from samkoll.actions.views.common import form_page, url_of, visible_action
from samkoll.core.access import deny, require
from samkoll.core.errors import DomainError
from samkoll.desk import drafts
from samkoll.desk import services as desk
from samkoll.org import queries as org
from samkoll.org.models import Unit
from samkoll.org.registry import pages as unit_pages
from samkoll.web.htmx import AuthedRequest, render_fragment
from samkoll.web.page import Crumb, Page

FORM = require_http_methods(["GET", "POST"])


@FORM
def new(request: AuthedRequest, code: str) -> HttpResponse:
    """A new action of a unit."""
    unit, today = _unit(code), timezone.localdate()
    require(policies.can_write(request.user, unit, today))
    people = {"responsible": org.in_charge([unit.pk], today).get(unit.pk)}
    form = forms.NewForm(request.POST or None, today=today, people=people)
    draft = drafts.of(request, f"atgard-ny-{unit.pk}", today=today)
    draft.fill(form)
    if request.method == "POST" and form.is_valid():
        try:
            action = services.add_action(
                unit=unit, actor=request.user, today=today, **form.values()
            )
            desk.discard_draft(owner=request.user, key=draft.key)
            messages.success(request, _("Åtgärden är tillagd."))
            return redirect(url_of(action))
        except DomainError as error:
            form.add_error(None, str(error))
    context = {
        "page": Page(
            title=_("Ny åtgärd"),
            notice=_("För %(unit)s. Vad ska göras, av vem, till när, och vad ska bli bättre?")
            % {"unit": unit.name},
            crumbs=(Crumb(unit.name, unit_pages.unit_url(unit.code)),),
        ),
        "form": form,
        "draft": draft,
        "label": _("Lägg till åtgärden"),
        "back_url": unit_pages.unit_url(unit.code),
        "has_errors": bool(form.errors),
    }
    return render_fragment(request, "actions/_form.html", context, 422 if form.errors else 200)


@FORM
def edit(request: AuthedRequest, pk: int) -> HttpResponse:
    """Change what an action says. 422 shows both versions when somebody else saved first."""
    action, today = visible_action(request, pk)
    require(policies.can_change(queries.standing(request.user, action, today)))
    form = forms.EditForm(request.POST or None, action=action, today=today)
    draft = drafts.of(request, f"atgard-{pk}", today=today)
    draft.fill(form)
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_action(action_id=pk, actor=request.user, today=today, **form.values())
            desk.discard_draft(owner=request.user, key=draft.key)
            messages.success(request, _("Åtgärden är sparad."))
            return redirect(url_of(action))
        except services.EditConflict as error:
            data = request.POST.copy()
            data["version"] = str(error.version)
            form, conflict = forms.EditForm(data, action=action, today=today), error
            form.add_error(None, str(error))
        except DomainError as error:
            form.add_error(None, str(error))
    return form_page(
        request,
        form,
        action=action,
        title=_("Ändra åtgärden"),
        label=_("Spara åtgärden"),
        draft=draft,
        conflict=pages.conflict(conflict) if conflict else None,
    )


@FORM
def due_date(request: AuthedRequest, pk: int) -> HttpResponse:
    """Promise another day."""
    action, today = visible_action(request, pk)
    require(policies.can_change(queries.standing(request.user, action, today)))
    initial = {"due_date": action.due_date, "version": action.version}
    form: Any = forms.DueDateForm(request.POST or None, initial=initial)
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            services.move_due_date(
                action_id=pk, actor=request.user, today=today, **form.cleaned_data
            )
            messages.success(request, _("Slutdatumet är flyttat."))
            return redirect(url_of(action))
        except services.EditConflict as error:
            data = request.POST.copy()
            data["version"] = str(error.version)
            form, conflict = forms.DueDateForm(data), error
            form.add_error(None, str(error))
        except DomainError as error:
            form.add_error(None, str(error))
    return form_page(
        request,
        form,
        action=action,
        title=_("Flytta slutdatum"),
        label=_("Flytta slutdatumet"),
        conflict=pages.conflict(conflict) if conflict else None,
    )


@require_GET
def people(request: AuthedRequest) -> HttpResponse:
    """Options for a person field while typing: whatever the field is called."""
    today = timezone.localdate()
    if not org.may(request.user, "action:write", today):
        require(deny(_("Bara den som får ändra åtgärder söker bland personer.")))
    text = request.GET.get(next(iter(request.GET), ""), "").replace("\x00", "")
    found = queries.find_people(text, today)
    return render(request, "actions/_people.html", {"found": found})


def _unit(code: str) -> Unit:
    try:
        return org.unit_by_code(code)
    except Unit.DoesNotExist:
        raise Http404 from None
