"""Addresses of the import pages."""

from __future__ import annotations

from django.urls import path

from samkoll.imports import views

app_name = "imports"

urlpatterns = [
    path("", views.index, name="index"),
    path("ny/", views.upload, name="upload"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/framsteg/", views.progress, name="progress"),
    path("<int:pk>/fel/", views.faults, name="faults"),
    path("<int:pk>/las-in/", views.commit, name="commit"),
    path("<int:pk>/avbryt/", views.discard, name="discard"),
    path("<int:pk>/angra/", views.undo, name="undo"),
]
