"""Risk assessments before a change: the list, the steps, the end, and the print."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from samkoll.core.access import require
from samkoll.core.errors import DomainError
from samkoll.desk import drafts
from samkoll.documents import downloads
from samkoll.org import queries as org
from samkoll.org.models import Unit
from samkoll.risks import assessment_pages, forms, policies, queries, services
from samkoll.risks.forms.assessing import STEPS
from samkoll.risks.models import AssessmentStatus, ChangeAssessment
from samkoll.risks.views.common import (
    FORM,
    Conflict,
    form_page,
    saved,
    unit_named,
    visible_assessment,
    with_reason,
)
from samkoll.web import lists
from samkoll.web.htmx import AuthedRequest
from samkoll.web.page import Crumb, Page


@require_GET
def assessments(request: AuthedRequest, code: str = "") -> HttpResponse:
    """The assessments that I may see, of all units or of one and all below it."""
    today = timezone.localdate()
    unit = unit_named(code) if code else None
    sort = lists.sort_of(request.GET, queries.ASSESSMENT_ORDERS, "-sker")
    known = set(AssessmentStatus.values)
    found = queries.assessments(
        request.user,
        unit=unit,
        statuses=tuple(each for each in request.GET.getlist("lage") if each in known),
        order=sort.key,
        descending=sort.descending,
        today=today,
    )
    rows = lists.page_of(request, found)
    label = _("Läge")
    context = {
        "page": Page(
            title=_("Inför ändringar"),
            notice=_("Riskbedömningar före omorganisationer, flyttar, nya system och arbetssätt."),
        ),
        "rows": rows,
        "count": ngettext("%(n)s bedömning", "%(n)s bedömningar", rows.paginator.count)
        % {"n": rows.paginator.count},
        "table": assessment_pages.table(rows, request.GET, sort, today),
        "filters": [lists.filter_of(request.GET, "lage", label, AssessmentStatus.choices)],
        "unit": unit,
        "write": policies.can_write(request.user, unit, today) if unit else None,
    }
    return render(request, "risks/assessments.html", context)


@FORM
def new(request: AuthedRequest, code: str) -> HttpResponse:
    """Begin: what changes, and who is affected."""
    unit, today = unit_named(code), timezone.localdate()
    require(policies.can_write(request.user, unit, today))
    form = forms.AssessmentForm(request.POST or None, step="andring")
    draft = drafts.of(request, f"ny-andring-{unit.pk}", today=today)
    draft.fill(form)
    opened: list[ChangeAssessment] = []

    def do() -> None:
        units: list[Unit] = form.cleaned_data["affected_units"]
        opened.append(
            services.open_assessment(
                unit=unit, told=form.told(), affected_units=units, actor=request.user, today=today
            )
        )

    if saved(request, form, do, draft):
        return redirect("risks:assessment", pk=opened[0].pk)
    page = Page(
        title=_("Ny bedömning inför en ändring"),
        notice=_("Gör den innan ändringen beslutas, tillsammans med dem som berörs."),
        crumbs=(_top(),),
    )
    return form_page(
        request, form, page=page, label=_("Spara och gå vidare"), draft=draft,
        back_url=reverse("risks:assessments"), steps=assessment_pages.steps(None, "andring"),
    )  # fmt: skip


@require_GET
def assessment(request: AuthedRequest, pk: int) -> HttpResponseBase:
    """Everything about an assessment. ``?format=pdf`` (docx) prints it."""
    found, today = visible_assessment(request, pk)
    shown = assessment_pages.page_of(found, request.user, today)
    if "format" in request.GET:
        from samkoll.risks import printing

        document = printing.assessment(shown.printed, org.municipality().name, today)
        answer = downloads.response(document, form=request.GET["format"])
        if answer is None:
            raise Http404
        return answer
    page = Page(title=found.title, crumbs=(_top(),), wide=True)
    return render(request, "risks/assessment.html", {"page": page, "here": shown})


@FORM
def edit(request: AuthedRequest, pk: int, step: str) -> HttpResponse:
    """Write one step. 404: no such step. 422: the assessment is ready, or it will not do."""
    found, today = visible_assessment(request, pk)
    if step not in STEPS:
        raise Http404
    write = policies.can_write(request.user, found.unit, today)
    require(write)
    if not (may := policies.can_edit_assessment(found, write)):
        raise DomainError(may.reason)
    form = forms.AssessmentForm(request.POST or None, step=step, assessment=found)
    draft = drafts.of(request, f"andring-{pk}-{step}", today=today)
    draft.fill(form)
    conflict = None

    def do() -> None:
        services.edit_assessment(
            assessment_id=pk,
            told=form.told(),
            affected_units=form.cleaned_data.get("affected_units"),
            version=form.cleaned_data["version"],
            actor=request.user,
            today=today,
        )

    try:
        if saved(request, form, do, draft):
            return redirect("risks:assessment", pk=pk)
    except Conflict as error:
        conflict = error.table
    page = Page(title=assessment_pages.STEP_WORDS[step], crumbs=_crumbs(found))
    return form_page(
        request, form, page=page, label=_("Spara"), draft=draft, conflict=conflict,
        back_url=_url(found), steps=assessment_pages.steps(found, step),
    )  # fmt: skip


@FORM
def ready(request: AuthedRequest, pk: int) -> HttpResponse:
    """Ask, and make the assessment ready. 422: something is missing."""
    found, today = visible_assessment(request, pk)
    require(policies.can_write(request.user, found.unit, today))
    if request.method == "POST":
        services.make_ready(assessment_id=pk, actor=request.user, today=today)
        messages.success(request, _("Bedömningen är klar. Ändringen kan beslutas."))
        return redirect("risks:assessment", pk=pk)
    context = {
        "page": Page(title=_("Gör bedömningen klar"), crumbs=_crumbs(found)),
        "question": _("När bedömningen är klar kan texten inte ändras. Är allt med?"),
        "label": _("Gör klar"),
        "back_url": _url(found),
    }
    return render(request, "web/confirm.html", context)


@FORM
def follow_up(request: AuthedRequest, pk: int) -> HttpResponse:
    """Write what the change led to. 422: too early, or the assessment is not ready."""
    found, today = visible_assessment(request, pk)
    require(policies.can_write(request.user, found.unit, today))
    form = forms.ResultForm(request.POST or None)
    draft = drafts.of(request, f"andring-{pk}-resultat", today=today)
    draft.fill(form)

    def do() -> None:
        result = form.cleaned_data["result"]
        services.follow_up_assessment(
            assessment_id=pk, result=result, actor=request.user, today=today
        )

    if saved(request, form, do, draft):
        messages.success(request, _("Ändringen är uppföljd."))
        return redirect("risks:assessment", pk=pk)
    page = Page(title=_("Följ upp ändringen"), crumbs=_crumbs(found))
    label = _("Spara uppföljningen")
    return form_page(request, form, page=page, label=label, back_url=_url(found), draft=draft)


@FORM
def withdraw(request: AuthedRequest, pk: int) -> HttpResponse:
    """Say that the change does not happen."""
    found, today = visible_assessment(request, pk)
    require(policies.can_write(request.user, found.unit, today))
    return with_reason(
        request,
        lambda reason: services.withdraw_assessment(
            assessment_id=pk, reason=reason, actor=request.user, today=today
        ),
        page=Page(
            title=_("Ändringen genomförs inte"),
            notice=_("Riskerna finns kvar: stäng dem som inte längre är aktuella."),
            crumbs=_crumbs(found),
        ),
        label=_("Avsluta bedömningen"),
        asked=_("Varför genomförs inte ändringen?"),
        back_url=_url(found),
        done=_("Bedömningen är avslutad."),
    )


def _top() -> Crumb:
    return Crumb(_("Inför ändringar"), reverse("risks:assessments"))


def _url(found: ChangeAssessment) -> str:
    return reverse("risks:assessment", args=[found.pk])


def _crumbs(found: ChangeAssessment) -> tuple[Crumb, ...]:
    return _top(), Crumb(found.title, _url(found))
