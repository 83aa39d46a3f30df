"""A form with a draft, alone: what the browser tests of drafts are done on."""

from __future__ import annotations

from django import forms
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import Context, RequestContext, Template
from django.urls import include, path
from django.utils import timezone

from samkoll.desk import drafts, services
from samkoll.web.page import Page

FORM = Template(
    """{% extends "web/base.html" %}{% block content %}{% include "web/draft.html" %}
    <form class="form" method="post" {{ draft.attributes }}>
    {% csrf_token %}{% include "web/field.html" with field=form.text only %}
    <button class="ds-button">Spara</button>
    {% include "web/draft_state.html" %}</form>{% endblock %}"""
)


class TextForm(forms.Form):
    text = forms.CharField(label="Text", widget=forms.Textarea)


def form(request: HttpRequest) -> HttpResponse:
    """Saves nothing but forgets the draft, as a page does that has saved."""
    draft = drafts.of(request, "prov", today=timezone.localdate())  # type: ignore[arg-type]
    typed = TextForm(request.POST or None)
    draft.fill(typed)
    if request.method == "POST" and typed.is_valid():
        services.discard_draft(owner=request.user, key="prov")  # type: ignore[arg-type]
        return redirect("/klart")
    context = {"page": Page(title="Prov"), "form": typed, "draft": draft}
    return HttpResponse(FORM.render(_context(request, context)))


def done(request: HttpRequest) -> HttpResponse:
    """Where a saved form leads."""
    page = Template('{% extends "web/base.html" %}')
    return HttpResponse(page.render(_context(request, {"page": Page(title="Klart")})))


def end(request: HttpRequest) -> HttpResponse:
    """The session ends, as it does in another tab or after an hour."""
    logout(request)
    return HttpResponse()


def _context(request: HttpRequest, values: dict[str, object]) -> Context:
    return RequestContext(request, values)


urlpatterns = [
    path("prov", form),
    path("klart", done),
    path("slut", end),
    path("", include("samkoll.project.urls")),
]
