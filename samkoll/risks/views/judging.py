"""Adding, proposing and judging risks."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samkoll.core.access import require
from samkoll.core.errors import DomainError
from samkoll.desk import drafts
from samkoll.org.models import Unit
from samkoll.risks import forms, policies, queries, services, showing
from samkoll.risks.forms.judging import PARTS, initial_of
from samkoll.risks.matrix import Matrix
from samkoll.risks.models import ChangeAssessment, Risk, RiskStatus
from samkoll.risks.views.common import (
    FORM,
    Conflict,
    crumbs,
    form_page,
    saved,
    top,
    unit_named,
    url_of,
    visible_assessment,
    visible_risk,
)
from samkoll.web.htmx import AuthedRequest
from samkoll.web.page import Crumb, Page

STANDARD = "standard"


@FORM
def new(request: AuthedRequest, code: str) -> HttpResponse:
    """Judge a new risk of a unit. ``?standard=…`` fills in a standard risk."""
    unit, today = unit_named(code), timezone.localdate()
    require(policies.can_write(request.user, unit, today))
    return _new(request, unit, today)


@FORM
def new_for_change(request: AuthedRequest, pk: int) -> HttpResponse:
    """Judge a risk of the time after a change. 422: the assessment is ready."""
    assessment, today = visible_assessment(request, pk)
    write = policies.can_write(request.user, assessment.unit, today)
    require(write)
    if not (may := policies.can_edit_assessment(assessment, write)):
        raise DomainError(may.reason)
    return _new(request, assessment.unit, today, assessment)


@FORM
def propose(request: AuthedRequest, code: str) -> HttpResponse:
    """Tell the unit's manager of a risk."""
    unit, today = unit_named(code), timezone.localdate()
    require(policies.can_propose(request.user, unit, today))
    form = forms.ProposeForm(request.POST or None, initial={"found_on": today})
    draft = drafts.of(request, f"riskforslag-{unit.pk}", today=today)
    draft.fill(form)

    def do() -> None:
        services.propose_risk(unit=unit, actor=request.user, today=today, **form.cleaned_data)

    if saved(request, form, do, draft):
        messages.success(request, _("Förslaget är skickat. Du får veta vad det blir av det."))
        return redirect("risks:unit_index", code=unit.code)
    page = Page(
        title=_("Föreslå en risk i %(unit)s") % {"unit": unit.name},
        notice=_("Enhetens chef bedömer risken eller svarar varför inte."),
        crumbs=(top(),),
    )
    back = reverse("risks:unit_index", args=[unit.code])
    return form_page(
        request, form, page=page, label=_("Skicka förslaget"), back_url=back, draft=draft
    )


@FORM
def edit(request: AuthedRequest, pk: int) -> HttpResponse:
    """Judge a proposal, or an open risk again. 422 keeps what was typed, also in a conflict."""
    risk, today = visible_risk(request, pk)
    write = policies.can_write(request.user, risk.unit, today)
    require(write)
    ways = policies.ways(risk, write)
    if not (may := ways.judge if risk.status == RiskStatus.PROPOSED else ways.change):
        raise DomainError(may.reason)
    proposed = risk.status == RiskStatus.PROPOSED
    matrix = queries.default_matrix() if proposed else queries.matrix_named(risk.matrix)
    fixed = "" if risk.source in queries.sources(chosen=True) else risk.source
    form = forms.RiskForm(
        request.POST or None, matrix=matrix, source=fixed, initial=initial_of(risk)
    )
    draft = drafts.of(request, f"risk-{pk}", today=today)
    draft.fill(form)
    conflict = None

    def do() -> None:
        version = form.cleaned_data["version"]
        services.judge_risk(
            risk_id=pk, version=version, actor=request.user, today=today, **form.values()
        )

    try:
        if saved(request, form, do, draft):
            messages.success(request, _("Bedömningen är sparad."))
            return redirect(url_of(risk))
    except Conflict as error:
        conflict = error.table
    return _risk_form(
        request,
        form,
        page=Page(
            title=_("Bedöm risken") if proposed else _("Ändra bedömningen"), crumbs=crumbs(risk)
        ),
        matrix=matrix,
        back_url=url_of(risk),
        draft=draft,
        conflict=conflict,
    )


@FORM
def after(request: AuthedRequest, pk: int) -> HttpResponse:
    """What the risk is worth now, after measures."""
    risk, today = visible_risk(request, pk)
    require(policies.can_write(request.user, risk.unit, today))
    if risk.level is None:
        raise DomainError(_("Bedöm förslaget först."))
    matrix = queries.matrix_named(risk.matrix)
    initial = {
        "probability": risk.after_probability or risk.probability,
        "consequence": risk.after_consequence or risk.consequence,
        "version": risk.version,
    }
    form = forms.AfterForm(request.POST or None, matrix=matrix, initial=initial)
    conflict = None

    def do() -> None:
        services.set_after(risk_id=pk, actor=request.user, today=today, **form.cleaned_data)

    try:
        if saved(request, form, do):
            messages.success(request, _("Värdet efter åtgärder är sparat."))
            return redirect(url_of(risk))
    except Conflict as error:
        conflict = error.table
    page = Page(
        title=_("Värdet efter åtgärder"),
        notice=_("Bedöm på samma matris som före åtgärderna. Det första värdet står kvar."),
        crumbs=crumbs(risk),
    )
    label, back = _("Spara värdet"), url_of(risk)
    return form_page(request, form, page=page, label=label, back_url=back, conflict=conflict)


@require_GET
def proposal(request: AuthedRequest) -> HttpResponse:
    """What the matrix says of the chosen values, while somebody chooses."""
    name = request.GET.get("matris", "")
    matrix = queries.matrices_named([name]).get(name) or queries.default_matrix()
    return render(request, "risks/_proposal.html", _said(matrix, request.GET))


def _new(
    request: AuthedRequest, unit: Unit, today: date, assessment: ChangeAssessment | None = None
) -> HttpResponse:
    matrix, standard = queries.default_matrix(), request.GET.get(STANDARD, "")
    form = forms.RiskForm(
        request.POST or None,
        matrix=matrix,
        source="change" if assessment else "",
        initial={"found_on": today, **_filled(standard)},
    )
    key = f"ny-risk-andring-{assessment.pk}" if assessment else f"ny-risk-{unit.pk}"
    draft = drafts.of(request, key, today=today)
    draft.fill(form)
    added: list[Risk] = []

    def do() -> None:
        values = {**form.values(), "assessment": assessment}
        added.append(services.add_risk(unit=unit, actor=request.user, today=today, **values))

    if saved(request, form, do, draft):
        messages.success(request, _("Risken är bedömd. Lägg till en åtgärd."))
        return redirect(url_of(added[0]))
    back = (
        reverse("risks:assessment", args=[assessment.pk])
        if assessment
        else reverse("risks:unit_index", args=[unit.code])
    )
    above = Crumb(assessment.title, back) if assessment else Crumb(unit.name, back)
    page = Page(
        title=_("Ny risk"),
        notice=_("Beskriv risken och bedöm den. Du avgör om den är allvarlig."),
        crumbs=(top(), above),
    )
    return _risk_form(
        request, form, page=page, matrix=matrix, back_url=back, draft=draft,
        standard=_standard(request.path),
    )  # fmt: skip


def _risk_form(
    request: AuthedRequest, form: forms.RiskForm, *, page: Page, matrix: Matrix, **more: Any
) -> HttpResponse:
    data = form.data if form.is_bound else form.initial
    said = _said(matrix, {part: str(data.get(part) or "") for part in PARTS})
    return form_page(
        request,
        form,
        page=page,
        label=_("Spara bedömningen"),
        template="risks/_risk_form.html",
        proposal_url=f"{reverse('risks:proposal')}?matris={matrix.name}",
        **said,
        **more,
    )


def _said(matrix: Matrix, data: Any) -> dict[str, Any]:
    """The level of the chosen values as a state, and what the matrix proposes."""
    chosen = [data.get(part, "") for part in PARTS]
    if not all(text.isascii() and text.isdigit() for text in chosen):
        return {"level": None}
    try:
        level = matrix.level(int(chosen[0]), int(chosen[1]))
    except DomainError:
        return {"level": None}
    state = showing.level_state(matrix, level, None)
    return {"level": state, "proposes": matrix.proposes_serious(int(chosen[0]), int(chosen[1]))}


def _filled(key: str) -> dict[str, Any]:
    """What a standard risk fills in."""
    found = queries.standard_risk(key)
    if found is None:
        return {}
    return {"title": found.title, "description": found.description, "area": found.area}


def _standard(path: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The standard risks by area, each with the address that fills the form."""
    found: dict[str, list[tuple[str, str]]] = {}
    for risk in queries.standard_risks():
        link = f"{path}?{STANDARD}={risk.key}"
        found.setdefault(queries.area_label(risk.area), []).append((risk.title, link))
    return list(found.items())
