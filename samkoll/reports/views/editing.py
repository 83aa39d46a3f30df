"""Writing one section of a report."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samkoll.core.access import require
from samkoll.core.errors import DomainError
from samkoll.desk import drafts
from samkoll.desk import services as desk
from samkoll.desk.drafts import FormDraft
from samkoll.reports import beside, editing, forms, pages, policies, queries
from samkoll.reports.composition import Context
from samkoll.reports.material import Material
from samkoll.reports.models import Report
from samkoll.reports.suggesting import panel
from samkoll.reports.template_data import Section
from samkoll.reports.views import suggesting
from samkoll.reports.views.reports import crumbs, form_page, visible_report
from samkoll.web.htmx import AuthedRequest
from samkoll.web.page import Page

Conflicts = list[tuple[str, str]]


@require_http_methods(["GET", "POST"])
def edit(request: AuthedRequest, pk: int, key: str) -> HttpResponse:
    """One section's form. 422 keeps what was typed, also when somebody else saved first.

    The buttons beside the fields (``beside.USE`` and ``COPY``) fill a field and save nothing.
    """
    report, today = visible_report(request, pk), timezone.localdate()
    require(policies.can_edit(request.user, report, today))
    gathered = panel.context_of(report, today) if request.method == "GET" else None
    material = gathered.report if gathered else queries.materials([pk])[pk]
    section = next((s for s in material.form.sections if s.key == key), None)
    if section is None:
        raise Http404
    version, _who = queries.section_state(report, key)
    filling = suggesting.asked(request.POST)
    filling = filling or beside.USE in request.POST or beside.COPY in request.POST
    data = _filled(request, report, section) if filling else request.POST or None
    form = forms.SectionForm(data, material=material, section=section, version=version)
    draft = drafts.of(request, f"rapport-{pk}-{key}", today=today)
    draft.fill(form)
    conflicts: Conflicts = []
    if request.method == "POST" and not filling and form.is_valid():
        answer, form, conflicts = _save(request, report, section, form, draft)
        if answer:
            return answer
    gathered = gathered or panel.context_of(report, today)
    context = _context(report, material, section, form, gathered)
    context |= {
        "draft": draft,
        "conflicts": conflicts,
        "suggestions": suggesting.beside(report, section, form, gathered),
        "suggestions_open": suggesting.asked(request.POST),
    }
    return form_page(request, "reports/_section.html", context, form)


def _filled(request: AuthedRequest, report: Report, section: Section) -> Any:
    if suggesting.asked(request.POST):
        return suggesting.done(request, report, section)
    return beside.put(request.POST, section, beside.earlier_texts(report, section.key))


def _context(
    report: Report,
    material: Material,
    section: Section,
    form: forms.SectionForm,
    gathered: Context | None,
) -> dict[str, Any]:
    return {
        "page": Page(
            title=f"{section.number} {section.heading}",
            notice=material.words.fill(section.instruction),
            crumbs=crumbs(report),
            wide=True,
        ),
        "computed": pages.computed(gathered, section.key) if gathered else "",
        "form": form,
        "beside": beside.of(report, material, section, form),
        "has_errors": bool(form.errors),
        "back_url": reverse("reports:read", args=[report.pk]),
    }


def _save(
    request: AuthedRequest,
    report: Report,
    section: Section,
    form: forms.SectionForm,
    draft: FormDraft,
) -> tuple[HttpResponse | None, forms.SectionForm, Conflicts]:
    """The way to the report when it was saved, else the form with what stands in the way."""
    try:
        saved = editing.edit_section(
            report_id=report.pk,
            section=section.key,
            version=form.cleaned_data["version"],
            typed=form.typed(),
            actor=request.user,
            today=timezone.localdate(),
        )
    except editing.EditConflict as error:
        form, conflicts = _both(request, report.pk, section, error)
        form.add_error(None, str(error))
        return None, form, conflicts
    except editing.ReasonMissing as error:
        form.add_error(f"comment-{error.question}", str(error))
        return None, form, []
    except DomainError as error:
        form.add_error(None, str(error))
        return None, form, []
    suggesting.saved(request, report, section, form.typed().texts)
    desk.discard_draft(owner=request.user, key=draft.key)
    messages.success(request, _told(saved.merged_with))
    return redirect(f"{reverse('reports:read', args=[report.pk])}#{section.anchor}"), form, []


def _told(merged_with: str) -> str:
    if not merged_with:
        return _("Avsnittet är sparat.")
    return _("Avsnittet är sparat. %(name)s skrev samtidigt, och era ändringar är sammanförda.") % {
        "name": merged_with
    }


def _both(
    request: AuthedRequest, pk: int, section: Section, conflict: editing.EditConflict
) -> tuple[forms.SectionForm, Conflicts]:
    """What could be merged, one's own where it could not, and what the other one wrote there.

    Read anew: they saved after this page read the section.
    """
    material = queries.materials([pk])[pk]
    data = forms.typed_again(request.POST, conflict.merged, conflict.version)
    again = forms.SectionForm(data, material=material, section=section, version=conflict.version)
    again.is_valid()
    latest = forms.SectionForm(None, material=material, section=section, version=conflict.version)
    return again, again.saved_otherwise(latest, conflict.places)
