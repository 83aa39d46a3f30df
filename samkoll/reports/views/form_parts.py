"""Pages of the form editor for one section of a draft, and one part of a section."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samkoll.core.access import require
from samkoll.core.errors import DomainError
from samkoll.reports.form_editor import content as steps
from samkoll.reports.form_editor import forms, policies, showing
from samkoll.reports.form_editor.parts import PARTS, addable, new
from samkoll.reports.models import TemplateDraft
from samkoll.reports.views.form_editor import change, crumbs
from samkoll.reports.views.reports import form_page
from samkoll.web.htmx import AuthedRequest
from samkoll.web.page import Crumb, Page


@require_http_methods(["GET", "POST"])
def section(request: AuthedRequest, pk: int, key: str) -> HttpResponse:
    """Heading, instruction and condition of a section, and its parts."""
    found, raw = _section(request, pk, key)
    form = forms.SectionForm(request.POST or None, content=found.content, section=raw)
    if request.method == "POST" and form.is_valid():
        try:
            change(request, found, steps.set_section(key, form.values_of()))
            return redirect("reports:form_draft", pk)
        except DomainError as error:
            form.add_error(None, str(error))
    context = {
        "page": Page(
            title=f"{raw['number']} {raw['heading']}",
            notice=_("Ett avsnitt i mallen."),
            crumbs=crumbs(found),
        ),
        "draft": found,
        "section": raw,
        "form": form,
        "has_errors": bool(form.errors),
        "parts": showing.parts(found, raw),
        "add_form": forms.AddPartForm(None, kind=found.kind),
        "back_url": reverse("reports:form_draft", args=[pk]),
    }
    return form_page(request, "reports/_form_section.html", context, form)


@require_POST
def part_new(request: AuthedRequest, pk: int, key: str) -> HttpResponse:
    """A new part, last in the section; its page comes next."""
    found, raw = _section(request, pk, key)
    kind = request.POST.get("kind", "")
    if kind not in dict(addable(found.kind)):
        raise Http404
    change(request, found, steps.add_part(key, new(kind)))
    return redirect("reports:form_part", pk, key, len(raw["parts"]))


@require_http_methods(["GET", "POST"])
def part(request: AuthedRequest, pk: int, key: str, place: int) -> HttpResponse:
    """What a part shows, and its questions, figures or rows."""
    found, raw = _section(request, pk, key)
    if place >= len(raw["parts"]):
        raise Http404
    part = raw["parts"][place]
    form = forms.PartForm(request.POST or None, part=part)
    rows = forms.row_forms(request.POST or None, part)
    valid = form.is_valid() and (rows is None or rows.is_valid())
    if request.method == "POST" and valid:
        values: dict[str, Any] = form.values_of()
        if rows is not None:
            values |= forms.rows_of(rows, part, _taken(found, part))
        try:
            change(request, found, steps.set_part(key, place, values))
            return redirect("reports:form_section", pk, key)
        except DomainError as error:
            form.add_error(None, str(error))
    if rows is not None and rows.is_bound and not rows.is_valid():
        form.add_error(None, _("Någon rad är inte rätt ifylld."))
    context = {
        "page": Page(
            title=str(PARTS[part["kind"]].label),
            notice=_("En del av avsnittet. Siffror hämtas från måttkatalogen."),
            crumbs=(
                *crumbs(found),
                Crumb(raw["heading"], reverse("reports:form_section", args=[pk, key])),
            ),
        ),
        "draft": found,
        "form": form,
        "rows": rows,
        "has_errors": bool(form.errors),
        "move_url": reverse("reports:form_part_move", args=[pk, key, place]),
        "back_url": reverse("reports:form_section", args=[pk, key]),
    }
    return form_page(request, "reports/_form_part.html", context, form)


@require_POST
def part_move(request: AuthedRequest, pk: int, key: str, place: int) -> HttpResponse:
    """Move or remove a part: ``step`` says which."""
    found, raw = _section(request, pk, key)
    if place >= len(raw["parts"]):
        raise Http404
    made = {
        "up": steps.move_part(key, place, up=True),
        "down": steps.move_part(key, place, up=False),
        "remove": steps.remove_part(key, place),
    }
    if step := made.get(request.POST.get("step", "")):
        change(request, found, step)
    return redirect("reports:form_section", pk, key)


def _taken(found: TemplateDraft, part: dict[str, Any]) -> set[str]:
    name = PARTS[part["kind"]].rows
    return {item["key"] for item in steps.items(found.content, name) if "key" in item}


def _section(request: AuthedRequest, pk: int, key: str) -> tuple[TemplateDraft, dict[str, Any]]:
    require(policies.can_change_forms(request.user, timezone.localdate()))
    found = get_object_or_404(TemplateDraft, pk=pk)
    try:
        return found, steps.section_of(found.content, key)
    except KeyError as error:
        raise Http404 from error
