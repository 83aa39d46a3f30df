"""Addresses of the statistics pages, below ``/statistik/``."""

from __future__ import annotations

from django.urls import path

from samkoll.explore.views import exploring

app_name = "explore"
urlpatterns = [
    path("", exploring.index, name="index"),
    path("utforska/", exploring.explore, name="explore"),
]
