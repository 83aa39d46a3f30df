"""Pages of the floor: the kit with every part in every state, and the accessibility statement."""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samkoll.core.errors import DomainError
from samkoll.web import kit as samples
from samkoll.web.htmx import AuthedRequest, render_fragment
from samkoll.web.page import Crumb, Page


@require_GET
def kit(request: AuthedRequest) -> HttpResponse:
    """Every part in every state; what is not here is not used on any page."""
    page = Page(
        title=_("Byggsats"),
        notice=_("Alla delar som sidorna byggs av, i alla lägen, med påhittade uppgifter."),
        help_url="#delar",
    )
    return render(request, "web/kit.html", {"page": page, **samples.everything(request)})


@require_http_methods(["GET", "POST"])
def kit_form(request: AuthedRequest) -> HttpResponse:
    """A form page: 422 with what is wrong, or back to the kit."""
    form = samples.SampleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("web:kit")
    page = Page(title=_("Ny risk (exempel)"), crumbs=(Crumb(_("Byggsats"), "/kit"),))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {"page": page, "form": form, "has_errors": bool(form.errors)}
    return render_fragment(request, "web/kit/_form.html", context, status=status)


@require_POST
def kit_row(request: AuthedRequest, pk: int) -> HttpResponse:
    """A row that is swapped where it stands, or shown as a page without script."""
    page = Page(title=_("Åtgärd (exempel)"), crumbs=(Crumb(_("Byggsats"), "/kit"),))
    context = {
        "page": page,
        "row": samples.done_row(pk),
        "heads": samples.ACTION_HEADS,
        "fragment_shell": "web/row_shell.html",
    }
    return render_fragment(request, "web/kit/_row.html", context)


@require_http_methods(["GET", "POST"])
def kit_confirm(request: AuthedRequest) -> HttpResponse:
    """The question before something that cannot be undone."""
    if request.method == "POST":
        return redirect("web:kit")
    context = {
        "page": Page(title=_("Ångra inläsningen?"), crumbs=(Crumb(_("Byggsats"), "/kit"),)),
        "question": _("Siffrorna från filen tas bort ur statistiken. Filen själv finns inte kvar."),
        "facts": samples.facts(),
        "label": _("Ångra inläsningen"),
        "danger": True,
        "back_url": "/kit",
    }
    return render(request, "web/confirm.html", context)


@require_POST
def kit_refusal(request: AuthedRequest, kind: str) -> HttpResponse:
    """How a partial request is refused: "403", "404" or "422". Raises: always."""
    if kind == "403":
        raise PermissionDenied(_("Bara enhetens chef kan avsluta åtgärden."))
    if kind == "422":
        raise DomainError(_("Månaden är redan låst. Välj en senare månad."))
    raise Http404


@login_not_required
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """The statement that the law asks for, open to everyone."""
    page = Page(title=_("Tillgänglighet"))
    context = {"page": page, "contact": getattr(settings, "ACCESSIBILITY_CONTACT", "")}
    return render(request, "web/accessibility.html", context)
