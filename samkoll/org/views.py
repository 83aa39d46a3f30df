"""Pages of the organisation. Thin: find what may be seen, call one service, render one template."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samkoll.core.access import Verdict, require
from samkoll.core.errors import DomainError
from samkoll.org import forms, policies, queries, services, tables
from samkoll.org.importing.summary import summary
from samkoll.org.models import OrganisationFile, Person, RoleAssignment, Unit
from samkoll.org.registry import pages
from samkoll.org.roles import roles
from samkoll.web import lists
from samkoll.web.htmx import AuthedRequest, render_fragment
from samkoll.web.page import Crumb, Page

FORM = require_http_methods(["GET", "POST"])


@require_GET
def index(request: AuthedRequest) -> HttpResponse:
    """The tree around one unit, or what a search finds."""
    today, asked = timezone.localdate(), request.GET.get("q", "")
    page = Page(
        title=_("Organisation"),
        notice=_("Enheterna i dag. Sök på kod, namn eller tidigare namn."),
    )
    context = {
        "page": page,
        "asked": asked,
        "found": [(unit, pages.unit_url(unit.code)) for unit in queries.find(asked)],
        "tree": _tree(request.GET.get("gren", ""), today),
        "change": _may_change(request, today),
        "see_people": _may_see_people(request, today),
    }
    template = "org/_found.html" if request.htmx else "org/index.html"
    return render(request, template, context)


@require_GET
def suggest(request: AuthedRequest) -> HttpResponse:
    """Options for a unit field while typing: whatever the field is called."""
    text = request.GET.get(next(iter(request.GET), ""), "").rsplit(",", 1)[-1]
    return render(request, "org/_options.html", {"found": queries.find(text, limit=10)})


@FORM
def upload(request: AuthedRequest) -> HttpResponse:
    """Choose an organisation file; nothing changes until its preview is confirmed."""
    now = timezone.localtime()
    require(_may_change(request, now.date()))
    form = forms.FileForm(request.POST or None, request.FILES or None, initial={"day": now.date()})
    if request.method == "POST" and form.is_valid():
        try:
            file = services.store_file(
                name=form.cleaned_data["file"].name,
                content=form.cleaned_data["file"].read(),
                day=form.cleaned_data["day"],
                actor=request.user,
                now=now,
            )
            return redirect("org:preview", pk=file.pk)
        except DomainError as error:
            form.add_error("file", str(error))
    page = Page(
        title=_("Läs in organisationen"),
        notice=_("Du får granska alla ändringar innan något ändras."),
        crumbs=(_top(),),
    )
    return _form(request, page, form, label=_("Granska"), multipart=True)


@FORM
def preview(request: AuthedRequest, pk: int) -> HttpResponse:
    """What an uploaded file would change; POST does it. 404: somebody else's file."""
    today = timezone.localdate()
    require(_may_change(request, today))
    file = get_object_or_404(OrganisationFile.objects.filter(owner=request.user), pk=pk)
    problem = ""
    if request.method == "POST":
        try:
            plan = services.confirm_file(
                file=file,
                expected=request.POST.get("fingerprint", "-"),
                actor=request.user,
                today=today,
            )
            messages.success(request, _("%(count)d ändringar är gjorda.") % {"count": plan.changes})
            return redirect("org:index")
        except DomainError as error:
            problem = str(error)
    plan = queries.preview(bytes(file.content), file.day)
    page = Page(title=_("Granska %(name)s") % {"name": file.name}, crumbs=(_top(),))
    context = {"page": page, "plan": plan, "groups": summary(plan), "problem": problem}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem or plan.faults else HTTPStatus.OK
    return render(request, "org/preview.html", context, status=status)


@require_GET
def people(request: AuthedRequest) -> HttpResponse:
    """People and their roles of today, by name and role."""
    today = timezone.localdate()
    require(_may_see_people(request, today))
    text, role = request.GET.get("q", ""), request.GET.get("roll", "")
    rows = lists.page_of(request, queries.people(text, role, today))
    choices = [(r.code, str(r)) for r in roles().values()]
    context = {
        "page": Page(title=_("Personer och roller"), crumbs=(_top(),)),
        "rows": rows,
        "table": tables.people(map(queries.person_row, rows), rows.paginator.count),
        "asked": text,
        "filters": [lists.filter_of(request.GET, "roll", _("Roll"), choices, several=False)],
        "change": _may_change(request, today),
    }
    return render(request, "org/people.html", context)


@FORM
def person_new(request: AuthedRequest) -> HttpResponse:
    """Add a person."""
    today = timezone.localdate()
    require(_may_change(request, today))
    form = forms.PersonForm(request.POST or None)
    if form.is_valid():
        added = services.add_person(**form.cleaned_data, actor=request.user, today=today)
        return redirect("org:person", pk=added.pk)
    page = Page(title=_("Ny person"), crumbs=(_top(), _people()))
    return _form(request, page, form, label=_("Lägg till"))


@FORM
def person(request: AuthedRequest, pk: int) -> HttpResponse:
    """A person's positions and roles; POST gives a role."""
    today = timezone.localdate()
    require(_may_see_people(request, today))
    shown = get_object_or_404(Person, pk=pk)
    form = forms.RoleForm(request.POST or None, initial={"valid_from": today})
    if request.method == "POST":
        require(_may_change(request, today))
        if form.is_valid():
            services.assign_role(person=shown, **form.cleaned_data, actor=request.user, today=today)
            return redirect("org:person", pk=pk)
    context = {
        "page": Page(title=shown.name, crumbs=(_top(), _people())),
        "card": queries.person_card(shown, today),
        "form": form,
        "end": forms.EndForm(initial={"last_day": today}, auto_id=False),
        "change": _may_change(request, today),
        "has_errors": bool(form.errors),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "org/person.html", context, status=status)


@require_POST
def role_end(request: AuthedRequest, pk: int) -> HttpResponse:
    """Let a role end on a day. 422: before its first day."""
    today = timezone.localdate()
    require(_may_change(request, today))
    assignment = get_object_or_404(RoleAssignment, pk=pk)
    form = forms.EndForm(request.POST)
    if not form.is_valid():
        raise DomainError(_("Skriv sista dagen som 2024-01-31."))
    services.end_role(assignment=assignment, **form.cleaned_data, actor=request.user, today=today)
    return redirect("org:person", pk=assignment.person_id)


@FORM
def leave(request: AuthedRequest, pk: int) -> HttpResponse:
    """Let a person leave on a day. 422: something of theirs begins later."""
    today = timezone.localdate()
    require(_may_change(request, today))
    person = get_object_or_404(Person, pk=pk)
    form = forms.EndForm(request.POST or None, initial={"last_day": today})
    if request.method == "POST" and form.is_valid():
        try:
            services.leave(person=person, **form.cleaned_data, actor=request.user, today=today)
            messages.success(request, _("%(name)s har en sista dag.") % {"name": person})
            return redirect("org:person", pk=pk)
        except DomainError as error:
            form.add_error("last_day", str(error))
    page = Page(
        title=_("%(name)s slutar") % {"name": person},
        notice=_(
            "Befattningar och roller slutar gälla efter sista dagen. Åtgärder som personen "
            "ansvarar för går då över till enhetens chef, som får veta det."
        ),
        crumbs=(_top(), _people(), Crumb(person.name, reverse("org:person", args=[pk]))),
    )
    return _form(request, page, form, label=_("Spara sista dagen"))


@require_GET
def areas(request: AuthedRequest) -> HttpResponse:
    """Safety areas and their representatives."""
    today = timezone.localdate()
    require(_may_see_people(request, today))
    context = {
        "page": Page(
            title=_("Skyddsområden"),
            notice=_(
                "Ett skyddsombud verkar inom sitt skyddsområde: enheterna och allt under dem."
            ),
            crumbs=(_top(),),
        ),
        "table": tables.areas(queries.safety_areas(today)),
        "change": _may_change(request, today),
    }
    return render(request, "org/areas.html", context)


@FORM
def area_new(request: AuthedRequest) -> HttpResponse:
    """Add a safety area."""
    today = timezone.localdate()
    require(_may_change(request, today))
    form = forms.AreaForm(request.POST or None, initial={"valid_from": today})
    if form.is_valid():
        services.add_safety_area(**form.cleaned_data, actor=request.user, today=today)
        return redirect("org:areas")
    above = Crumb(_("Skyddsområden"), "/organisation/skyddsomraden/")
    page = Page(title=_("Nytt skyddsområde"), crumbs=(_top(), above))
    return _form(request, page, form, label=_("Lägg till"))


def _form(
    request: AuthedRequest,
    page: Page,
    form: django_forms.Form,
    *,
    label: str,
    multipart: bool = False,
) -> HttpResponse:
    context = {
        "page": page,
        "form": form,
        "label": label,
        "multipart": multipart,
        "has_errors": bool(form.errors),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render_fragment(request, "org/_form.html", context, status=status)


def _tree(code: str, today: date) -> queries.Tree | None:
    """The branch that the address names; the whole when it names none. Nothing loaded: None."""
    try:
        return queries.tree(queries.unit_by_code(code) if code else queries.municipality(), today)
    except Unit.DoesNotExist:
        if code:
            raise Http404 from None
        return None


def _top() -> Crumb:
    return Crumb(_("Organisation"), "/organisation/")


def _people() -> Crumb:
    return Crumb(_("Personer och roller"), "/organisation/personer/")


def _may_change(request: AuthedRequest, today: date) -> Verdict:
    return policies.can_change(held=queries.may(request.user, "org:write", today))


def _may_see_people(request: AuthedRequest, today: date) -> Verdict:
    return policies.can_see_people(held=queries.may(request.user, "org:read", today))
