"""Addresses of the start page, units, search, jobs and logs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path


def start(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


app_name = "home"
urlpatterns = [path("", start, name="start")]
