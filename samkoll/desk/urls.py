"""Addresses of drafts, below ``/utkast/``."""

from __future__ import annotations

from django.urls import path

from samkoll.desk import views

app_name = "desk"
urlpatterns = [
    path("<slug:key>/", views.draft, name="draft"),
    path("<slug:key>/kasta/", views.discard_draft, name="discard_draft"),
]
