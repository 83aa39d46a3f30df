"""Addresses of the start page, units, search, jobs and logs."""

from __future__ import annotations

from django.urls import path

from samkoll.home.views import pages, unit

app_name = "home"
urlpatterns = [
    path("", pages.start, name="start"),
    path("sok/", pages.search, name="search"),
    path("enhet/", pages.pick, name="pick"),
    path("e/<str:code>/", unit.unit, name="unit"),
    path("e/<str:code>/siffra/<str:metric>/<str:sex>/<str:month>/", unit.figure, name="figure"),
    path("jobb/<int:pk>/", pages.job, name="job"),
    path("logg/", pages.changes, name="changes"),
    path("logg/lasningar/", pages.readings, name="readings"),
]
