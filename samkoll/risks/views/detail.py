"""The page of a risk, and the small steps that need a reason."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samkoll.core.access import require
from samkoll.risks import pages, policies, queries, services
from samkoll.risks.views.common import FORM, crumbs, top, url_of, visible_risk, with_reason
from samkoll.web.htmx import AuthedRequest
from samkoll.web.page import Page


@require_GET
def detail(request: AuthedRequest, pk: int) -> HttpResponse:
    """Everything about a risk. 404: not visible."""
    risk, today = visible_risk(request, pk)
    context = {
        "page": Page(title=risk.title, crumbs=(top(),), wide=True),
        "risk": pages.page_of(risk, request.user, today),
    }
    return render(request, "risks/detail.html", context)


@FORM
def reject(request: AuthedRequest, pk: int) -> HttpResponse:
    """Say why a proposal is no risk. 422: already answered, or no reason."""
    risk, today = visible_risk(request, pk)
    require(policies.can_write(request.user, risk.unit, today))
    return with_reason(
        request,
        lambda reason: services.reject_risk(
            risk_id=pk, reason=reason, actor=request.user, today=today
        ),
        page=Page(
            title=_("Avslå förslaget"),
            notice=_("Den som föreslog risken får veta det och ser ditt skäl."),
            crumbs=crumbs(risk),
        ),
        label=_("Avslå förslaget"),
        asked=_("Varför är det inte en risk som ni arbetar vidare med?"),
        back_url=url_of(risk),
        done=_("Förslaget är avslaget. Den som föreslog har fått ett besked."),
    )


@FORM
def close(request: AuthedRequest, pk: int) -> HttpResponse:
    """The risk is dealt with. 422: actions go on and nobody said why it is enough."""
    risk, today = visible_risk(request, pk)
    require(policies.can_write(request.user, risk.unit, today))
    return with_reason(
        request,
        lambda reason: services.close_risk(
            risk_id=pk, reason=reason, actor=request.user, today=today
        ),
        page=Page(
            title=_("Risken är åtgärdad"),
            notice=_("När alla åtgärder är avslutade räcker det att bekräfta."),
            crumbs=crumbs(risk),
        ),
        label=_("Risken är åtgärdad"),
        asked=_("Skäl"),
        help_text=_("Behövs om någon åtgärd pågår, eller om risken inte har någon åtgärd."),
        back_url=url_of(risk),
        done=_("Risken är åtgärdad."),
        needed=False,
    )


@FORM
def reopen(request: AuthedRequest, pk: int) -> HttpResponse:
    """The risk is still there. 422: it is open, or no reason."""
    risk, today = visible_risk(request, pk)
    require(policies.can_write(request.user, risk.unit, today))
    return with_reason(
        request,
        lambda reason: services.reopen_risk(
            risk_id=pk, reason=reason, actor=request.user, today=today
        ),
        page=Page(title=_("Öppna risken igen"), crumbs=crumbs(risk)),
        label=_("Öppna igen"),
        asked=_("Varför öppnas risken igen?"),
        back_url=url_of(risk),
        done=_("Risken är öppen igen."),
    )


@FORM
def ungather(request: AuthedRequest, pk: int) -> HttpResponse:
    """Let the risk stand by itself. 422: it does, or no reason."""
    risk, today = visible_risk(request, pk)
    place = risk.common.unit if risk.common else risk.unit
    require(policies.can_write(request.user, place, today))
    return with_reason(
        request,
        lambda reason: services.remove_from_common(
            risk_id=pk, reason=reason, actor=request.user, today=today
        ),
        page=Page(title=_("Ta ur den gemensamma risken"), crumbs=crumbs(risk)),
        label=_("Ta ur"),
        asked=_("Varför hör risken inte ihop med den gemensamma?"),
        back_url=url_of(risk),
        done=_("Risken står för sig själv."),
    )


@FORM
def withdraw(request: AuthedRequest, pk: int) -> HttpResponse:
    """Take a risk out of a report that is not decided. ``pk``: of the time it was reported."""
    today = timezone.localdate()
    reported = get_object_or_404(queries.onward(request.user, today), pk=pk)
    require(policies.can_write(request.user, reported.risk.unit, today))
    return with_reason(
        request,
        lambda reason: services.withdraw_report(
            reported=reported, reason=reason, actor=request.user, today=today
        ),
        page=Page(
            title=_("Ta risken ur rapporten för %(year)s") % {"year": reported.year},
            notice=_("Går bara så länge %(board)s inte har beslutat rapporten.")
            % {"board": reported.board.name},
            crumbs=crumbs(reported.risk),
        ),
        label=_("Ta ur rapporten"),
        asked=_("Varför ska risken inte rapporteras vidare?"),
        back_url=url_of(reported.risk, "vidare"),
        done=_("Risken rapporteras inte vidare till %(board)s.") % {"board": reported.board.name},
    )
