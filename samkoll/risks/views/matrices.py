"""The risk matrices of the municipality: the list, the choice, and a new version."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samkoll.core.access import require
from samkoll.risks import forms, matrix, policies, queries, services, showing
from samkoll.risks.matrix import Matrix
from samkoll.risks.models import MatrixVersion
from samkoll.risks.views.common import FORM, form_page, saved
from samkoll.web.htmx import AuthedRequest
from samkoll.web.page import Crumb, Page

SIZES = ("rader", "kolumner")


@require_GET
def matrices(request: AuthedRequest) -> HttpResponse:
    """Every version, the one in use first named."""
    require(policies.can_change_matrices(request.user, timezone.localdate()))
    chosen = queries.default_matrix().name
    named = queries.matrices_named(queries.contents())
    context = {
        "page": Page(
            title=_("Riskmatriser"),
            notice=_("En risk behåller den version som den bedömdes på."),
        ),
        "rows": [
            (showing.plain(each, _("Steg och nivåer")), name, name == chosen, _edit_url(each))
            for name, each in named.items()
        ],
    }
    return render(request, "risks/matrices.html", context)


@require_POST
def choose(request: AuthedRequest) -> HttpResponse:
    """Let new assessments use a version. 404: no such version."""
    today = timezone.localdate()
    require(policies.can_change_matrices(request.user, today))
    try:
        name = request.POST.get("matris", "")
        services.choose_matrix(name=name, actor=request.user, today=today)
    except MatrixVersion.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("Nya bedömningar görs på %(name)s.") % {"name": name})
    return redirect("risks:matrices")


@FORM
def edit(request: AuthedRequest, code: str, version: int) -> HttpResponse:
    """Write the next version of a matrix. ``?rader=5&kolumner=4`` changes its size;
    the button "Visa" shows the picture without saving. 422: it cannot be used yet."""
    today = timezone.localdate()
    require(policies.can_change_matrices(request.user, today))
    content = queries.content_named(f"{code}/{version}")
    if content is None:
        raise Http404
    sizes = _sizes(request, content)
    form = forms.MatrixForm(request.POST or None, content=content, sizes=sizes)
    picture = None
    if request.method == "POST" and form.is_valid():
        written = {**content, **form.written()}
        if faults := matrix.faults(written):
            form.show(faults)
        else:
            picture = showing.plain(matrix.read(written, "sv"), _("Så blir matrisen"))
    if picture and "visa" not in request.POST:

        def do() -> None:
            services.save_matrix(code=code, content=written, actor=request.user, today=today)

        if saved(request, form, do):
            messages.success(request, _("Den nya versionen är sparad."))
            return redirect("risks:matrices")
    page = Page(
        title=_("Ny version av %(code)s") % {"code": code},
        notice=_("Tidigare bedömningar ändras inte. Ord på engelska kan lämnas tomma."),
        crumbs=(Crumb(_("Riskmatriser"), reverse("risks:matrices")),),
        wide=True,
    )
    return form_page(
        request, form, page=page, label=_("Spara som ny version"),
        back_url=reverse("risks:matrices"), template="risks/_matrix_form.html",
        picture=picture, sizes=sizes, all_sizes=range(matrix.FEWEST, matrix.MOST + 1),
    )  # fmt: skip


def _edit_url(each: Matrix) -> str:
    return reverse("risks:edit_matrix", args=[each.code, each.version])


def _sizes(request: AuthedRequest, content: dict[str, Any]) -> tuple[int, int]:
    """The size that the address asks for, else that of the version."""
    data = request.POST if request.method == "POST" else request.GET
    known = {str(size) for size in range(matrix.FEWEST, matrix.MOST + 1)}
    now = len(content["probability"]), len(content["consequence"])
    rows, columns = (
        int(data[name]) if data.get(name) in known else size
        for name, size in zip(SIZES, now, strict=True)
    )
    return rows, columns
