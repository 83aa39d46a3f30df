"""Addresses that everybody may open, below ``/publicerat/``."""

from __future__ import annotations

from django.urls import path

from samkoll.reports.views import public

app_name = "published"
urlpatterns = [
    path("", public.index, name="index"),
    path("<int:pk>/", public.read, name="read"),
    path("<int:pk>/<slug:format_>/", public.file, name="file"),
]
