"""Pages of the forms of reports: versions, drafts, preview, publishing, and moving a report."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samkoll.core.access import require
from samkoll.core.errors import DomainError
from samkoll.reports import queries, template_reader
from samkoll.reports import services as reports
from samkoll.reports.form_editor import content as steps
from samkoll.reports.form_editor import forms, policies, services, showing, yaml_files
from samkoll.reports.form_editor.displaced import displaced
from samkoll.reports.form_editor.preview import preview
from samkoll.reports.models import Report, Template, TemplateDraft
from samkoll.reports.views.reports import form_page
from samkoll.web.htmx import AuthedRequest
from samkoll.web.page import Crumb, Page

YAML = "application/yaml; charset=utf-8"


@require_http_methods(["GET", "POST"])
def index(request: AuthedRequest) -> HttpResponse:
    """All versions with the reports that use them, and the drafts of new ones.

    POST stores those that came with this version of Samkoll; the ones that are there stay.
    """
    _allowed(request)
    if request.method == "POST":
        reports.store_templates(actor=request.user)
        messages.success(request, _("Mallarna som följer med Samkoll är inlästa."))
        return redirect("reports:form_index")
    page = Page(
        title=_("Rapportmallar"),
        notice=_("Här ändrar du vad rapporterna frågar efter. En rapport behåller sin version."),
        crumbs=crumbs(),
    )
    context = {"page": page, "drafts": showing.drafts(), "versions": showing.versions()}
    return render(request, "reports/forms_index.html", context)


@require_http_methods(["GET", "POST"])
def version(request: AuthedRequest, pk: int) -> HttpResponse:
    """One stored version, and the start of a draft that builds on it."""
    _allowed(request)
    template = get_object_or_404(Template, pk=pk)
    form = forms.StartForm(request.POST or None, initial={"year": template.year})
    if request.method == "POST" and form.is_valid():
        try:
            draft = services.start_draft(
                base=template,
                year=form.cleaned_data["year"],
                actor=request.user,
                now=timezone.now(),
            )
            return redirect("reports:form_draft", draft.pk)
        except DomainError as error:
            form.add_error(None, str(error))
    context = {
        "page": Page(title=str(template), crumbs=crumbs(listed=True)),
        "outline": showing.outline(template.content),
        "users": showing.users(template, request.user, timezone.localdate()),
        "form": form,
        "has_errors": bool(form.errors),
        "file_url": reverse("reports:form_version_file", args=[pk]),
    }
    return form_page(request, "reports/_form_version.html", context, form)


@require_GET
def version_file(request: AuthedRequest, pk: int) -> HttpResponse:
    """A version as a YAML file."""
    _allowed(request)
    template = get_object_or_404(Template, pk=pk)
    return _file(template.content)


@require_http_methods(["GET", "POST"])
def import_file(request: AuthedRequest) -> HttpResponse:
    """A draft out of a YAML file. 422: the file is not a form, and why."""
    _allowed(request)
    form = forms.ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            text = form.cleaned_data["file"].read(yaml_files.LARGEST * 4).decode("utf-8")
            draft = services.import_draft(text=text, actor=request.user, now=timezone.now())
            return redirect("reports:form_draft", draft.pk)
        except UnicodeDecodeError:
            form.add_error("file", _("Filen är inte text i UTF-8."))
        except DomainError as error:
            form.add_error("file", str(error))
    context = {
        "page": Page(
            title=_("Läs in en mall"),
            notice=_("Filen blir ett utkast, som du kan granska innan du publicerar det."),
            crumbs=crumbs(listed=True),
        ),
        "form": form,
        "has_errors": bool(form.errors),
        "back_url": reverse("reports:form_index"),
    }
    return form_page(request, "reports/_form_import.html", context, form)


@require_http_methods(["GET", "POST"])
def draft(request: AuthedRequest, pk: int) -> HttpResponse:
    """A draft's outline, and a new section."""
    _allowed(request)
    found = get_object_or_404(TemplateDraft, pk=pk)
    form = forms.AddSectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            heading = form.cleaned_data["heading"]
            changed = change(request, found, steps.add_section(heading))
            key = changed.content["sections"][-1]["key"]
            return redirect("reports:form_section", pk, key)
        except DomainError as error:
            form.add_error(None, str(error))
    context = {
        "page": Page(
            title=str(found),
            notice=_("Utkast. Rapporterna använder den först när du har publicerat den."),
            crumbs=crumbs(listed=True),
        ),
        "draft": found,
        "outline": showing.outline(found.content, pk),
        "problem": showing.problem(found.content),
        "form": form,
        "has_errors": bool(form.errors),
    }
    return form_page(request, "reports/_form_draft.html", context, form)


@require_GET
def draft_file(request: AuthedRequest, pk: int) -> HttpResponse:
    """A draft as a YAML file, usable or not."""
    _allowed(request)
    return _file(get_object_or_404(TemplateDraft, pk=pk).content)


@require_GET
def draft_preview(request: AuthedRequest, pk: int) -> HttpResponse:
    """The form as whoever writes sees it, and the document. 422: it cannot be used, and why."""
    _allowed(request)
    found = get_object_or_404(TemplateDraft, pk=pk)
    form = template_reader.form_of(found.content)
    context = {
        "page": Page(
            title=_("Förhandsvisning"),
            notice=_("Så ser mallen ut för den som skriver, och så ser rapporten ut."),
            crumbs=crumbs(found),
            wide=True,
        ),
        "preview": preview(form, request.user, timezone.localdate()),
    }
    return render(request, "reports/form_preview.html", context)


@require_http_methods(["GET", "POST"])
def publish(request: AuthedRequest, pk: int) -> HttpResponse:
    """Ask, then publish. 422: the draft cannot be used, and why."""
    _allowed(request)
    found = get_object_or_404(TemplateDraft, pk=pk)
    if request.method == "POST":
        template = services.publish(draft_id=pk, actor=request.user, now=timezone.now())
        messages.success(request, _("%(form)s är publicerad.") % {"form": template})
        return redirect("reports:form_version", template.pk)
    context = {
        "page": Page(title=_("Publicera mallen?"), crumbs=crumbs(found)),
        "question": _(
            "Publicerade versioner ändras aldrig. Nya rapporter öppnas på versionen; rapporter "
            "som redan är öppnade behåller sin tills du byter mall på dem."
        ),
        "label": _("Publicera"),
        "back_url": reverse("reports:form_draft", args=[pk]),
    }
    return render(request, "web/confirm.html", context)


@require_http_methods(["GET", "POST"])
def discard(request: AuthedRequest, pk: int) -> HttpResponse:
    """Ask, then throw the draft away."""
    _allowed(request)
    found = get_object_or_404(TemplateDraft, pk=pk)
    if request.method == "POST":
        services.discard(draft_id=pk, actor=request.user, now=timezone.now())
        messages.success(request, _("Utkastet är borttaget."))
        return redirect("reports:form_index")
    context = {
        "page": Page(title=_("Ta bort utkastet?"), crumbs=crumbs(found)),
        "question": _("Utkastet försvinner. Publicerade versioner och rapporter påverkas inte."),
        "label": _("Ta bort utkastet"),
        "danger": True,
        "back_url": reverse("reports:form_draft", args=[pk]),
    }
    return render(request, "web/confirm.html", context)


@require_http_methods(["GET", "POST"])
def report_form(request: AuthedRequest, pk: int) -> HttpResponse:
    """Move a draft report to another version of its form, after seeing what has no place there.

    422: no other version was chosen.
    """
    today = timezone.localdate()
    visible = queries.visible_to(request.user, today).select_related("template", "unit", "board")
    report = get_object_or_404(visible, pk=pk)
    require(policies.can_change_template(request.user, report, today))
    offered = showing.choices(report)
    chosen = _chosen(request.POST.get("template") or request.GET.get("mall", ""), offered)
    if request.method == "POST" and chosen:
        services.change_template(
            report_id=pk, template_id=chosen.pk, actor=request.user, now=timezone.now()
        )
        messages.success(request, _("Rapporten har fått mallen %(form)s.") % {"form": chosen})
        return redirect("reports:read", pk)
    context = {
        "page": Page(
            title=_("Byt mall"),
            notice=_("Texter, svar och antal följer med till den nya mallen."),
            crumbs=crumbs(report=report),
        ),
        "report": report,
        "offered": offered,
        "chosen": chosen,
        "displaced": displaced(report, template_reader.form_of(chosen.content)) if chosen else (),
        "back_url": reverse("reports:read", args=[pk]),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return render(request, "reports/report_form.html", context, status=status)


def _chosen(text: str, offered: list[tuple[int, str]]) -> Template | None:
    keys = {str(pk) for pk, _label in offered}
    return Template.objects.get(pk=int(text)) if text in keys else None


@require_POST
def move(request: AuthedRequest, pk: int, key: str) -> HttpResponse:
    """Move, nest or remove a section: ``step`` says which. 422: the form does not allow it."""
    _allowed(request)
    found = get_object_or_404(TemplateDraft, pk=pk)
    made: dict[str, steps.Change] = {
        "up": steps.move_section(key, up=True),
        "down": steps.move_section(key, up=False),
        "deeper": steps.nest_section(key, deeper=True),
        "shallower": steps.nest_section(key, deeper=False),
        "remove": steps.remove_section(key),
    }
    step = made.get(request.POST.get("step", ""))
    if step is None or key not in {section["key"] for section in found.content["sections"]}:
        return redirect("reports:form_draft", pk)
    change(request, found, step)
    return redirect("reports:form_draft", pk)


def change(request: AuthedRequest, found: TemplateDraft, *made: steps.Change) -> TemplateDraft:
    """Steps on a draft as the page showed it. Raises: DraftChanged, CannotChange."""
    text = request.POST.get("revision", "")
    revision = int(text) if text.isdecimal() else -1
    return services.change_draft(
        draft_id=found.pk, revision=revision, changes=made, actor=request.user, now=timezone.now()
    )


def _allowed(request: AuthedRequest) -> None:
    require(policies.can_change_forms(request.user, timezone.localdate()))


def _file(content: dict[str, Any]) -> HttpResponse:
    name = f"{content['kind']}-{content['year']}-v{content['version']}.yaml"
    answer = HttpResponse(yaml_files.written(content), content_type=YAML)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def crumbs(
    draft: TemplateDraft | None = None, *, listed: bool = False, report: Report | None = None
) -> tuple[Crumb, ...]:
    """The way back: reports, forms, the draft or the report."""
    found = [Crumb(_("Rapporter"), reverse("reports:index"))]
    if report:
        return (*found, Crumb(str(report), reverse("reports:read", args=[report.pk])))
    if draft or listed:
        found.append(Crumb(_("Rapportmallar"), reverse("reports:form_index")))
    if draft:
        found.append(Crumb(str(draft), reverse("reports:form_draft", args=[draft.pk])))
    return tuple(found)
