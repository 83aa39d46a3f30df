"""Addresses of the statistics pages, below ``/statistik/``."""

from __future__ import annotations

from django.urls import path

from samkoll.explore.views import catalogue, chance, comparison, exploring, forecast, sheets

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
    path("blad/", sheets.sheets, name="sheets"),
    path("blad/gor/", sheets.run, name="sheets_run"),
    path("blad/schema/", sheets.schedule, name="sheets_schedule"),
    path("blad/<int:pk>/", sheets.sheet_file, name="sheet_file"),
    path("kommuner/", comparison.comparison, name="comparison"),
    path("kommuner/inlasningar/", comparison.loads, name="loads"),
    path("kommuner/inlasningar/hamta/", comparison.fetch, name="fetch"),
    path("kommuner/inlasningar/<int:pk>/", comparison.load, name="load"),
    path("slump/", chance.funnel, name="funnel"),
    path("slump/manader/", chance.control, name="control"),
    path("prognos/", forecast.forecast, name="forecast"),
    path("prognos/gor/", forecast.make, name="forecast_make"),
    path("prognos/tider/", forecast.periods, name="forecast_periods"),
]
