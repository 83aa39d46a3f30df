"""Mapping profiles: the list, a version, and what is done with a whole profile."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samkoll.core.access import require
from samkoll.core.errors import DomainError
from samkoll.imports import policies, profile_forms, profile_pages, profiles_drafts, profiles_store
from samkoll.imports.models import MappingProfile
from samkoll.web.htmx import AuthedRequest
from samkoll.web.page import Crumb, Page

FORM = require_http_methods(["GET", "POST"])


@require_GET
def index(request: AuthedRequest) -> HttpResponse:
    """Every profile in its latest version, and one's own started ones."""
    today = timezone.localdate()
    require(policies.can_read(request.user, today))
    started = list(profiles_drafts.visible_to(request.user, today).select_related("base")[:20])
    context = {
        "page": Page(
            title=_("Mappningsprofiler"),
            notice=_("En profil säger hur ett system skriver sina filer."),
            crumbs=profile_pages.crumbs()[:1],
        ),
        "table": profile_pages.table(profiles_store.latest()),
        "drafts": profile_pages.draft_table(started) if started else None,
        "can_change": policies.can_change_profiles(request.user, today),
    }
    return render(request, "imports/profiles.html", context)


@require_GET
def detail(request: AuthedRequest, name: str, version: int = 0) -> HttpResponse:
    """One version of a profile, the latest unless another is asked for."""
    row, versions = _version(request, name, version)
    shown = profile_pages.detail(row, versions, request.user, timezone.localdate())
    notice = "" if shown.latest else _("Det här är en tidigare version. Den kan inte ändras.")
    context = {
        "page": Page(title=shown.title, notice=notice, crumbs=profile_pages.crumbs()),
        "profile": shown,
    }
    return render(request, "imports/profile.html", context)


@require_GET
def file(request: AuthedRequest, name: str, version: int) -> HttpResponse:
    """A version as a YAML file."""
    row, _versions = _version(request, name, version)
    text = profiles_store.written(profiles_store.content_of(row))
    answer = HttpResponse(text, content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{row.name}-{row.version}.yaml"'
    return answer


@FORM
def bring_in(request: AuthedRequest) -> HttpResponse:
    """Store a profile from a YAML file. 422: something in it is missing or not understood."""
    require(policies.can_change_profiles(request.user, timezone.localdate()))
    form = profile_forms.FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and (text := form.text()):
        try:
            row = profiles_store.bring_in(text=text, actor=request.user, now=timezone.now())
            messages.success(request, _("%(profile)s är sparad.") % {"profile": row})
            return redirect("imports:profile", name=row.name)
        except DomainError as error:
            form.add_error("file", str(error))
    page = Page(
        title=_("Läs in en profil"),
        notice=_("Finns namnet redan blir det en ny version av den profilen."),
        crumbs=profile_pages.crumbs(),
    )
    return _form(request, form, page, _("Läs in profilen"), reverse("imports:profiles"))


@FORM
def copy(request: AuthedRequest, name: str) -> HttpResponse:
    """Make another profile of the latest version. 422: the name cannot be used."""
    row, _versions = _version(request, name)
    require(policies.can_change_profiles(request.user, timezone.localdate()))
    initial = {"name": f"{name[:52]}-kopia", "title": row.title}
    form = profile_forms.CopyForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            profiles_store.copy(
                row=row, actor=request.user, now=timezone.now(), **form.cleaned_data
            )
            return redirect("imports:profile", name=form.cleaned_data["name"])
        except DomainError as error:
            form.add_error("name", str(error))
    back = reverse("imports:profile", args=[name])
    page = Page(title=_("Kopiera profilen"), crumbs=profile_pages.crumbs(Crumb(row.title, back)))
    return _form(request, form, page, _("Spara kopian"), back)


@FORM
def retire(request: AuthedRequest, name: str) -> HttpResponse:
    """Ask, then let no new files be read with the profile."""
    row, _versions = _version(request, name)
    require(policies.can_change_profiles(request.user, timezone.localdate()))
    back = reverse("imports:profile", args=[name])
    if request.method == "POST":
        profiles_store.retire(name=name, actor=request.user, now=timezone.now())
        return redirect(back)
    context = {
        "page": Page(
            title=_("Avsluta profilen?"), crumbs=profile_pages.crumbs(Crumb(row.title, back))
        ),
        "question": _(
            "Profilen kan inte väljas för nya filer. Det som redan är inläst ändras inte, och du "
            "kan ta profilen i bruk igen."
        ),
        "label": _("Avsluta profilen"),
        "back_url": back,
    }
    return render(request, "web/confirm.html", context)


@require_POST
def restore(request: AuthedRequest, name: str) -> HttpResponse:
    """Let new files be read with a retired profile again."""
    _version(request, name)
    profiles_store.restore(name=name, actor=request.user, now=timezone.now())
    return redirect("imports:profile", name=name)


def _version(
    request: AuthedRequest, name: str, version: int = 0
) -> tuple[MappingProfile, list[MappingProfile]]:
    """A version (0: the latest) and all versions. 404: not visible, or there is none."""
    if not policies.can_read(request.user, timezone.localdate()):
        raise Http404
    versions = profiles_store.versions(name)
    found = [row for row in versions if version in (0, row.version)]
    if not found:
        raise Http404
    return found[0], versions


def _form(
    request: AuthedRequest,
    form: profile_forms.FileForm | profile_forms.CopyForm,
    page: Page,
    label: str,
    back_url: str,
) -> HttpResponse:
    wrong = bool(form.errors)
    context = {
        "page": page, "form": form, "label": label, "back_url": back_url, "has_errors": wrong,
    }  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, "imports/profile_form.html", context, status=status)
