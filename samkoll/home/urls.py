"""Addresses of the start page, units, the list of actions, search, the calendar, jobs, logs."""

from __future__ import annotations

from django.urls import path

from samkoll.home.views import actions, calendar, pages, unit

app_name = "home"
urlpatterns = [
    path("", pages.start, name="start"),
    path("sok/", pages.search, name="search"),
    path("enhet/", pages.pick, name="pick"),
    path("e/<str:code>/", unit.unit, name="unit"),
    path("e/<str:code>/siffra/<str:metric>/<str:sex>/<str:month>/", unit.figure, name="figure"),
    path("atgarder/", actions.actions, name="actions"),
    path("atgarder/andra/", actions.bulk, name="bulk"),
    path("e/<str:code>/atgarder/", actions.actions, name="unit_actions"),
    path("kalender/<str:token>.ics", calendar.feed, name="calendar"),
    path("jobb/<int:pk>/", pages.job, name="job"),
    path("logg/", pages.changes, name="changes"),
    path("logg/lasningar/", pages.readings, name="readings"),
]
