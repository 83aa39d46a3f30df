"""Published reports for everybody, without sign-in: a list, a page each, the files."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samkoll.documents import downloads
from samkoll.documents.writers import html
from samkoll.reports import frozen, public, storing
from samkoll.web.page import Page

MINUTES = 5
"""How long a browser or a proxy may keep a page: a correction is seen that soon."""


@login_not_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Every published report by year and board."""
    page = Page(
        title=_("Publicerade rapporter"),
        notice=_("Arbetsmiljörapporter som nämnderna har beslutat."),
    )
    return _shown(request, "reports/public_index.html", {"page": page, "years": public.listed()})


@login_not_required
@require_GET
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """One published report, as it was decided."""
    report = get_object_or_404(public.reports(), pk=pk)
    document = frozen.documents([pk])[pk]
    corrected = public.correction(report)
    context = {
        "page": Page(title=document.name, notice=public.description(report)),
        "document": document,
        "cover": document.cover(),
        "contents": html.table_of_contents(document),
        "body": html.fragment(document, contents=False),
        "files": public.files(report),
        "corrected_url": reverse("published:read", args=[corrected.pk]) if corrected else "",
    }
    return _shown(request, "reports/public_read.html", context)


@login_not_required
@require_GET
def file(request: HttpRequest, pk: int, format_: str) -> FileResponse:
    """A file of a published report, made of what was decided."""
    report = get_object_or_404(public.reports(), pk=pk)
    found = get_object_or_404(public.of_decided(report), format=format_)
    answer = downloads.stored(storing.path_of(found), form=format_)
    if answer is None:
        raise Http404
    _keep(answer)
    return answer


@login_not_required
@require_GET
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines may read what is published, and nothing else."""
    lines = (
        "User-agent: *",
        f"Allow: {reverse('published:index')}",
        "Allow: /static/",
        "Disallow: /",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _shown(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    municipality = getattr(settings, "MUNICIPALITY_NAME", "")
    answer = render(request, template, {**context, "municipality": municipality})
    _keep(answer)
    return answer


def _keep(answer: HttpResponse | FileResponse) -> None:
    patch_cache_control(answer, public=True, max_age=60 * MINUTES)
