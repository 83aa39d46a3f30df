"""What the pages share: the risk or unit that is asked for, and a page that is one form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samkoll.audit.queries import Entry
from samkoll.audit.words import in_words
from samkoll.core.errors import DomainError
from samkoll.desk import services as desk
from samkoll.desk.drafts import FormDraft
from samkoll.org import queries as org
from samkoll.org.models import Unit
from samkoll.risks import forms, queries, services
from samkoll.risks.models import ChangeAssessment, Risk
from samkoll.web.htmx import AuthedRequest, render_fragment
from samkoll.web.page import Crumb, Page, Words
from samkoll.web.tables import Cell, Head, Row, Table

FORM = require_http_methods(["GET", "POST"])


def visible_risk(request: AuthedRequest, pk: int) -> tuple[Risk, date]:
    """The risk and today. 404: not visible."""
    today = timezone.localdate()
    found = queries.visible_to(request.user, today)
    return get_object_or_404(
        found.select_related("unit", "common__unit", "assessment"), pk=pk
    ), today


def visible_assessment(request: AuthedRequest, pk: int) -> tuple[ChangeAssessment, date]:
    """The assessment and today. 404: not visible."""
    today = timezone.localdate()
    found = queries.assessments_visible_to(request.user, today)
    return get_object_or_404(found.select_related("unit"), pk=pk), today


def unit_named(code: str) -> Unit:
    """The unit with the code. 404: there is none."""
    try:
        return org.unit_by_code(code)
    except Unit.DoesNotExist:
        raise Http404 from None


def url_of(risk: Risk, part: str = "") -> str:
    """The risk's page, perhaps at one of its parts."""
    url = reverse("risks:detail", args=[risk.pk])
    return f"{url}#{part}" if part else url


def top() -> Crumb:
    """The list of all risks."""
    return Crumb(_("Risker"), reverse("risks:index"))


def crumbs(risk: Risk) -> tuple[Crumb, ...]:
    """The way back from a form about a risk."""
    return top(), Crumb(risk.title, url_of(risk))


def form_page(
    request: AuthedRequest,
    form: BaseForm,
    *,
    page: Page,
    label: Words,
    back_url: str,
    template: str = "risks/_form.html",
    **more: Any,
) -> HttpResponse:
    """A page with one form; ``label`` is on its button. 422: it did not work."""
    context = {
        "page": page,
        "form": form,
        "label": label,
        "back_url": back_url,
        "has_errors": bool(form.errors),
        **more,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render_fragment(request, template, context, status=status)


def saved(
    request: AuthedRequest, form: BaseForm, do: Callable[[], object], draft: FormDraft | None = None
) -> bool:
    """Whether a form was sent, is valid and its service did it; else the form says why not."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        do()
    except services.EditConflict as error:
        raise Conflict(form, error) from error
    except DomainError as error:
        form.add_error(None, str(error))
        return False
    if draft:
        desk.discard_draft(owner=request.user, key=draft.key)
    return True


class Conflict(Exception):
    """Somebody else saved first: the form to show again, and both versions as a table."""

    def __init__(self, form: BaseForm, error: services.EditConflict) -> None:
        form.data = form.data.copy()  # type: ignore[attr-defined]
        form.data["version"] = str(error.version)  # type: ignore[index]
        form.add_error(None, str(error))
        self.form, self.table = form, _both(error)
        super().__init__(str(error))


def with_reason(
    request: AuthedRequest,
    do: Callable[[str], object],
    *,
    page: Page,
    label: Words,
    asked: Words,
    back_url: str,
    done: str,
    needed: bool = True,
    help_text: Words = "",
) -> HttpResponse:
    """A page that asks why, does it, and goes back."""
    sent = request.POST if request.method == "POST" else None
    form = forms.ReasonForm(sent, label=asked, needed=needed, help_text=help_text)
    if saved(request, form, lambda: do(form.cleaned_data["reason"])):
        messages.success(request, done)
        return redirect(back_url)
    return form_page(request, form, page=page, label=label, back_url=back_url)


def _both(error: services.EditConflict) -> Table:
    """What was typed beside what is stored, field by field."""
    entry = Entry(
        at=timezone.now(),
        who="",
        what="",
        subject="",
        changes=tuple(
            (name, _shown(error.mine[name]), _shown(error.theirs[name])) for name in error.mine
        ),
        details=(),
    )
    rows = tuple(
        Row((Cell(name[:1].upper() + name[1:]), Cell(mine or "–"), Cell(theirs or "–")))
        for name, mine, theirs in in_words([entry])[0].changes
    )
    heads = Head(_("Uppgift")), Head(_("Du skrev")), Head(_("Sparat av den andra"))
    return Table(_("Båda versionerna"), heads, rows)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return _("ja") if value else _("nej")
    return "" if value is None else str(value)
