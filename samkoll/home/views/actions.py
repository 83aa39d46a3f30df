"""The list of actions, the same as files, and the change of many at once."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db.models import Exists, F, OuterRef
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from samkoll.actions import services
from samkoll.core.access import ALLOW, Verdict, deny, require
from samkoll.core.errors import DomainError
from samkoll.desk import queries as desk
from samkoll.desk.views.back import is_ours
from samkoll.documents import downloads
from samkoll.home import action_bulk, action_file, action_list, action_plan, units
from samkoll.home.action_filter import PAGE_KEY
from samkoll.home.action_list import Choice
from samkoll.org import queries as org
from samkoll.org.models import Unit
from samkoll.web.htmx import AuthedRequest, render_fragment
from samkoll.web.page import Crumb, Page


@require_GET
def actions(request: AuthedRequest, code: str = "") -> HttpResponseBase:
    """Every action that I may see, or those of a unit and all below it.

    ``?format=xlsx`` (csv, docx, pdf) gives what is shown, all pages, as a file.
    """
    today = timezone.localdate()
    unit, may_write = _unit(request, code) if code else (None, False)
    choice = Choice.of(request.user, unit, request.GET, today)
    if "format" in request.GET:
        return _file(choice, request.GET["format"])
    if unit:
        units.remember(request, unit)
    bulk = org.may(request.user, "action:write", today)
    context = {
        "page": _page(unit),
        "unit": unit,
        "here": action_list.read(choice, choosable=bulk),
        "saved": desk.saved_views(request.user, PAGE_KEY, request.GET),
        "clear_url": choice.url(),
        "new_url": reverse("actions:new", args=[unit.code]) if unit and may_write else "",
        "bulk": bulk,
        "marked": action_list.MARKED in request.GET,
    }
    return render(request, "home/actions.html", context)


@require_http_methods(["GET", "POST"])
def bulk(request: AuthedRequest) -> HttpResponse:
    """Choose what to change in the chosen actions, look at what it would be, and change it.

    422: what was typed will not do. 403: none of them may be changed.
    """
    today = timezone.localdate()
    require(_may_change_any(request))
    data = request.POST if request.method == "POST" else request.GET
    found = action_bulk.chosen(request.user, data, today)
    form = action_bulk.BulkForm(request.POST or None, today=today)
    back_url = _back(request, data.get(action_bulk.LIST, ""))
    table = action_bulk.chosen_table(found.actions)
    confirm = False
    if request.method == "POST" and form.is_valid():
        who, due = form.cleaned_data["ansvarig"], form.cleaned_data["klar"]
        table, confirm = action_bulk.changes_table(found.possible, who, due), True
        if action_bulk.CONFIRMED in request.POST:
            try:
                count = services.bulk_change(
                    action_ids=[action.pk for action in found.actions],
                    responsible=who,
                    responsible_title=form.cleaned_data["roll"],
                    due_date=due,
                    reason=form.cleaned_data["skal"],
                    actor=request.user,
                    today=today,
                )
                messages.success(request, _changed(count))
                return redirect(back_url)
            except DomainError as error:
                form.add_error(None, str(error))
                confirm = False
    context: dict[str, Any] = {
        "page": Page(
            title=_("Ändra valda åtgärder"),
            notice=_("Ny ansvarig, ny dag eller båda. Inget ändras förrän du har bekräftat."),
            crumbs=(Crumb(_("Åtgärder"), reverse("home:actions")),),
            wide=True,
        ),
        "form": form,
        "found": found,
        "table": table,
        "confirm": confirm and bool(found.possible),
        "list": data.get(action_bulk.LIST, ""),
        "back_url": back_url,
        "has_errors": bool(form.errors),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render_fragment(request, "home/_bulk.html", context, status=status)


def _unit(request: AuthedRequest, code: str) -> tuple[Unit, bool]:
    """The unit with the code, and whether the user may add actions there. 404: there is none."""
    today = timezone.localdate()
    writes = org.units_with(request.user, "action:write", today).filter(pk=OuterRef("pk"))
    named = Unit.objects.filter(code=code).annotate(is_mine=Exists(writes))
    found = named.order_by(F("valid_to").desc(nulls_first=True)).first()
    if found is None:
        raise Http404
    return found, bool(found.is_mine)  # type: ignore[attr-defined]


def _may_change_any(request: AuthedRequest) -> Verdict:
    if org.may(request.user, "action:write", timezone.localdate()):
        return ALLOW
    return deny(_("Bara chefer får ändra flera åtgärder på en gång."))


def _page(unit: Unit | None) -> Page:
    if unit is None:
        notice = _("Åtgärderna på alla enheter som du får se, och dem som du själv ansvarar för.")
        return Page(title=_("Åtgärder"), notice=notice, wide=True)
    notice = _("Åtgärderna på %(unit)s och enheterna under.") % {"unit": unit.name}
    crumbs = (Crumb(unit.name, units.url(unit.code)),)
    return Page(title=_("Åtgärder"), notice=notice, crumbs=crumbs, wide=True)


def _file(choice: Choice, form: str) -> HttpResponseBase:
    if form in ("docx", "pdf"):
        document = action_plan.document(choice)
        answer: HttpResponseBase | None = downloads.response(document, form=form)
    else:
        answer = action_file.response(choice, form=form)
    if answer is None:
        raise Http404
    return answer


def _changed(count: int) -> str:
    said = ngettext("%(count)d åtgärd är ändrad.", "%(count)d åtgärder är ändrade.", count)
    return said % {"count": count}


def _back(request: AuthedRequest, url: str) -> str:
    return url if is_ours(request, url) else reverse("home:actions")
