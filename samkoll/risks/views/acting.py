"""Actions of risks: new ones, those that exist; common risks; what is reported onward."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samkoll.actions.forms import NewForm
from samkoll.core.access import require
from samkoll.core.errors import DomainError
from samkoll.core.fields import swedish_query
from samkoll.desk import drafts
from samkoll.org import queries as org
from samkoll.risks import forms, policies, queries, services
from samkoll.risks.models import Risk
from samkoll.risks.queries import StandardAction
from samkoll.risks.views.common import (
    FORM,
    crumbs,
    form_page,
    saved,
    top,
    url_of,
    visible_risk,
    with_reason,
)
from samkoll.web.htmx import AuthedRequest
from samkoll.web.page import Page

MOST_FOUND = 20
RISK = "risk"


@FORM
def new_action(request: AuthedRequest, pk: int) -> HttpResponse:
    """Promise a measure for a risk. ``?atgard=1`` fills in a standard measure of its area."""
    risk, today = visible_risk(request, pk)
    require(policies.can_write(request.user, risk.unit, today))
    standard = _standard(risk)
    chosen = request.GET.get("atgard", "")
    begin = standard[int(chosen) - 1] if chosen in map(str, range(1, len(standard) + 1)) else None
    form = NewForm(
        request.POST or None,
        today=today,
        people={"responsible": org.manager_of(risk.unit, today)},
        initial={"title": begin.title, "wanted_effect": begin.wanted_effect} if begin else {},
    )
    draft = drafts.of(request, f"ny-atgard-risk-{pk}", today=today)
    draft.fill(form)

    def do() -> None:
        services.act_on_risks(risks=[risk], actor=request.user, today=today, **form.values())

    if saved(request, form, do, draft):
        messages.success(request, _("Åtgärden är tillagd."))
        return redirect(url_of(risk, "atgarder"))
    page = Page(
        title=_("Ny åtgärd"),
        notice=_("Vad ska göras åt risken, av vem och till när?"),
        crumbs=crumbs(risk),
    )
    return form_page(
        request, form, page=page, label=_("Lägg till åtgärden"), back_url=url_of(risk),
        draft=draft,
        standard=[(_("Vanliga åtgärder"), [
            (action.title, f"{request.path}?atgard={n}") for n, action in enumerate(standard, 1)
        ])] if standard else [],
        standard_summary=_("Utgå från en vanlig åtgärd"),
    )  # fmt: skip


@FORM
def link(request: AuthedRequest, pk: int) -> HttpResponse:
    """Let an action that exists serve the risk too. ``?q=`` searches; POST ``action`` links."""
    risk, today = visible_risk(request, pk)
    require(policies.can_write(request.user, risk.unit, today))
    found = queries.linkable(request.user, risk, today)
    if request.method == "POST":
        if not request.POST.get("action", "").isdigit():
            raise DomainError(_("Välj den åtgärd som ska kopplas."))
        action = get_object_or_404(found, pk=request.POST["action"])
        services.link_action(risk=risk, action=action, actor=request.user, today=today)
        messages.success(request, _("Åtgärden hör nu till risken."))
        return redirect(url_of(risk, "atgarder"))
    text = request.GET.get("q", "").replace("\x00", "").strip()
    if text:
        found = found.filter(search=swedish_query(text))
    context = {
        "page": Page(
            title=_("Koppla en åtgärd som finns"),
            notice=_("En åtgärd kan hjälpa mot flera risker."),
            crumbs=crumbs(risk),
        ),
        "form": forms.LinkForm(initial={"q": text}),
        "found": found.select_related("unit")[:MOST_FOUND],
        "back_url": url_of(risk),
    }
    return render(request, "risks/link.html", context)


@FORM
def unlink(request: AuthedRequest, pk: int, action: int) -> HttpResponse:
    """Say that an action does not serve the risk after all."""
    risk, today = visible_risk(request, pk)
    require(policies.can_write(request.user, risk.unit, today))
    found = get_object_or_404(risk.actions, pk=action)
    return with_reason(
        request,
        lambda reason: services.unlink_action(
            risk=risk, action=found, reason=reason, actor=request.user, today=today
        ),
        page=Page(
            title=_("Koppla bort åtgärden"),
            notice=_("Åtgärden ”%(action)s” finns kvar, men hör inte längre till risken.")
            % {"action": found.title},
            crumbs=crumbs(risk),
        ),
        label=_("Koppla bort"),
        asked=_("Varför hör åtgärden inte till risken?"),
        back_url=url_of(risk, "atgarder"),
        done=_("Åtgärden är bortkopplad."),
    )


@FORM
def report(request: AuthedRequest, pk: int) -> HttpResponse:
    """Choose the risk for a board's report of a year."""
    risk, today = visible_risk(request, pk)
    write = policies.can_write(request.user, risk.unit, today)
    require(write)
    boards, own = queries.boards_for(risk.unit, today)
    linked = queries.actions_of(risk)
    form = forms.ReportForm(
        request.POST or None,
        boards=boards,
        actions=linked,
        initial={
            "board": own.pk if own else None,
            "year": today.year,
            "actions": [action.pk for action in linked if action.ended_on is None],
        },
    )

    def do() -> None:
        services.report_onward(risk=risk, actor=request.user, today=today, **form.values())

    if saved(request, form, do):
        messages.success(request, _("Risken rapporteras vidare."))
        return redirect(url_of(risk, "vidare"))
    page = Page(
        title=_("Rapportera risken vidare"),
        notice=_("Nämnden läser om risken och åtgärderna i årets rapport. Det är ert beslut."),
        crumbs=crumbs(risk),
    )
    if not linked:
        raise DomainError(_("Koppla minst en åtgärd till risken innan den rapporteras vidare."))
    label, back = _("Rapportera vidare"), url_of(risk)
    return form_page(request, form, page=page, label=label, back_url=back)


@FORM
def gather(request: AuthedRequest) -> HttpResponse:
    """One new common risk over the chosen ones (``?risk=1&risk=2``)."""
    today = timezone.localdate()
    held = policies.can_gather(org.permissions_of(request.user, today))
    require(held)
    data = request.POST if request.method == "POST" else request.GET
    chosen = [int(pk) for pk in data.getlist(RISK) if pk.isascii() and pk.isdigit()][:100]
    visible = queries.visible_to(request.user, today)
    risks = list(visible.filter(pk__in=chosen).select_related("unit").order_by("pk"))
    units = queries.units_above(request.user, risks, today)
    if not units:
        raise DomainError(
            _("Markera risker i listan. De ska ligga under en enhet där du får bedöma risker.")
        )
    form = forms.GatherForm(
        request.POST or None,
        units=units,
        matrix=queries.default_matrix(),
        initial={"title": risks[0].title, "area": risks[0].area, "unit": units[0].pk},
    )
    added: list[Risk] = []

    def do() -> None:
        more: dict[str, Any] = form.values()
        added.append(services.gather(risks=risks, actor=request.user, today=today, **more))

    if saved(request, form, do):
        messages.success(request, _("Riskerna är samlade."))
        return redirect(url_of(added[0]))
    page = Page(
        title=_("Samla riskerna under en gemensam"),
        notice=_("Varje risk har kvar sin enhet, sina värden och sina åtgärder."),
        crumbs=(top(),),
    )
    return form_page(
        request, form, page=page, label=_("Samla riskerna"), back_url=reverse("risks:index"),
        hidden=[(RISK, str(risk.pk)) for risk in risks],
        chosen=[f"{risk.title} ({risk.unit.name})" for risk in risks],
    )  # fmt: skip


@FORM
def gather_under(request: AuthedRequest, pk: int) -> HttpResponse:
    """Put the risk under a common one that exists, or begin a new one."""
    risk, today = visible_risk(request, pk)
    require(policies.can_write(request.user, risk.unit, today))
    choices = queries.common_choices(request.user, risk, today)
    form = forms.CommonForm(request.POST or None, risks=choices)

    def do() -> None:
        services.add_to_common(
            risk_id=pk, common_id=form.cleaned_data["common"], actor=request.user, today=today
        )

    if saved(request, form, do):
        messages.success(request, _("Risken är samlad under den gemensamma."))
        return redirect(url_of(risk))
    page = Page(
        title=_("Samla under en gemensam risk"),
        notice=_("När samma risk finns på flera enheter kan den lyftas som en."),
        crumbs=crumbs(risk),
    )
    more = {"link_url": f"{reverse('risks:gather')}?{RISK}={pk}", "link": _("Ny gemensam risk")}
    label, back = _("Samla"), url_of(risk)
    return form_page(request, form, page=page, label=label, back_url=back, **more)


@require_GET
def standard(request: AuthedRequest) -> HttpResponse:
    """The standard risks and measures, to read."""
    areas = [(label, queries.standard_risks(code)) for code, label in queries.areas().items()]
    page = Page(
        title=_("Vanliga risker och åtgärder"),
        notice=_("Att utgå från. Välj dem när du lägger till en risk eller en åtgärd."),
        crumbs=(top(),),
    )
    return render(request, "risks/standard.html", {"page": page, "areas": areas})


def _standard(risk: Risk) -> list[StandardAction]:
    """Measures of the standard risk with the same title first, then of the same area."""
    found = queries.standard_risks(risk.area) if risk.area else []
    found.sort(key=lambda each: each.title != risk.title)
    return [action for each in found for action in each.actions]
