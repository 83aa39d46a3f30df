"""Files from upload to undo. Thin: find what the user may see, call one service, render."""

from __future__ import annotations

from http import HTTPStatus

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samkoll.core.access import require
from samkoll.core.errors import DomainError
from samkoll.desk.models import JobState
from samkoll.imports import correcting, forms, pages, policies, queries, services
from samkoll.imports.models import Batch
from samkoll.imports.uploads import ToVault
from samkoll.stats import deriving
from samkoll.web import lists
from samkoll.web.htmx import AuthedRequest, render_fragment
from samkoll.web.page import Crumb, Page
from samkoll.web.tables import Table

_UNDO_RECORDS = gettext_lazy(
    "Filens rader slutar gälla, och det som gällde före den gäller igen. Månaderna räknas om. "
    "Färdiga rapporter behåller sina siffror."
)
ACTIVE = (JobState.WAITING, JobState.RUNNING)


@require_GET
def index(request: AuthedRequest) -> HttpResponse:
    """All imports, newest first."""
    today = timezone.localdate()
    require(policies.can_read(request.user, today))
    batches = queries.visible_to(request.user, today).order_by("-created_at", "-pk")
    rows = lists.page_of(request, batches)
    heads = lists.heads(request.GET, pages.columns(), None)
    context = {
        "page": Page(
            title=_("Importer"),
            notice=_("Här läses HR-systemets filer in. De ligger bakom all statistik."),
        ),
        "rows": rows,
        "table": Table(_("Importer"), heads, pages.index_rows(rows), caption_hidden=True),
        "can_import": policies.can_import(request.user, today),
    }
    return render(request, "imports/index.html", context)


@csrf_exempt
@require_http_methods(["GET", "POST"])
def upload(request: AuthedRequest) -> HttpResponse:
    """Choose a file and a profile; the check runs as a job. 422: the file was not taken.

    Exempt from the first CSRF check only, which would read the request before its file can be
    sent to the vault; ``_upload`` is checked.
    """
    require(policies.can_import(request.user, timezone.localdate()))
    request.upload_handlers = [ToVault(request)]
    return _upload(request)


@csrf_protect
def _upload(request: AuthedRequest) -> HttpResponse:
    corrects = _corrected(request)
    form = forms.Upload(request.POST or None, request.FILES or None, corrects=corrects)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = services.upload(
                name=file.name,
                stored=file.stored,
                actor=request.user,
                now=timezone.now(),
                **form.terms(),
            )
            file.keep()
            return redirect("imports:detail", pk=batch.pk)
        except DomainError as error:
            form.add_error("file", str(error))
    crumbs = (_list_crumb(), *([_crumb(corrects)] if corrects else []))
    title = _("Läs in rättade rader") if corrects else _("Ny import")
    context = {
        "page": Page(title=title, crumbs=crumbs),
        "form": form,
        "corrects": corrects,
        "has_errors": bool(form.errors),
    }
    return render(request, "imports/upload.html", context, status=_status(bool(form.errors)))


def _corrected(request: AuthedRequest) -> Batch | None:
    """The import whose rows the file corrects (``?rattar=``), or None. 403: nothing to correct."""
    asked = request.GET.get("rattar", "")
    if not asked:
        return None
    if not asked.isdigit():
        raise Http404
    batch = _batch(request, int(asked))
    require(policies.can_correct(request.user, batch, timezone.localdate()))
    return batch


@require_GET
def quarantine(request: AuthedRequest, pk: int) -> StreamingHttpResponse:
    """The faulty rows as a file to correct and load again. That it is fetched is logged."""
    batch = _batch(request, pk)
    rows = correcting.to_correct(batch=batch, actor=request.user, today=timezone.localdate())
    response = StreamingHttpResponse(rows, content_type="text/csv")
    name = _("rader att rätta, import %(pk)s") % {"pk": pk}
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.csv")
    response["Cache-Control"] = "no-store"
    return response


@require_GET
def detail(request: AuthedRequest, pk: int) -> HttpResponse:
    """One import: what the file holds, what is wrong, and the next step."""
    return _detail(request, _batch(request, pk))


@require_GET
def progress(request: AuthedRequest, pk: int) -> HttpResponse:
    """How far the job has come; when it is over the page is loaded anew."""
    batch = _batch(request, pk)
    if batch.job is None or batch.job.state not in ACTIVE:
        if not request.headers.get("HX-Request"):
            return redirect("imports:detail", pk=pk)
        return HttpResponse(headers={"HX-Refresh": "true"})
    page = Page(title=batch.file_name, crumbs=(_list_crumb(),))
    context = {"page": page, "batch": batch, "job": batch.job}
    return render_fragment(request, "imports/_progress.html", context)


@require_GET
def faults(request: AuthedRequest, pk: int) -> HttpResponse:
    """The listed faults of an import, fifty to a page."""
    batch = _batch(request, pk)
    rows = lists.page_of(request, batch.faults.all())
    crumbs = (_list_crumb(), _crumb(batch))
    notice = _("De första felen, högst 1 000. Alla fel är räknade på importens sida.")
    context = {
        "page": Page(title=_("Fel rad för rad"), notice=notice, crumbs=crumbs),
        "rows": rows,
        "table": pages.fault_table(rows),
    }
    return render(request, "imports/faults.html", context)


@require_POST
def commit(request: AuthedRequest, pk: int) -> HttpResponse:
    """Have the file committed by a job. 422: a confirmation is missing."""
    batch = _batch(request, pk)
    form = forms.Commit(request.POST, partial=True, drop=True)
    form.is_valid()
    try:
        services.ask_commit(
            batch_id=pk, actor=request.user, now=timezone.now(), **form.confirmations()
        )
    except DomainError as error:
        return _detail(request, batch, error)
    return redirect("imports:detail", pk=pk)


@require_POST
def discard(request: AuthedRequest, pk: int) -> HttpResponse:
    """Drop a file that waits for an answer."""
    _batch(request, pk)
    services.discard(batch_id=pk, actor=request.user, now=timezone.now())
    return redirect("imports:detail", pk=pk)


@require_http_methods(["GET", "POST"])
def undo(request: AuthedRequest, pk: int) -> HttpResponse:
    """Ask, then take the import back."""
    batch, today = _batch(request, pk), timezone.localdate()
    require(policies.can_undo(request.user, batch, today))
    back = reverse("imports:detail", args=[pk])
    if request.method == "POST":
        services.undo(batch_id=pk, actor=request.user, now=timezone.now())
        if batch.profile.kind != "months":
            convention = queries.convention(batch)
            deriving.ask(actor=request.user, now=timezone.now(), convention=convention)
        return redirect(back)
    question = (
        _UNDO_RECORDS
        if batch.profile.kind != "months"
        else _(
            "Varje månad i filen blir som den var före importen. Månader som en senare fil har "
            "ersatt ändras inte. Färdiga rapporter behåller sina siffror."
        )
    )
    context = {
        "page": Page(title=_("Ångra importen?"), crumbs=(_list_crumb(), Crumb(str(batch), back))),
        "question": question,
        "label": _("Ångra importen"),
        "danger": True,
        "back_url": back,
    }
    return render(request, "web/confirm.html", context)


def _batch(request: AuthedRequest, pk: int) -> Batch:
    visible = queries.visible_to(request.user, timezone.localdate())
    return get_object_or_404(visible.select_related("profile", "job"), pk=pk)


def _detail(request: AuthedRequest, batch: Batch, error: DomainError | None = None) -> HttpResponse:
    shown = pages.detail(batch, request.user, timezone.localdate())
    answers = request.POST if error is not None else None
    form = forms.Commit(answers, partial=shown.partial, drop=shown.drops)
    if error is not None and form.is_valid():
        form.add_error(None, str(error))
    active = batch.job is not None and batch.job.state in ACTIVE
    failed = batch.job is not None and batch.job.state == JobState.FAILED
    context = {
        "page": Page(title=shown.title, crumbs=(_list_crumb(),)),
        "batch": shown,
        "form": form,
        "has_errors": error is not None,
        "job": batch.job if active else None,
        "failure": batch.job.message if failed and batch.job else "",
    }
    return render(request, "imports/detail.html", context, status=_status(error is not None))


def _crumb(batch: Batch) -> Crumb:
    return Crumb(batch.file_name, reverse("imports:detail", args=[batch.pk]))


def _list_crumb() -> Crumb:
    return Crumb(_("Importer"), reverse("imports:index"))


def _status(wrong: bool) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
