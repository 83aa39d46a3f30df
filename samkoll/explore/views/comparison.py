"""Our municipality among the others, and the loads that the figures come from."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samkoll.core.access import require
from samkoll.core.errors import DomainError
from samkoll.explore import comparison as comparing
from samkoll.explore import (
    comparison_fetch,
    comparison_forms,
    comparison_loads,
    comparison_own,
    comparison_page,
)
from samkoll.opendata import policies, queries, services
from samkoll.opendata.models import Load, LoadState
from samkoll.stats import charts
from samkoll.web import export, lists
from samkoll.web.htmx import AuthedRequest
from samkoll.web.page import Crumb, Page


@require_GET
def comparison(request: AuthedRequest) -> HttpResponse:
    """One key figure of Kolada: us, all municipalities, the county, similar ones.

    ``?nyckeltal=N00090&kon=K&ar=2023&grupp=G1``; ``&format=xlsx`` gives the table as a file.
    """
    shown = comparing.comparison(request.GET)
    may_load = policies.can_load(request.user, timezone.localdate())
    page = Page(
        title=_("Jämför med andra kommuner"),
        notice=_("Kommunens publicerade nyckeltal om personal, bland andra kommuners."),
        wide=True,
    )
    context = {"page": page, "loads_url": reverse("explore:loads") if may_load else ""}
    if shown is None:
        return render(request, "explore/comparison/empty.html", context)
    if "format" in request.GET:
        return _file(shown, request.GET["format"])
    chart, ours = comparison_page.chart(shown), comparison_own.ours(shown)
    context |= {
        "shown": shown,
        "form": comparison_forms.choice_form(shown),
        "sentence": comparison_page.sentence(shown),
        "place": comparison_page.place_sentence(shown),
        "svg": charts.inline(chart),
        "alt": chart.alt,
        "table": comparison_page.table(shown),
        "spread": comparison_page.spread_table(shown),
        "years": comparison_page.years_table(shown),
        "revised": comparison_page.revisions_table(shown) if shown.revisions else None,
        "ours": ours,
        "own_table": comparison_page.own_table(shown, ours) if ours else None,
        "how": comparison_page.how(shown),
        "exports": _exports(request),
    }
    return render(request, "explore/comparison/comparison.html", context)


@require_http_methods(["GET", "POST"])
def loads(request: AuthedRequest) -> HttpResponse:
    """What has been fetched or read, and the form for a file, which a worker reads. 422: no file,
    or one that is too large."""
    now, today = timezone.now(), timezone.localdate()
    require(policies.can_load(request.user, today))
    form = comparison_forms.FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            file = form.cleaned_data["file"]
            content = file.read(services.LARGEST_FILE + 1)
            job = comparison_fetch.order_reading(
                content=content, name=file.name, actor=request.user, now=now
            )
            return redirect("home:job", job.pk)
        except services.NotKolada as error:
            form.add_error("file", str(error))
    rows = lists.page_of(request, queries.visible_to(request.user, today))
    context = {
        "page": Page(
            title=_("Uppgifter från Kolada"),
            notice=_("Hämta nyckeltal eller läs in dem från fil. Inget hämtas av sig självt."),
            crumbs=(_top(),),
        ),
        "form": form,
        "has_errors": bool(form.errors),
        "rows": rows,
        "table": comparison_loads.loads(rows),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "explore/comparison/loads.html", context, status=status)


@require_POST
def fetch(request: AuthedRequest) -> HttpResponse:
    """Have a worker fetch from Kolada; its progress is a page of the desk."""
    job = comparison_fetch.order(actor=request.user, now=timezone.now())
    return redirect("home:job", job.pk)


@require_http_methods(["GET", "POST"])
def load(request: AuthedRequest, pk: int) -> HttpResponse:
    """What one load changes; POST ``do`` (apply, discard, undo) answers it. 404: not to be seen."""
    today = timezone.localdate()
    require(policies.can_load(request.user, today))
    found = get_object_or_404(queries.visible_to(request.user, today), pk=pk)
    if request.method == "POST":
        return _answer(request, found)
    waiting = found.state == LoadState.STAGED
    plan = queries.plan_of(found) if waiting else None
    title = _("Inläsning %(number)d från Kolada") % {"number": pk}
    above = Crumb(_("Uppgifter från Kolada"), reverse("explore:loads"))
    context = {
        "page": Page(title=title, crumbs=(_top(), above)),
        "load": found,
        "waiting": waiting,
        "received": found.state == LoadState.RECEIVED,
        "facts": comparison_loads.facts(found),
        "warnings": comparison_loads.warnings(plan) if plan else (),
        "kpis": comparison_loads.kpi_table(plan) if plan else None,
        "changes": comparison_loads.change_table(plan) if plan else None,
        "undo": policies.can_undo(request.user, found, today),
        "applied": found.state == LoadState.APPLIED,
    }
    return render(request, "explore/comparison/load.html", context)


def _answer(request: AuthedRequest, found: Load) -> HttpResponse:
    """Drop the load at once, or have a worker count it or take it back."""
    now = timezone.now()
    match request.POST.get("do", ""):
        case "discard":
            services.discard(load_id=found.pk, actor=request.user, now=now)
            messages.success(request, _("Inläsningen är borttagen. Inget har ändrats."))
            return redirect("explore:load", found.pk)
        case "apply" | "undo" as answer:
            job = comparison_fetch.order_answer(
                load=found, answer=answer, actor=request.user, now=now
            )
            return redirect("home:job", job.pk)
        case _other:
            raise UnknownAnswer(_("Välj vad som ska hända med inläsningen."))


class UnknownAnswer(DomainError):
    """The form was sent without its button."""


def _file(shown: comparing.Comparison, form: str) -> HttpResponse:
    table = comparison_page.table(shown)
    name = f"kolada-{shown.asked.kpi}-{shown.asked.year}"
    answer = export.response(table, form=form, name=name, about=comparison_page.how(shown))
    if answer is None:
        raise Http404
    return answer


def _exports(request: HttpRequest) -> list[tuple[str, str]]:
    query = request.GET.copy()
    links = []
    for form in export.FORMATS:
        query["format"] = form
        links.append((form.upper(), f"?{query.urlencode()}"))
    return links


def _top() -> Crumb:
    return Crumb(_("Jämför med andra kommuner"), reverse("explore:comparison"))
