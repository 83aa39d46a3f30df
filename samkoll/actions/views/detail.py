"""The page of an action: what it says, what was said about it, and its files."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samkoll.actions import forms, pages, policies, queries, services
from samkoll.actions.models import Action
from samkoll.actions.views.common import crumbs, form_page, url_of, visible_action
from samkoll.core.access import require
from samkoll.desk import drafts
from samkoll.desk import services as desk
from samkoll.files import services as files
from samkoll.org.registry import pages as unit_pages
from samkoll.web.htmx import AuthedRequest
from samkoll.web.page import Crumb, Page

FORM = require_http_methods(["GET", "POST"])


@require_GET
def detail(request: AuthedRequest, pk: int) -> HttpResponse:
    """Everything about an action. 404: not visible."""
    action, today = visible_action(request, pk)
    return _page(request, action, today)


@require_POST
def comment(request: AuthedRequest, pk: int) -> HttpResponse:
    """Say something about an action. 422: the page again, with what was typed."""
    action, today = visible_action(request, pk)
    require(policies.can_comment(queries.standing(request.user, action, today)))
    form = forms.CommentForm(request.POST)
    if form.is_valid():
        services.add_comment(action_id=pk, actor=request.user, today=today, **form.cleaned_data)
        desk.discard_draft(owner=request.user, key=_draft_key(pk))
        return redirect(url_of(action, "samtal"))
    return _page(request, action, today, form=form)


@FORM
def attach(request: AuthedRequest, pk: int) -> HttpResponse:
    """Attach files to an action. 422: one of them is refused, with the reason."""
    action, today = visible_action(request, pk)
    require(policies.can_work(queries.standing(request.user, action, today)))
    form = forms.AttachForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        uploads = form.cleaned_data["files"]
        services.attach_files(
            action_id=pk, uploads=uploads, actor=request.user, today=today, now=timezone.now()
        )
        count = len(uploads)
        said = ngettext("%(n)s fil är bifogad.", "%(n)s filer är bifogade.", count)
        messages.success(request, said % {"n": count})
        return redirect(url_of(action, "bilagor"))
    return form_page(
        request,
        form,
        action=action,
        title=_("Bifoga filer"),
        notice=_("Alla som läser åtgärden kan öppna dem. Bifoga inget om enskildas hälsa."),
        label=_("Bifoga"),
        multipart=True,
    )


@require_GET
def file(request: AuthedRequest, pk: int, link: int) -> FileResponse:
    """A file of an action, to save."""
    action, _today = visible_action(request, pk)
    return files.response(get_object_or_404(action.files.select_related("file"), pk=link).file)


@FORM
def remove(request: AuthedRequest, pk: int, link: int) -> HttpResponse:
    """Ask, and then take a file away."""
    action, today = visible_action(request, pk)
    require(policies.can_work(queries.standing(request.user, action, today)))
    found = get_object_or_404(action.files.select_related("file"), pk=link)
    if request.method == "POST":
        services.remove_file(link_id=found.pk, actor=request.user, today=today)
        messages.success(request, _("Bilagan är borttagen."))
        return redirect(url_of(action, "bilagor"))
    context = {
        "page": Page(title=_("Ta bort bilagan"), crumbs=crumbs(action)),
        "question": _("%(name)s tas bort för gott. Att den har funnits står kvar i historiken.")
        % {"name": found.file.name},
        "label": _("Ta bort bilagan"),
        "danger": True,
        "back_url": url_of(action, "bilagor"),
    }
    return render(request, "web/confirm.html", context)


def _page(
    request: AuthedRequest, action: Action, today: date, form: forms.CommentForm | None = None
) -> HttpResponse:
    shown = pages.action_page(action, request.user, today)
    draft = drafts.of(request, _draft_key(action.pk), today=today)
    said = form or forms.CommentForm()
    draft.fill(said)
    context = {
        "page": Page(
            title=action.title,
            crumbs=(Crumb(action.unit.name, unit_pages.unit_url(action.unit.code)),),
        ),
        "action": shown,
        "form": said,
        "draft": draft,
        "has_errors": bool(form),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form else HTTPStatus.OK
    return render(request, "actions/detail.html", context, status=status)


def _draft_key(pk: int) -> str:
    return f"atgard-kommentar-{pk}"
