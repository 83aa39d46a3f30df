"""Addresses of the statistics pages, below ``/statistik/``."""

from __future__ import annotations

from django.urls import path

from samkoll.explore.views import catalogue, comparison, exploring

app_name = "explore"
urlpatterns = [
    path("", exploring.index, name="index"),
    path("utforska/", exploring.explore, name="explore"),
    path("siffra/", exploring.figure, name="figure"),
    path("matt/", catalogue.metrics, name="metrics"),
    path("matt/<slug:key>/", catalogue.metric, name="metric"),
    path("antaganden/", catalogue.parameters, name="parameters"),
    path("antaganden/granser/ny/", catalogue.limit, name="new_limit"),
    path("antaganden/granser/<int:pk>/", catalogue.limit, name="limit"),
    path("antaganden/granser/<int:pk>/ta-bort/", catalogue.remove_limit, name="remove_limit"),
    path("antaganden/kostnader/<int:year>/", catalogue.cost_year, name="cost_year"),
    path("kommuner/", comparison.comparison, name="comparison"),
    path("kommuner/inlasningar/", comparison.loads, name="loads"),
    path("kommuner/inlasningar/hamta/", comparison.fetch, name="fetch"),
    path("kommuner/inlasningar/<int:pk>/", comparison.load, name="load"),
]
