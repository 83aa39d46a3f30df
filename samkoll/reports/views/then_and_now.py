"""The page of the figures that have changed since a report's facts were extracted."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samkoll.core.errors import DomainError
from samkoll.reports import building, then_and_now
from samkoll.reports.views.reports import crumbs, visible_report
from samkoll.web.htmx import AuthedRequest
from samkoll.web.page import Page


@require_GET
def moved(request: AuthedRequest, pk: int) -> HttpResponse:
    """Then and now, for every figure of the report that is shown otherwise today."""
    report, today = visible_report(request, pk), timezone.localdate()
    page = Page(
        title=_("Ändrade siffror"),
        notice=_("Siffror som är andra med dagens underlag. Rapporten behåller dem från uttaget."),
        crumbs=crumbs(report),
    )
    context: dict[str, object] = {"page": page, "report": report}
    if report.facts:
        try:
            gathered = building.gather([pk], produced_on=today)[pk]
            document = building.document(pk, produced_on=today)
            context["table"] = then_and_now.table(gathered, document)
        except DomainError as error:
            context["refusal"] = str(error)
    return render(request, "reports/moved.html", context)
