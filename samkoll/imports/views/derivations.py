"""How months were made of the HR system's files: each run, what it merged, and what it left out."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samkoll.core.access import require
from samkoll.imports import derivation_pages as pages
from samkoll.imports import policies, queries
from samkoll.web import lists
from samkoll.web.htmx import AuthedRequest
from samkoll.web.page import Crumb, Page
from samkoll.web.tables import Table


@require_GET
def index(request: AuthedRequest) -> HttpResponse:
    """Every run, newest first."""
    today = timezone.localdate()
    require(policies.can_read(request.user, today))
    rows = lists.page_of(request, queries.derivations(request.user, today))
    heads = lists.heads(request.GET, pages.columns(), None)
    context = {
        "page": Page(
            title=_("Framräknade månader"),
            notice=_(
                "När filer med frånvaro, anställningar, tid och avgångar läses in räknas månaderna "
                "fram ur dem. Här ser du vad som blev av raderna."
            ),
            crumbs=(Crumb(_("Importer"), reverse("imports:index")),),
        ),
        "rows": rows,
        "table": Table(_("Framräkningar"), heads, pages.rows(rows), caption_hidden=True),
    }
    return render(request, "imports/derivations.html", context)


@require_GET
def detail(request: AuthedRequest, pk: int) -> HttpResponse:
    """One run: its months, what is uncertain, what is not counted, and its files."""
    found = queries.derivations(request.user, timezone.localdate())
    made = get_object_or_404(found, pk=pk)
    shown = pages.detail(made)
    crumbs = (
        Crumb(_("Importer"), reverse("imports:index")),
        Crumb(_("Framräknade månader"), reverse("imports:derivations")),
    )
    page = Page(title=shown.title, notice=shown.sentence, crumbs=crumbs)
    return render(request, "imports/derivation.html", {"page": page, "made": shown})
