"""Addresses of the import pages."""

from __future__ import annotations

from django.urls import include, path

from samkoll.imports.views import batches, derivations

app_name = "imports"

urlpatterns = [
    path("", include("samkoll.imports.profile_urls")),
    path("", batches.index, name="index"),
    path("manader/", derivations.index, name="derivations"),
    path("manader/<int:pk>/", derivations.detail, name="derivation"),
    path("ny/", batches.upload, name="upload"),
    path("<int:pk>/", batches.detail, name="detail"),
    path("<int:pk>/framsteg/", batches.progress, name="progress"),
    path("<int:pk>/fel/", batches.faults, name="faults"),
    path("<int:pk>/ratta/", batches.quarantine, name="quarantine"),
    path("<int:pk>/las-in/", batches.commit, name="commit"),
    path("<int:pk>/avbryt/", batches.discard, name="discard"),
    path("<int:pk>/angra/", batches.undo, name="undo"),
]
