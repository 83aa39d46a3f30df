"""A report's documents: built files, attachments, and the package for the board."""

from __future__ import annotations

from django import forms as django_forms
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samkoll.core.access import require
from samkoll.core.errors import DomainError
from samkoll.desk import drafts
from samkoll.desk import services as desk
from samkoll.documents.writers import html
from samkoll.files import services as files
from samkoll.reports import attachments, building, pages, policies
from samkoll.reports.attachments import AttachForm
from samkoll.reports.models import Attachment
from samkoll.reports.package import packing, papers, proposing
from samkoll.reports.views.reports import crumbs, form_page, visible_report
from samkoll.web.htmx import AuthedRequest
from samkoll.web.page import Crumb, Page

FORM = require_http_methods(["GET", "POST"])


class ProposalForm(django_forms.Form):
    """The matter and the decision as they go to the board."""

    matter = django_forms.CharField(
        label=gettext_lazy("Ärendet"),
        max_length=proposing.LONGEST,
        widget=django_forms.Textarea(attrs={"rows": 8}),
    )
    decision = django_forms.CharField(
        label=gettext_lazy("Förslag till beslut"),
        max_length=proposing.LONGEST,
        widget=django_forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("En rad som börjar med - blir en punkt i listan."),
    )


@require_GET
def documents(request: AuthedRequest, pk: int) -> HttpResponse:
    """Everything that can be saved of a report, and what is attached to it."""
    report, today = visible_report(request, pk), timezone.localdate()
    may_attach = attachments.can_attach(request.user, report, today)
    context = {
        "page": Page(
            title=_("Filer och bilagor"),
            notice=_("Rapportens filer, det som är bifogat och paketet till nämnden."),
            crumbs=crumbs(report),
        ),
        "report": report,
        "files": pages.files(report),
        "attached": attachments.rows(report, may_attach),
        "attach": may_attach,
        "build": policies.can_build(request.user, report, today),
    }
    return render(request, "reports/documents.html", context)


@FORM
def attach(request: AuthedRequest, pk: int) -> HttpResponse:
    """Attach files to a report. 422: one of them is refused, with the reason."""
    report, today = visible_report(request, pk), timezone.localdate()
    require(attachments.can_attach(request.user, report, today))
    form = AttachForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        uploads = form.cleaned_data["files"]
        attachments.attach(report_id=pk, uploads=uploads, actor=request.user, now=timezone.now())
        said = ngettext("%(n)s fil är bifogad.", "%(n)s filer är bifogade.", len(uploads))
        messages.success(request, said % {"n": len(uploads)})
        return redirect("reports:documents", pk)
    context = {
        "page": Page(
            title=_("Bifoga filer"),
            notice=_("De följer med till nämnden och arkivet. Bifoga inget om enskilda personer."),
            crumbs=_crumbs(request, pk),
        ),
        "form": form,
        "has_errors": bool(form.errors),
        "back_url": reverse("reports:documents", args=[pk]),
    }
    return form_page(request, "reports/_attach.html", context, form)


@require_GET
def attachment(request: AuthedRequest, pk: int, link: int) -> FileResponse:
    """A file of a report, to save."""
    report = visible_report(request, pk)
    return files.response(get_object_or_404(attachments.of(report), pk=link).file)


@FORM
def detach(request: AuthedRequest, pk: int, link: int) -> HttpResponse:
    """Ask, and then take a file away."""
    report, today = visible_report(request, pk), timezone.localdate()
    require(attachments.can_attach(request.user, report, today))
    found: Attachment = get_object_or_404(attachments.of(report), pk=link)
    if request.method == "POST":
        attachments.detach(attachment_id=found.pk, actor=request.user, today=today)
        messages.success(request, _("Bilagan är borttagen."))
        return redirect("reports:documents", pk)
    context = {
        "page": Page(title=_("Ta bort bilagan"), crumbs=_crumbs(request, pk)),
        "question": _("%(name)s tas bort ur rapporten. Att den har funnits står kvar i historiken.")
        % {"name": found.file.name},
        "label": _("Ta bort bilagan"),
        "danger": True,
        "back_url": reverse("reports:documents", args=[pk]),
    }
    return render(request, "web/confirm.html", context)


@FORM
def package(request: AuthedRequest, pk: int) -> HttpResponse:
    """What goes to the board: the proposal as a form, and the summary as it will be."""
    report, today = visible_report(request, pk), timezone.localdate()
    require(policies.can_build(request.user, report, today))
    context = building.gather([pk], produced_on=today)[pk]
    document = building.document(pk, produced_on=today)
    proposed = proposing.of(context, document)
    form = ProposalForm(
        request.POST or None, initial={"matter": proposed.matter, "decision": proposed.decision}
    )
    draft = drafts.of(request, f"forslag-{pk}", today=today)
    draft.fill(form)
    if request.method == "POST" and form.is_valid():
        try:
            proposing.save(report_id=pk, actor=request.user, today=today, **form.cleaned_data)
            desk.discard_draft(owner=request.user, key=draft.key)
            messages.success(request, _("Förslaget är sparat."))
            return redirect("reports:package", pk)
        except DomainError as error:
            form.add_error(None, str(error))
    values = {
        "page": Page(
            title=_("Nämndpaket"),
            notice=_("Det som nämnden får: rapporten, en sammanfattning, ett förslag och bilagor."),
            crumbs=_crumbs(request, pk),
            wide=True,
        ),
        "report": report,
        "form": form,
        "draft": draft,
        "has_errors": bool(form.errors),
        "edit": proposing.can_propose(request.user, report, today),
        "edited_by": proposed.by,
        "attached": attachments.rows(report, attachments.can_attach(request.user, report, today)),
        "summary": html.fragment(papers.summary(context, document, proposed), top=2),
        "back_url": reverse("reports:documents", args=[pk]),
    }
    return form_page(request, "reports/_package.html", values, form)


@require_POST
def make_package(request: AuthedRequest, pk: int) -> HttpResponse:
    """Order the package of one report."""
    report = visible_report(request, pk)
    job = packing.order(report=report, actor=request.user, now=timezone.now())
    return redirect("reports:job", job.pk)


def _crumbs(request: AuthedRequest, pk: int) -> tuple[Crumb, ...]:
    above = crumbs(visible_report(request, pk))
    return (*above, Crumb(_("Filer och bilagor"), reverse("reports:documents", args=[pk])))
