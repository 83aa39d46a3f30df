"""Saved views of lists: three buttons that lead back to the list."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samkoll.core.errors import DomainError
from samkoll.desk import queries, services
from samkoll.desk.forms import ViewForm
from samkoll.desk.views.back import back, is_ours
from samkoll.web.htmx import AuthedRequest
from samkoll.web.page import Page


@require_POST
def save_view(request: AuthedRequest, page: str) -> HttpResponse:
    """Save what a list shows and go back to it. 422: the form with its sentence."""
    form = ViewForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            view = services.save_view(
                owner=request.user, page=page, name=given["name"], query=given["query"]
            )
            messages.success(request, _("Vyn %(name)s är sparad.") % {"name": view.name})
            return back(request, given["next"])
        except DomainError as error:
            form.add_error("name", str(error))
    return _asked_again(request, form, _("Spara vyn"))


@require_POST
def rename_view(request: AuthedRequest, pk: int) -> HttpResponse:
    """Rename an own view and go back to its list. 422: the form with its sentence."""
    view = get_object_or_404(queries.views_of(request.user), pk=pk)
    form = ViewForm(request.POST)
    if form.is_valid():
        try:
            services.rename_view(view=view, name=form.cleaned_data["name"])
            return back(request, form.cleaned_data["next"])
        except DomainError as error:
            form.add_error("name", str(error))
    return _asked_again(request, form, _("Byt namn på vyn"))


@require_POST
def remove_view(request: AuthedRequest, pk: int) -> HttpResponse:
    """Remove an own view and go back to its list."""
    view = get_object_or_404(queries.views_of(request.user), pk=pk)
    services.remove_view(view=view)
    messages.success(request, _("Vyn %(name)s är borttagen.") % {"name": view.name})
    return back(request, request.POST.get("next", ""))


def _asked_again(request: AuthedRequest, form: ViewForm, title: str) -> HttpResponse:
    list_url = form.data.get("next", "")
    context = {
        "page": Page(title=title),
        "form": form,
        "has_errors": True,
        "back": list_url if is_ours(request, list_url) else "",
    }
    return render(request, "desk/view_form.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
