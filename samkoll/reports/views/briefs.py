"""Pages of work-environment briefs: the list, and making one."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samkoll.core.access import require
from samkoll.core.errors import DomainError
from samkoll.org import queries as org
from samkoll.reports import briefs, single, single_forms, single_pages
from samkoll.reports.models import Kind
from samkoll.reports.views.reports import form_page
from samkoll.web.htmx import AuthedRequest
from samkoll.web.page import Page


@require_http_methods(["GET", "POST"])
def index(request: AuthedRequest) -> HttpResponse:
    """The briefs that one may read, and a new one for those who write them."""
    today = timezone.localdate()
    places = single.places(request.user, today)
    if request.method == "POST" and not places:
        require(single.can_open(request.user, org.municipality(), today))
    form = single_forms.BriefForm(request.POST or None, places=places)
    if request.method == "POST" and form.is_valid():
        try:
            report = briefs.create_brief(
                unit=form.unit_chosen(),
                month=form.cleaned_data["month"],
                months=int(form.cleaned_data["months"]),
                actor=request.user,
                now=timezone.now(),
            )
            return redirect("reports:read", report.pk)
        except DomainError as error:
            form.add_error(None, str(error))
    context = {
        "page": Page(
            title=_("Arbetsmiljöbrev"),
            notice=_("En månad eller ett tertial i korthet: nyckeltal, åtgärder och risker."),
        ),
        "table": single_pages.listed(request.user, Kind.BRIEF, today),
        "form": form if places else None,
        "heading": _("Nytt arbetsmiljöbrev"),
        "label": _("Skapa brevet"),
        "empty": _("Inga arbetsmiljöbrev"),
        "has_errors": bool(form.errors),
    }
    return form_page(request, "reports/_single_index.html", context, form)
