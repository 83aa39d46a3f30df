"""Addresses of the reports, below ``/rapporter/``."""

from __future__ import annotations

from django.urls import path

from samkoll.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.index, name="index"),
    path("filer/", views.build_many, name="build_many"),
    path("arbete/<int:pk>/", views.job, name="job"),
    path("ar/<int:year>/oppna/", views.open_year, name="open_year"),
    path("<int:pk>/", views.read, name="read"),
    path("<int:pk>/granskning/", views.review, name="review"),
    path("<int:pk>/avsnitt/<slug:key>/", views.edit, name="edit"),
    path("<int:pk>/siffra/<str:figure>/", views.figure, name="figure"),
    path("<int:pk>/fraga/<slug:key>/", views.question, name="question"),
    path("<int:pk>/fraga/<slug:key>/aterta/", views.withdraw, name="withdraw"),
    path("<int:pk>/diarienummer/", views.diary_number, name="diary_number"),
    path("<int:pk>/filer/", views.build, name="build"),
    path("<int:pk>/filer/<slug:format_>/", views.download, name="download"),
]
