"""Pages of reports from before Samkoll: read a document, look at what was found, confirm."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samkoll.core.access import require
from samkoll.core.errors import DomainError
from samkoll.files import services as files
from samkoll.org import queries as org
from samkoll.reports import policies
from samkoll.reports.models import OldReport, OldState
from samkoll.reports.old import forms, pages, services
from samkoll.reports.old.found import from_json
from samkoll.web import lists
from samkoll.web.htmx import AuthedRequest
from samkoll.web.page import Crumb, Page


@require_http_methods(["GET", "POST"])
def index(request: AuthedRequest) -> HttpResponse:
    """The documents that have been read, and the form that reads one. 422: it could not."""
    _require(request)
    form = forms.Upload(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            (upload,) = form.cleaned_data["file"]
            old = services.read(upload=upload, actor=request.user, now=timezone.now())
            return redirect("reports:old", old.pk)
        except DomainError as error:
            form.add_error("file", str(error))
    rows = lists.page_of(request, OldReport.objects.select_related("file").order_by("-at", "-pk"))
    context = {
        "page": Page(
            title=_("Tidigare rapporter"),
            notice=_(
                "Läs in rapporter från tiden före Samkoll. Det som känns igen blir ett utkast, som "
                "du bekräftar innan det läggs in."
            ),
            crumbs=_crumbs(),
        ),
        "form": form,
        "has_errors": bool(form.errors),
        "rows": rows,
        "table": pages.index_table(rows),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "reports/old_index.html", context, status=status)


@require_http_methods(["GET", "POST"])
def confirm(request: AuthedRequest, pk: int) -> HttpResponse:
    """What was found in a document, with a tick for each thing. 422 keeps the ticks."""
    _require(request)
    old = get_object_or_404(OldReport.objects.select_related("file", "report"), pk=pk)
    found = from_json(old.found)
    by = services.forms()[found.kind]
    form = forms.Confirm(
        request.POST or None,
        found=found,
        labels=pages.labels(found, by),
        today=timezone.localdate(),
    )
    if request.method == "POST" and form.is_valid():
        try:
            confirmed = services.confirm(
                old_id=pk, choice=form.choice(), actor=request.user, now=timezone.now()
            )
            messages.success(request, _("Det du valde finns nu i rapporten."))
            for sentence in confirmed.left_out:
                messages.warning(request, sentence)
            return redirect("reports:read", confirmed.report.pk)
        except DomainError as error:
            form.add_error(None, str(error))
    context = {
        "page": Page(
            title=old.file.name,
            notice=_("Kontrollera mot dokumentet och ta bort bocken för det som är fel."),
            crumbs=_crumbs(inside=True),
        ),
        "old": old,
        "found": found,
        "waits": old.state == OldState.WAITING,
        "form": form,
        "has_errors": bool(form.errors),
        "figures": pages.figures(found),
        "texts": pages.texts(found, by),
        "history": pages.history(found),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "reports/old.html", context, status=status)


@require_POST
def discard(request: AuthedRequest, pk: int) -> HttpResponse:
    """Throw away what was read."""
    _require(request)
    get_object_or_404(OldReport, pk=pk)
    services.discard(old_id=pk, actor=request.user, today=timezone.localdate())
    messages.success(request, _("Utkastet är kastat. Dokumentet finns kvar i listan."))
    return redirect("reports:old_index")


@require_GET
def document(request: AuthedRequest, pk: int) -> FileResponse:
    """The document itself, to save."""
    _require(request)
    return files.response(get_object_or_404(OldReport.objects.select_related("file"), pk=pk).file)


def _require(request: AuthedRequest) -> None:
    today = timezone.localdate()
    require(policies.can_start_year(request.user, org.municipality(), today))


def _crumbs(*, inside: bool = False) -> tuple[Crumb, ...]:
    crumbs = [Crumb(_("Rapporter"), reverse("reports:index"))]
    if inside:
        crumbs.append(Crumb(_("Tidigare rapporter"), reverse("reports:old_index")))
    return tuple(crumbs)
