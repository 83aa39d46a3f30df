"""Pages of the chain: the matrix of a year, a report's steps, and the forms of those steps."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samkoll.core.access import ALLOW, Verdict, require
from samkoll.core.errors import DomainError
from samkoll.desk import drafts
from samkoll.desk import services as desk
from samkoll.org import queries as org
from samkoll.reports import policies as reports
from samkoll.reports import queries
from samkoll.reports.chain import (
    dues,
    forms,
    listing,
    overview,
    pages,
    policies,
    reminding,
    services,
    steps,
)
from samkoll.reports.chain import queries as chain
from samkoll.reports.chain.steps import Step
from samkoll.reports.models import Comment, CommentFrom, Report
from samkoll.reports.views.reports import crumbs
from samkoll.web import export
from samkoll.web.htmx import AuthedRequest, render_fragment
from samkoll.web.page import Page
from samkoll.web.tables import Head
from samkoll.web.tables import Kind as Shape


@require_GET
def matrix(request: AuthedRequest) -> HttpResponse:
    """Every report of a year: how far, what is missing, from whom, days left.

    ``?ar=2024&lage=draft&vantar=chefen&tid=sen``; ``&format=xlsx`` gives what is shown.
    """
    today = timezone.localdate()
    years = overview.years(request.user, today)
    year = _year(request.GET.get(listing.YEAR, ""), years)
    found = overview.rows(request.user, year, today) if year else []
    shown = listing.chosen(request.GET, found)
    if "format" in request.GET:
        name = f"rapporternas-vag-{year}"
        answer = export.response(listing.exported(shown), form=request.GET["format"], name=name)
        if answer is None:
            raise Http404
        return answer
    count, decided, late = overview.summed(shown)
    context = {
        "page": Page(
            title=_("Rapporternas väg till nämnden"),
            notice=_("Hur långt varje rapport har kommit, vad som saknas och vem som väntas."),
            crumbs=crumbs(),
            wide=True,
        ),
        "table": listing.table(shown, year or today.year),
        "any": bool(found),
        "filters": listing.filters(request.GET, years, year or today.year),
        "counts": {"count": count, "decided": decided, "late": late},
        "exports": _exports(request),
        "year": year,
        "days": reports.can_start_year(request.user, org.municipality(), today),
    }
    return render(request, "reports/chain.html", context)


@require_http_methods(["GET", "POST"])
def days(request: AuthedRequest, year: int) -> HttpResponse:
    """The last days of a year's steps, set by HR."""
    today = timezone.localdate()
    require(reports.can_start_year(request.user, org.municipality(), today))
    known = {(kind, step): day for (_year, kind, step), day in dues.days([year]).items()}
    form = forms.DaysForm(request.POST or None, days=known)

    def save() -> None:
        dues.set_days(year=year, wanted=form.typed, actor=request.user, today=today)

    if _saved(request, form, save):
        messages.success(request, _("Dagarna är sparade."))
        return redirect(f"{reverse('reports:chain')}?{listing.YEAR}={year}")
    page = Page(
        title=_("Sista dagar för rapporterna %(year)s") % {"year": year},
        notice=_("De som väntas påminns inför dagen. Lämna tomt där det inte finns någon."),
        crumbs=crumbs(),
    )
    back = f"{reverse('reports:chain')}?{listing.YEAR}={year}"
    return _form(request, page, form, back=back, label=_("Spara dagarna"))


@require_GET
def show(request: AuthedRequest, pk: int) -> HttpResponse:
    """One report's way: where it is, who is awaited, what has been said and done."""
    report, today = _report(request, pk), timezone.localdate()
    entries, of_sections = pages.history(report)
    context = {
        "page": Page(title=_("Gången"), notice=str(report), crumbs=crumbs(report)),
        "report": report,
        "chain": pages.panel(report, request.user, today),
        "comments": pages.comments(report),
        "facts": pages.facts(report),
        "entries": entries,
        "of_sections": of_sections,
        "remind": reminding.can_remind(request.user, report, today),
    }
    return render(request, "reports/steps.html", context)


@require_http_methods(["GET", "POST"])
def step(request: AuthedRequest, pk: int, step: str) -> HttpResponse:
    """Asks before a step without a form, and takes it. 404 for steps that have one."""
    report, today = _report(request, pk), timezone.localdate()
    take = STEPS.get(step)
    if take is None:
        raise Http404
    wanted = Step(step)
    require(policies.whose(request.user, report, wanted, today))
    if request.method == "POST":
        take(report_id=pk, actor=request.user, now=timezone.now())
        messages.success(request, DONE[wanted]())
        return redirect("reports:steps", pk)
    context = {
        "page": Page(title=str(wanted.label), crumbs=crumbs(report)),
        "question": f"{report}. {QUESTIONS[wanted]()}",
        "label": wanted.label,
        "back_url": reverse("reports:steps", args=[pk]),
    }
    return render(request, "web/confirm.html", context)


STEPS: dict[str, Callable[..., Report]] = {
    Step.HAND_IN: services.hand_in,
    Step.CONSULT: services.consult,
    Step.SIGN: services.sign,
    Step.PUBLISH: services.publish,
}
DONE: dict[Step, Callable[[], str]] = {
    Step.HAND_IN: lambda: _("Delen är inlämnad."),
    Step.CONSULT: lambda: _("Rapporten är lämnad till samverkan."),
    Step.SIGN: lambda: _("Rapporten är godkänd och väntar på nämnden."),
    Step.PUBLISH: lambda: _("Rapporten är publicerad."),
}
QUESTIONS: dict[Step, Callable[[], str]] = {
    Step.HAND_IN: lambda: _("Den kan inte ändras förrän den lämnas tillbaka."),
    Step.CONSULT: lambda: _("Samverkansgruppen och huvudskyddsombudet får lämna synpunkter."),
    Step.SIGN: lambda: _("Den kan inte ändras förrän den lämnas tillbaka."),
    Step.PUBLISH: lambda: _("Alla kan läsa den, och det går inte att ångra."),
}


@require_http_methods(["GET", "POST"])
def comment(request: AuthedRequest, pk: int, of: str) -> HttpResponse:
    """The comment of the cooperation group or of the head safety representative."""
    report, today = _report(request, pk), timezone.localdate()
    if of not in CommentFrom.values:
        raise Http404
    whose = CommentFrom(of)
    require(policies.may_comment(request.user, report, whose, today))
    given = Comment.objects.filter(report=report, of=whose).first()
    initial = {"text": given.text, "held_on": given.held_on} if given else None
    form = forms.CommentForm(request.POST or None, of=whose, initial=initial)

    def save() -> None:
        services.comment(
            report_id=pk,
            of=whose,
            text=form.cleaned_data["text"],
            held_on=form.cleaned_data.get("held_on"),
            actor=request.user,
            now=timezone.now(),
        )

    titles = {
        CommentFrom.COOPERATION: _("Samverkansgruppens synpunkter"),
        CommentFrom.SAFETY: _("Huvudskyddsombudets synpunkter"),
    }
    page = Page(title=titles[whose], notice=str(report), crumbs=crumbs(report))
    ready = steps.may_comment(chain.standing(report))
    return _step_form(request, report, page, form, save, _("Spara synpunkterna"), ready)


@require_http_methods(["GET", "POST"])
def signing(request: AuthedRequest, pk: int) -> HttpResponse:
    """The sections with their states; whoever answers for them signs or opens one at a time."""
    report, today = _report(request, pk), timezone.localdate()
    if request.method == "POST":
        require(policies.may_sign_sections(request.user, report, today))
        _sign(request, pk)
        return redirect(f"{reverse('reports:signing', args=[pk])}#listan")
    standing = chain.standing(report)
    rows = pages.sections(report)
    context = {
        "page": Page(
            title=_("Godkänn avsnitt för avsnitt"), notice=str(report), crumbs=crumbs(report)
        ),
        "report": report,
        "rows": rows,
        "heads": (Head(_("Avsnitt")), Head(_("Läge"), Shape.STATE), Head(_("Godkännande"))),
        "verdict": policies.can_sign_sections(request.user, report, standing, today),
        "done": sum(row.signed for row in rows),
        "all": len(rows),
        "back_url": reverse("reports:steps", args=[pk]),
    }
    return render(request, "reports/signing.html", context)


def _sign(request: AuthedRequest, pk: int) -> None:
    """``sign=key:version`` signs a section as it was read, ``open=key`` opens it again."""
    who: dict[str, Any] = {"report_id": pk, "actor": request.user, "now": timezone.now()}
    if key := request.POST.get("open"):
        services.open_section(section=key, **who)
        return
    key, _colon, version = request.POST.get("sign", "").partition(":")
    services.sign_section(section=key, version=int(version) if version.isdigit() else -1, **who)


@require_http_methods(["GET", "POST"])
def decide(request: AuthedRequest, pk: int) -> HttpResponse:
    """What the board did: day, paragraph, diary number, text."""
    report, today = _report(request, pk), timezone.localdate()
    require(policies.whose(request.user, report, Step.DECIDE, today))
    form = forms.DecisionForm(request.POST or None, initial={"diary_number": report.diary_number})

    def save() -> None:
        services.decide(report_id=pk, decision=form.typed, actor=request.user, now=timezone.now())

    page = Page(
        title=_("Nämndens beslut"),
        notice=_("%(report)s. Efter beslutet ändras ingenting i rapporten.") % {"report": report},
        crumbs=crumbs(report),
    )
    ready = steps.missing(chain.standing(report), Step.DECIDE)
    return _step_form(request, report, page, form, save, _("För in beslutet"), ready)


@require_http_methods(["GET", "POST"])
def send_back(request: AuthedRequest, pk: int) -> HttpResponse:
    """Return a part or a report with a comment."""
    report, today = _report(request, pk), timezone.localdate()
    require(policies.whose(request.user, report, Step.RETURN, today))
    form = forms.ReturnForm(request.POST or None)

    def save() -> None:
        services.return_(report_id=pk, actor=request.user, now=timezone.now(), **form.cleaned_data)

    page = Page(title=_("Lämna tillbaka"), notice=str(report), crumbs=crumbs(report))
    ready = steps.missing(chain.standing(report), Step.RETURN)
    return _step_form(request, report, page, form, save, _("Lämna tillbaka"), ready)


@require_http_methods(["GET", "POST"])
def correct(request: AuthedRequest, pk: int) -> HttpResponse:
    """Begin a new version of a decided report."""
    report, today = _report(request, pk), timezone.localdate()
    newest = not Report.objects.filter(replaces=report).exists()
    require(policies.can_correct(request.user, report, today, newest=newest))
    form = forms.CorrectForm(request.POST or None)
    made: list[Report] = []

    def save() -> None:
        made.append(
            services.correct(
                report_id=pk, actor=request.user, now=timezone.now(), **form.cleaned_data
            )
        )

    if _saved(request, form, save):
        messages.success(request, _("Den nya versionen är öppnad."))
        return redirect("reports:read", made[0].pk)
    page = Page(
        title=_("Rätta med en ny version"),
        notice=_("Den nya versionen börjar som ett utkast. Den beslutade ligger kvar."),
        crumbs=crumbs(report),
    )
    back = reverse("reports:steps", args=[pk])
    return _form(request, page, form, back=back, label=_("Öppna en ny version"))


@require_POST
def remind(request: AuthedRequest, pk: int) -> HttpResponse:
    """Leave a notice with everybody who is awaited."""
    report = _report(request, pk)
    count = reminding.remind(report_id=report.pk, actor=request.user, now=timezone.now())
    messages.success(request, _("Påminnelsen är skickad till %(count)d.") % {"count": count})
    return redirect("reports:steps", pk)


def _step_form(  # noqa: PLR0917 (a page, its form and what saving does)
    request: AuthedRequest,
    report: Report,
    page: Page,
    form: django_forms.Form,
    save: Callable[[], None],
    label: str,
    ready: str,
) -> HttpResponse:
    """A form of a step: saved, or shown with what is missing before it."""
    back = reverse("reports:steps", args=[report.pk])
    key = request.path.strip("/").replace("/", "-")
    draft = drafts.of(request, key, today=timezone.localdate())
    draft.fill(form)
    if _saved(request, form, save):
        desk.discard_draft(owner=request.user, key=draft.key)
        return redirect(back)
    verdict = Verdict(allowed=not ready, reason=ready)
    return _form(request, page, form, back=back, label=label, verdict=verdict, draft=draft)


def _saved(request: AuthedRequest, form: django_forms.Form, save: Callable[[], None]) -> bool:
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        save()
    except DomainError as error:
        form.add_error(None, str(error))
        return False
    return True


def _form(
    request: AuthedRequest, page: Page, form: django_forms.Form, **context: Any
) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    values = {"page": page, "form": form, "has_errors": bool(form.errors)}
    values |= {"verdict": ALLOW, **context}
    return render_fragment(request, "reports/_chain_form.html", values, status=status)


def _year(text: str, years: list[int]) -> int | None:
    """The year asked for, else the newest. 404 for one without reports that one may read."""
    if not text:
        return years[0] if years else None
    if not text.isdecimal() or int(text) not in years:
        raise Http404
    return int(text)


def _exports(request: AuthedRequest) -> list[tuple[str, str]]:
    rest = request.GET.urlencode()
    asked = f"&{rest}" if rest else ""
    return [(form.upper(), f"?format={form}{asked}") for form in export.FORMATS]


def _report(request: AuthedRequest, pk: int) -> Report:
    visible = queries.visible_to(request.user, timezone.localdate())
    rows = visible.select_related("template", "unit", "board", "replaces", "part_of__unit")
    return get_object_or_404(rows, pk=pk)
