"""Pages of the reports. Thin: find what the user may see, call one service, render."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samkoll.core.access import require
from samkoll.core.errors import DomainError
from samkoll.desk import queries as desk
from samkoll.desk.models import JobState
from samkoll.documents import downloads
from samkoll.documents.writers import Format
from samkoll.org import queries as org
from samkoll.reports import (
    building,
    composition,
    figure_page,
    forms,
    listing,
    pages,
    policies,
    queries,
    review_page,
    services,
    single_pages,
    storing,
    then_and_now,
)
from samkoll.reports import years as next_years
from samkoll.reports.chain import pages as chain
from samkoll.reports.form_editor.policies import can_change_forms
from samkoll.reports.models import Kind, Report
from samkoll.reports.parts import listing as parts
from samkoll.reports.suggesting import panel as suggestions
from samkoll.web import export
from samkoll.web.htmx import AuthedRequest, render_fragment
from samkoll.web.page import Crumb, Page
from samkoll.web.tables import Table


@require_GET
def index(request: AuthedRequest) -> HttpResponse:
    """All reports that the user may read: boards by year.

    ``?ar=2024`` shows one year; ``&format=xlsx`` gives what is shown as a file.
    """
    today, year = timezone.localdate(), _year(request.GET.get("ar", ""))
    years, rows = queries.listed(request.user, today)
    if year and year not in years:
        raise Http404
    shown = [year] if year else years
    if "format" in request.GET:
        return _file(listing.table(rows, shown), request.GET["format"], year)
    offer = next_years.next_year(request.user, today)
    may_start = policies.can_start_year(request.user, org.municipality(), today)
    page = Page(
        title=_("Rapporter"),
        notice=_("Nämndernas och kommunens arbetsmiljörapporter, med hur långt de har kommit."),
    )
    context = {
        "page": page,
        "table": listing.matrix(rows, shown),
        "years": _buildable_years(request, shown),
        "year": offer.year if offer else today.year,
        "start": offer.verdict if offer else may_start,
        "history": may_start,
        "offered": offer is not None,
        "filters": listing.filters(years, year),
        "exports": listing.exports(year),
        "shows_parts": org.may(request.user, "part:read", today),
        "shows_forms": can_change_forms(request.user, today),
    }
    return render(request, "reports/index.html", context)


@require_POST
def open_year(request: AuthedRequest, year: int) -> HttpResponse:
    """Open the reports of a year and pin their figures. 422: facts are missing."""
    count = services.start_year(year=year, actor=request.user, now=timezone.now())
    messages.success(request, _("Underlaget är uttaget för %(n)s rapporter.") % {"n": count})
    return redirect("reports:index")


@require_GET
def read(request: AuthedRequest, pk: int) -> HttpResponse:
    """The report as it stands, each figure linked to where it comes from."""
    report, today = visible_report(request, pk), timezone.localdate()
    context = {
        "page": Page(title=str(report), notice=chain.notice(report), crumbs=crumbs(), wide=True),
        "report": report,
        "sections": pages.sections(report),
        "edit": policies.can_edit(request.user, report, today),
        "register": policies.can_register(request.user, report, today),
        "build": policies.can_build(request.user, report, today),
        "files": pages.files(report),
        "chain": chain.panel(report, request.user, today),
        "parts_url": parts.link(report, request.user, today),
        "more": single_pages.more(report, request.user, today),
        "changed": suggestions.changed(report, today),
        "moved_url": then_and_now.link(report),
    }
    if report.facts:
        links = pages.section_link(report) if context["edit"] else None
        context |= pages.reading(building.document(pk, produced_on=today), report, links)
    return render(request, "reports/read.html", context)


@require_GET
def review(request: AuthedRequest, pk: int) -> HttpResponse:
    """What contradicts itself in the report as it stands."""
    report = visible_report(request, pk)
    page = Page(
        title=_("Granskning"),
        notice=_("Rapporten så som den står nu, jämförd med sig själv."),
        crumbs=crumbs(report),
    )
    context: dict[str, Any] = {"page": page, "report": report}
    if report.facts:
        context["findings"] = review_page.findings(report, timezone.localdate())
        context["checked"] = review_page.checked()
    return render(request, "reports/review.html", context)


@require_GET
def figure(request: AuthedRequest, pk: int, figure: str) -> HttpResponse:
    """Where a figure comes from. A protected figure tells nothing but that it is protected."""
    report = visible_report(request, pk)
    context = _context(report)
    shown = figure_page.of(context, figure)
    if shown is None:
        raise Http404
    page = Page(
        title=shown.title,
        notice=_("Så är siffran framtagen."),
        crumbs=crumbs(report),
    )
    return render(request, "reports/figure.html", {"page": page, "figure": shown})


@require_http_methods(["GET", "POST"])
def question(request: AuthedRequest, pk: int, key: str) -> HttpResponse:
    """One rolled-up question, and the form that overrides its proposed answer."""
    report, today = visible_report(request, pk), timezone.localdate()
    context = _context(report)
    known = {q.key for _section, q in context.report.form.questions()}
    if not context.report.form.sums_up or key not in known:
        raise Http404
    asked = context.report.form.question(key)
    decided = context.report.overrides.get(key)
    initial = {"value": decided.value, "reason": decided.reason} if decided else None
    form = forms.OverrideForm(
        request.POST or None, form=context.report.form, question=asked, initial=initial
    )
    if request.method == "POST":
        require(policies.can_override(request.user, report, today))
        if form.is_valid():
            try:
                services.override_answer(
                    report_id=pk,
                    question=key,
                    actor=request.user,
                    today=today,
                    **form.cleaned_data,
                )
                return redirect("reports:question", pk, key)
            except DomainError as error:
                form.add_error(None, str(error))
    shown = pages.question(context, report, key, request.user, today)
    page = Page(title=_("Sammanvägt svar"), notice=shown.text, crumbs=crumbs(report))
    values = {
        "page": page,
        "question": shown,
        "form": form,
        "has_errors": bool(form.errors),
        "withdraw_url": reverse("reports:withdraw", args=[pk, key]) if decided else "",
    }
    return form_page(request, "reports/_question.html", values, form)


@require_POST
def withdraw(request: AuthedRequest, pk: int, key: str) -> HttpResponse:
    """Go back to the answer that the boards' answers propose."""
    report = visible_report(request, pk)
    services.withdraw_override(
        report_id=report.pk, question=key, actor=request.user, today=timezone.localdate()
    )
    messages.success(request, _("Kommunens svar följer nu nämndernas svar."))
    return redirect("reports:question", pk, key)


@require_http_methods(["GET", "POST"])
def diary_number(request: AuthedRequest, pk: int) -> HttpResponse:
    """The form of the diary number."""
    report, today = visible_report(request, pk), timezone.localdate()
    require(policies.can_register(request.user, report, today))
    form = forms.DiaryForm(request.POST or None, initial={"diary_number": report.diary_number})
    if request.method == "POST" and form.is_valid():
        services.set_diary_number(
            report_id=pk, actor=request.user, today=today, **form.cleaned_data
        )
        return redirect("reports:read", pk)
    context = {
        "page": Page(title=_("Diarienummer"), crumbs=crumbs(report)),
        "form": form,
        "has_errors": bool(form.errors),
        "back_url": reverse("reports:read", args=[pk]),
    }
    return form_page(request, "reports/_diary_number.html", context, form)


@require_POST
def build(request: AuthedRequest, pk: int) -> HttpResponse:
    """Order new files of one report."""
    report = visible_report(request, pk)
    job = storing.order(report_ids=[report.pk], actor=request.user, now=timezone.now())
    return redirect("reports:job", job.pk)


@require_POST
def build_many(request: AuthedRequest) -> HttpResponse:
    """Order new files of every report of a year that the user may have made."""
    year = _year(request.POST.get("year", ""))
    if not year:
        raise Http404
    today = timezone.localdate()
    wanted = queries.buildable_by(request.user, today).filter(year=year).exclude(kind=Kind.UNIT)
    if not wanted and (report := _visible(request).filter(year=year).first()):
        require(policies.can_build(request.user, report, today))
    ids = list(wanted.values_list("pk", flat=True))
    job = storing.order(report_ids=ids, actor=request.user, now=timezone.now())
    return redirect("reports:job", job.pk)


@require_GET
def job(request: AuthedRequest, pk: int) -> HttpResponse:
    """How far the building has come; asks again by itself, or when one reloads."""
    found = get_object_or_404(desk.visible_to(request.user), pk=pk)
    finished = found.state in (JobState.DONE, JobState.FAILED)
    context = {
        "page": Page(title=_("Rapportfiler skapas"), crumbs=crumbs()),
        "job": found,
        "finished": finished,
        "failed": found.state == JobState.FAILED,
        "poll_url": reverse("reports:job", args=[pk]),
    }
    return render_fragment(request, "reports/_job.html", context)


@require_GET
def download(request: AuthedRequest, pk: int, format_: Format) -> FileResponse:
    """A built file, as an attachment."""
    report = visible_report(request, pk)
    file = get_object_or_404(report.files, format=format_)
    answer = downloads.stored(storing.path_of(file), form=format_)
    if answer is None:
        raise Http404
    return answer


def _visible(request: AuthedRequest) -> QuerySet[Report]:
    found = queries.visible_to(request.user, timezone.localdate())
    return found.select_related("template", "unit", "board")


def _buildable_years(request: AuthedRequest, shown: list[int]) -> list[int]:
    found = queries.buildable_by(request.user, timezone.localdate()).filter(year__in=shown)
    return list(found.order_by("-year").values_list("year", flat=True).distinct())


def _file(table: Table, form: str, year: int | None) -> HttpResponse:
    name = f"arbetsmiljorapporter-{year}" if year else "arbetsmiljorapporter"
    answer = export.response(table, form=form, name=name)
    if answer is None:
        raise Http404
    return answer


def _year(text: str) -> int | None:
    """A year of an address; None for none. 404 for what is not a year."""
    if text and not re.fullmatch(r"[0-9]{4}", text):
        raise Http404
    return int(text) if text else None


def visible_report(request: AuthedRequest, pk: int) -> Report:
    """The report, if the user may read it; else 404."""
    return get_object_or_404(_visible(request), pk=pk)


def _context(report: Report) -> composition.Context:
    return building.gather([report.pk], produced_on=timezone.localdate())[report.pk]


def form_page(
    request: AuthedRequest, template: str, context: dict[str, Any], form: Any
) -> HttpResponse:
    """A page with a form, or the form alone; 422 when something has to be mended."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render_fragment(request, template, context, status=status)


def crumbs(report: Report | None = None) -> tuple[Crumb, ...]:
    """The way to a page of the reports, or of one report."""
    way = [Crumb(_("Rapporter"), reverse("reports:index"))]
    if report:
        way.append(Crumb(str(report), reverse("reports:read", args=[report.pk])))
    return tuple(way)
