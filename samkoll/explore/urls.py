"""Addresses of the statistics pages, below ``/statistik/``."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "explore"
urlpatterns: list[URLPattern] = []
