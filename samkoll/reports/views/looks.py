"""Pages of Word templates and logos: who has what, choosing, trying, going back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

import samkoll.documents
from samkoll.core.access import require
from samkoll.core.errors import DomainError
from samkoll.documents import downloads
from samkoll.documents.word import fields
from samkoll.documents.word.sample import sample
from samkoll.org import queries as org
from samkoll.org.models import Unit
from samkoll.reports import single
from samkoll.reports.form_editor import policies
from samkoll.reports.looks import forms, queries, services
from samkoll.reports.models import UnitLook
from samkoll.reports.views.reports import crumbs, form_page
from samkoll.web.htmx import AuthedRequest
from samkoll.web.page import Crumb, Page
from samkoll.web.tables import Cell, Head, Row, Table

SHIPPED = Path(samkoll.documents.__file__).parent / "data" / "report.docx"


@require_GET
def index(request: AuthedRequest) -> HttpResponse:
    """The municipality and its administrations, each with its template and logo."""
    today = _allowed(request)
    context = {
        "page": Page(
            title=_("Word-mallar och logotyper"),
            notice=_("En förvaltning utan egen mall får kommunens, och annars vår."),
            crumbs=(*crumbs(), Crumb(_("Rapportmallar"), reverse("reports:form_index"))),
        ),
        "table": _table(today),
    }
    return render(request, "reports/looks.html", context)


def _table(today: date) -> Table:
    units = _units(today)
    own = {look.unit_id: look for look in _current().select_related("template", "logo")}
    rows = []
    for unit in units:
        look = own.get(unit.pk)
        files = (look.template, look.logo) if look else (None, None)
        rows.append(
            Row(
                (
                    Cell(unit.name, url=reverse("reports:look", args=[unit.pk])),
                    *(Cell(file.name if file else _("Ingen egen")) for file in files),
                    Cell(f"{look.by}, {look.at:%Y-%m-%d}" if look else ""),
                )
            )
        )
    heads = tuple(map(Head, (_("Enhet"), _("Word-mall"), _("Logotyp"), _("Vald av"))))
    return Table(_("Word-mallar och logotyper"), heads, tuple(rows), caption_hidden=True)


@require_http_methods(["GET", "POST"])
def look(request: AuthedRequest, pk: int) -> HttpResponse:
    """A unit's own template and logo. 422: a file was not taken, with the reason."""
    today = _allowed(request)
    unit = _unit(pk, today)
    form = forms.LookForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.choose(
                unit=unit,
                template=form.chosen("template"),
                logo=form.chosen("logo"),
                actor=request.user,
                now=timezone.now(),
            )
            messages.success(request, _("Nya filer för %(unit)s ser ut så.") % {"unit": unit.name})
            return redirect("reports:look_index")
        except DomainError as error:
            form.add_error(None, str(error))
    way = Crumb(_("Word-mallar och logotyper"), reverse("reports:look_index"))
    context = {
        "page": Page(
            title=unit.name,
            notice=_("Så ser förvaltningens dokument ut i Word. Logotypen visas också i PDF."),
            crumbs=(*crumbs(), way),
        ),
        "unit": unit,
        "own": _current().filter(unit=unit).exists(),
        "fields": [f"{{{{ {name} }}}}" for name in fields.Fields.__annotations__],
        "form": form,
        "has_errors": bool(form.errors),
        "back_url": reverse("reports:look_index"),
    }
    return form_page(request, "reports/_look.html", context, form)


@require_POST
def end(request: AuthedRequest, pk: int) -> HttpResponse:
    """Go back to the look of the unit above."""
    unit = _unit(pk, _allowed(request))
    services.end(unit=unit, actor=request.user, now=timezone.now())
    messages.success(request, _("%(unit)s har ingen egen mall längre.") % {"unit": unit.name})
    return redirect("reports:look_index")


@require_GET
def trial(request: AuthedRequest, pk: int) -> FileResponse:
    """A sample in a unit's template, as a Word file. 422: the template does not work any more."""
    today = _allowed(request)
    unit = _unit(pk, today)
    made = sample(org.municipality().name, today)
    look = queries.chosen([unit.pk])[unit.pk].of(made)
    answer = downloads.response(made, form="docx", look=look)
    if answer is None:
        raise Http404
    return answer


@require_GET
def shipped(request: AuthedRequest) -> FileResponse:
    """The shipped template, to begin from."""
    _allowed(request)
    answer = downloads.stored(SHIPPED, form="docx")
    if answer is None:
        raise Http404
    return answer


def _allowed(request: AuthedRequest) -> date:
    today = timezone.localdate()
    require(policies.can_change_forms(request.user, today))
    return today


def _units(today: date) -> list[Unit]:
    found = Unit.objects.valid(today).filter(kind__in=single.PLACES).order_by("name_order")
    return sorted(found, key=lambda unit: unit.parent_id is not None)


def _unit(pk: int, today: date) -> Unit:
    return get_object_or_404(Unit.objects.valid(today).filter(kind__in=single.PLACES), pk=pk)


def _current() -> QuerySet[UnitLook]:
    return UnitLook.objects.filter(ended_at=None)
