"""Statistics sheets: a manager fetches the own ones, HR has them made."""

from __future__ import annotations

from http import HTTPStatus
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samkoll.core.access import require
from samkoll.core.months import Month
from samkoll.explore import (
    sheets_forms,
    sheets_page,
    sheets_policies,
    sheets_queries,
    sheets_services,
)
from samkoll.explore.sheets_making import FORMATS
from samkoll.stats import queries as stats
from samkoll.web import lists
from samkoll.web.htmx import AuthedRequest
from samkoll.web.page import Page

CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


@require_GET
def sheets(request: AuthedRequest) -> HttpResponse:
    """The sheets that one may fetch; for those who make them, also the run and the schedule."""
    return _page(request, {})


@require_POST
def run(request: AuthedRequest) -> HttpResponse:
    """Have a month's sheets made; the progress is a page of the desk. 422: no such month."""
    now = timezone.now()
    require(sheets_policies.can_make(request.user, timezone.localdate(now)))
    months = sheets_queries.months(stats.current_facts())
    form = sheets_forms.run_form(request.POST, months, None)
    if not form.is_valid():
        return _page(request, {"run": form})
    month, mail = Month.parse(form.cleaned_data["month"]), form.cleaned_data["mail"]
    job = sheets_services.order(month=month, mail=mail, actor=request.user, now=now)
    return redirect("home:job", job.pk)


@require_POST
def schedule(request: AuthedRequest) -> HttpResponse:
    """Change when sheets are made by themselves. 422: the days are not 1 to 90."""
    today = timezone.localdate()
    require(sheets_policies.can_make(request.user, today))
    form = sheets_forms.ScheduleForm(request.POST, prefix="schedule")
    if not form.is_valid():
        return _page(request, {"schedule": form})
    choice = sheets_services.Choice(**form.cleaned_data)
    sheets_services.change_schedule(choice=choice, actor=request.user, today=today)
    messages.success(request, _("Schemat är sparat."))
    return redirect("explore:sheets")


@require_GET
def sheet_file(request: AuthedRequest, pk: int) -> FileResponse:
    """One sheet as a file, ``?format=xlsx`` or pdf. 404: not one's own, or no such format."""
    form = request.GET.get("format", "pdf")
    if form not in FORMATS:
        raise Http404
    found = sheets_queries.visible_to(request.user, timezone.localdate())
    sheet = get_object_or_404(found, pk=pk)
    return FileResponse(
        BytesIO(bytes(getattr(sheet, form))),
        as_attachment=True,
        filename=f"statistik-{Month(sheet.month)}-{sheet.pk}.{form}",
        content_type=CONTENT_TYPES[form],
    )


def _page(request: AuthedRequest, forms: dict[str, Any]) -> HttpResponse:
    """The page; ``forms``: the one that did not work."""
    today = timezone.localdate()
    makes = sheets_policies.can_make(request.user, today)
    rows = lists.page_of(request, sheets_queries.visible_to(request.user, today))
    page = Page(
        title=_("Statistikblad"),
        notice=_("Publicerade siffror för dina enheter, tertialvis och årsvis, att ta med sig."),
    )
    context: dict[str, Any] = {
        "page": page,
        "makes": makes,
        "rows": rows,
        "table": sheets_page.table(rows, everybody=bool(makes)),
        "has_errors": bool(forms),
    }
    if makes:
        months = sheets_queries.months(stats.current_facts())
        chosen = sheets_queries.newest_closing(months)
        saved = sheets_queries.schedule()
        names = ("each_tertial", "each_year", "days_after", "mail")
        values = {name: getattr(saved, name) for name in names}
        context |= {
            "months": months,
            "run": forms.get("run") or sheets_forms.run_form(None, months, chosen),
            "schedule": forms.get("schedule")
            or sheets_forms.ScheduleForm(initial=values, prefix="schedule"),
            "last": sheets_page.last_run(sheets_queries.last_run()),
        }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if forms else HTTPStatus.OK
    return render(request, "explore/sheets/sheets.html", context, status=status)
