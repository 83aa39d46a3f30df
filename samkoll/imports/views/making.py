"""Making a mapping profile: sample, way of writing, columns, words, a trial, a name."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from samkoll.core.access import require
from samkoll.core.errors import DomainError
from samkoll.desk import drafts as form_drafts
from samkoll.desk import services as desk
from samkoll.imports import policies, profile_forms, profile_mapping_forms, profile_pages
from samkoll.imports import profile_step_pages as step_pages
from samkoll.imports import profiles_drafts as drafts
from samkoll.imports import profiles_store as store
from samkoll.imports.models import MappingProfile, ProfileDraft
from samkoll.imports.profiles_sample import Sample
from samkoll.imports.uploads import ToVault
from samkoll.web.htmx import AuthedRequest
from samkoll.web.page import Page


@csrf_exempt
@require_http_methods(["GET", "POST"])
def start(request: AuthedRequest, name: str = "") -> HttpResponse:
    """Choose a sample for a new profile, or for a new version of one. 422: it was not taken.

    Exempt from the first CSRF check only, as in ``batches.upload``; ``_start`` is checked.
    """
    today = timezone.localdate()
    known = store.versions(name) if name and policies.can_read(request.user, today) else []
    if name and not known:
        raise Http404
    require(policies.can_change_profiles(request.user, today))
    request.upload_handlers = [ToVault(request)]
    return _start(request, known[0] if known else None)


@csrf_protect
def _start(request: AuthedRequest, base: MappingProfile | None) -> HttpResponse:
    waiting = drafts.waiting_files()
    form = profile_forms.StartForm(
        request.POST or None, request.FILES or None, waiting=waiting, editing=base is not None
    )
    if request.method == "POST" and form.is_valid():
        try:
            draft = drafts.begin(
                owner=request.user, now=timezone.now(), base=base,
                kind=form.cleaned_data.get("kind", ""), **_sample(form, waiting),
            )  # fmt: skip
            return redirect("imports:profile_step", pk=draft.pk, step="lasning")
        except DomainError as error:
            form.add_error("file", str(error))
    title = _("Ny version av %(profile)s") % {"profile": base.title} if base else _("Ny profil")
    back = reverse("imports:profile", args=[base.name]) if base else reverse("imports:profiles")
    context = {
        "page": Page(title=title, crumbs=profile_pages.crumbs()),
        "form": form,
        "steps": step_pages.steps(""),
        "back_url": back,
        "editing": base is not None,
        "has_errors": bool(form.errors),
    }
    return render(request, "imports/profile_start.html", context, status=_status(form))


@require_http_methods(["GET", "POST"])
def step(request: AuthedRequest, pk: int, step: str) -> HttpResponse:
    """One step. 422: something in it has to be put right first."""
    draft = _draft(request, pk)
    if step not in step_pages.STEPS:
        raise Http404
    try:
        sample, unreadable = drafts.sample(draft), ""
    except DomainError as error:
        sample, unreadable = None, str(error)
    if step == "prov":
        return _trial(request, draft)
    form = _form(request, draft, step, sample)
    key = drafts.form_key(draft, step)
    kept = form_drafts.of(request, key, today=timezone.localdate())
    kept.fill(form)
    if request.method == "POST" and form.is_valid():
        do = _saving(request, draft, form) if step == "spara" else _changing(request, draft, form)
        try:
            answer = do()
            desk.discard_draft(owner=request.user, key=key)
            return answer
        except store.SavedMeanwhile as error:
            form = _form(request, draft, step, sample, overtaken=True)
            form.add_error(None, str(error))
        except DomainError as error:
            form.add_error(None, str(error))
    context = {
        **_frame(draft, step),
        "form": form,
        "groups": _groups(form),
        "draft": kept,
        "unreadable": unreadable,
        "file_columns": step_pages.file_columns(sample) if sample and step == "kolumner" else None,
        "preview": step_pages.preview(sample) if sample and step == "lasning" else None,
        "has_errors": bool(form.errors),
    }
    return render(request, "imports/profile_step.html", context, status=_status(form))


@require_POST
def drop(request: AuthedRequest, pk: int) -> HttpResponse:
    """Give up a started profile."""
    draft = _draft(request, pk)
    drafts.drop(draft_id=draft.pk, actor=request.user, now=timezone.now())
    messages.success(request, _("Den påbörjade profilen och provet är borttagna."))
    return redirect("imports:profiles")


def _draft(request: AuthedRequest, pk: int) -> ProfileDraft:
    own = drafts.visible_to(request.user, timezone.localdate())
    return get_object_or_404(own.select_related("base"), pk=pk)


def _sample(form: profile_forms.StartForm, waiting: list[Any]) -> dict[str, Any]:
    """The file that was chosen: its name, its place in the vault, its size."""
    file = form.cleaned_data["file"]
    if file is not None:
        return {"file_name": file.name, "stored": file.stored.name, "size": file.size}
    batch = next((b for b in waiting if b.pk == form.cleaned_data.get("batch")), None)
    if batch is None:
        return {}
    return {"file_name": batch.file_name, "stored": batch.upload, "size": batch.size}


def _form(
    request: AuthedRequest,
    draft: ProfileDraft,
    step: str,
    sample: Sample | None,
    *,
    overtaken: bool = False,
) -> Any:
    data, content = (request.POST if request.method == "POST" else None), draft.content
    if step == "lasning":
        return profile_forms.ReadingForm(data, content=content, sample=sample)
    if step == "kolumner":
        return profile_mapping_forms.ColumnsForm(
            data, content=content, sample=sample, hints=step_pages.hints(content, sample)
        )
    if step == "ord":
        return profile_mapping_forms.WordsForm(data, content=content, sample=sample)
    base = draft.base
    initial = {"title": content.get("title", ""), "name": base.name if base else ""}
    overtaken = overtaken or "anyway" in request.POST
    return profile_forms.SaveForm(
        data, initial=initial, fixed=base is not None, overtaken=overtaken
    )


def _groups(form: Any) -> list[tuple[str, Any]]:
    return form.groups() if hasattr(form, "groups") else [("", list(form))]


def _changing(request: AuthedRequest, draft: ProfileDraft, form: Any) -> Callable[[], HttpResponse]:
    def do() -> HttpResponse:
        drafts.change(
            draft_id=draft.pk, chosen=form.chosen(), actor=request.user, now=timezone.now()
        )
        here = request.resolver_match.kwargs["step"] if request.resolver_match else "lasning"
        go = here if "visa" in request.POST else step_pages.next_step(here)
        return redirect("imports:profile_step", pk=draft.pk, step=go)

    return do


def _saving(
    request: AuthedRequest, draft: ProfileDraft, form: forms.Form
) -> Callable[[], HttpResponse]:
    def do() -> HttpResponse:
        data = form.cleaned_data
        row = drafts.finish(
            draft_id=draft.pk,
            name=draft.base.name if draft.base else data["name"],
            title=data["title"],
            note=data["note"],
            anyway=data.get("anyway", False),
            actor=request.user,
            now=timezone.now(),
        )
        messages.success(request, _("%(profile)s är sparad.") % {"profile": row})
        return redirect("imports:profile", name=row.name)

    return do


def _trial(request: AuthedRequest, draft: ProfileDraft) -> HttpResponse:
    """Read the sample as an import would, and show what came of it."""
    if request.method == "POST":
        return redirect("imports:profile_step", pk=draft.pk, step="spara")
    trial, fault = None, ""
    if draft.upload:
        try:
            trial = step_pages.trial(draft, timezone.now())
        except DomainError as error:
            fault = str(error)
    context = {**_frame(draft, "prov"), "trial": trial, "fault": fault}
    return render(request, "imports/profile_trial.html", context)


def _frame(draft: ProfileDraft, step: str) -> dict[str, Any]:
    """What every step shows around its form."""
    titles = {
        "lasning": (_("Hur är filen skriven?"), _("Ändra det som inte stämmer.")),
        "kolumner": (_("Vilken kolumn är vad?"), _("Välj filens rubrik för varje uppgift.")),
        "ord": (_("Vad betyder orden?"), _("Välj vad varje ord i filen betyder.")),
        "prov": (_("Prov"), _("Så läses provet. Inget är inläst.")),
        "spara": (_("Spara profilen"), _("Provet tas bort när profilen är sparad.")),
    }
    title, notice = titles[step]
    back = step_pages.before(step)
    return {
        "page": Page(title=title, notice=notice, crumbs=profile_pages.crumbs(), wide=True),
        "started": draft,
        "step": step,
        "steps": step_pages.steps(step),
        "back_url": reverse("imports:profile_step", args=[draft.pk, back]) if back else "",
    }


def _status(form: forms.Form) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
