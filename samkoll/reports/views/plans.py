"""Pages of plans: the list, opening one, and its measures."""

from __future__ import annotations

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
from samkoll.desk import drafts
from samkoll.desk import services as desk
from samkoll.org import queries as org
from samkoll.reports import plans, queries, single, single_forms, single_pages
from samkoll.reports.models import Kind, Measure, Report
from samkoll.reports.views.form_editor import crumbs
from samkoll.reports.views.reports import form_page
from samkoll.web.htmx import AuthedRequest
from samkoll.web.page import Crumb, Page


@require_http_methods(["GET", "POST"])
def index(request: AuthedRequest) -> HttpResponse:
    """The plans that one may read, and a new one for those who write them."""
    now, today = timezone.now(), timezone.localdate()
    places = single.places(request.user, today)
    if request.method == "POST" and not places:
        require(single.can_open(request.user, org.municipality(), today))
    form = single_forms.PlanForm(request.POST or None, places=places)
    if request.method == "POST" and form.is_valid():
        try:
            report = plans.create_plan(
                unit=form.unit_chosen(),
                year=form.cleaned_data["year"],
                month=form.cleaned_data["month"],
                actor=request.user,
                now=now,
            )
            return redirect("reports:measures", report.pk)
        except DomainError as error:
            form.add_error(None, str(error))
    context = {
        "page": Page(
            title=_("Åtgärdsplaner"),
            notice=_("Redogörelser för vad som är gjort för att minska sjukfrånvaron, och planer."),
        ),
        "table": single_pages.listed(request.user, Kind.PLAN, timezone.localdate()),
        "form": form if places else None,
        "heading": _("Ny åtgärdsplan"),
        "label": _("Skapa planen"),
        "empty": _("Inga åtgärdsplaner"),
        "has_errors": bool(form.errors),
    }
    return form_page(request, "reports/_single_index.html", context, form)


@require_GET
def measures(request: AuthedRequest, pk: int) -> HttpResponse:
    """The measures of a plan in order."""
    report = _plan(request, pk)
    context = {
        "page": Page(
            title=_("Åtgärder i planen"),
            notice=_("Varje åtgärd blir ett kapitel, och en rad i tabellen efter arbetsform."),
            crumbs=crumbs(report=report),
        ),
        "report": report,
        "table": single_pages.measures(report),
        "write": plans.can_have_measures(request.user, report, timezone.localdate()),
    }
    return render(request, "reports/measures.html", context)


@require_http_methods(["GET", "POST"])
def measure_new(request: AuthedRequest, pk: int) -> HttpResponse:
    """A new measure, last in the plan."""
    return _edit(request, _plan(request, pk), None)


@require_http_methods(["GET", "POST"])
def measure(request: AuthedRequest, pk: int, measure: int) -> HttpResponse:
    """One measure."""
    report = _plan(request, pk)
    return _edit(request, report, get_object_or_404(Measure, report=report, pk=measure))


@require_POST
def measure_move(request: AuthedRequest, pk: int, measure: int) -> HttpResponse:
    """Move or remove a measure: ``step`` says which."""
    report = _plan(request, pk)
    get_object_or_404(Measure, report=report, pk=measure)
    who: dict[str, Any] = {
        "report_id": pk,
        "measure_id": measure,
        "actor": request.user,
        "today": timezone.localdate(),
    }
    if request.POST.get("step") == "remove":
        plans.remove_measure(**who)
    else:
        plans.move_measure(**who, up=request.POST.get("step") == "up")
    return redirect("reports:measures", pk)


def _edit(request: AuthedRequest, report: Report, found: Measure | None) -> HttpResponse:
    today = timezone.localdate()
    require(plans.can_have_measures(request.user, report, today))
    initial = {name: getattr(found, name) for name in plans.MeasureInput.__slots__} if found else {}
    form = single_forms.MeasureForm(request.POST or None, initial=initial or None)
    draft = drafts.of(request, f"plan-{report.pk}-{found.pk if found else 'ny'}", today=today)
    draft.fill(form)
    if request.method == "POST" and form.is_valid():
        try:
            plans.save_measure(
                report_id=report.pk,
                typed=form.typed(),
                actor=request.user,
                today=today,
                measure_id=found.pk if found else None,
            )
            desk.discard_draft(owner=request.user, key=draft.key)
            messages.success(request, _("Åtgärden är sparad."))
            return redirect("reports:measures", report.pk)
        except DomainError as error:
            form.add_error(None, str(error))
    back_url = reverse("reports:measures", args=[report.pk])
    context = {
        "page": Page(
            title=found.heading if found else _("Ny åtgärd i planen"),
            crumbs=(*crumbs(report=report), Crumb(_("Åtgärder i planen"), back_url)),
        ),
        "report": report,
        "measure": found,
        "form": form,
        "draft": draft,
        "has_errors": bool(form.errors),
        "back_url": back_url,
    }
    return form_page(request, "reports/_measure.html", context, form)


def _plan(request: AuthedRequest, pk: int) -> Report:
    visible = queries.visible_to(request.user, timezone.localdate()).filter(kind=Kind.PLAN)
    return get_object_or_404(visible.select_related("template", "unit", "board"), pk=pk)
