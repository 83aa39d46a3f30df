"""Addresses of the pages of mapping profiles, below ``/import/``."""

from __future__ import annotations

from django.urls import path

from samkoll.imports.views import making, profiles

urlpatterns = [
    path("profiler/", profiles.index, name="profiles"),
    path("las-in-profil/", profiles.bring_in, name="profile_import"),
    path("ny-profil/", making.start, name="profile_new"),
    path("profiler/<slug:name>/", profiles.detail, name="profile"),
    path("profiler/<slug:name>/andra/", making.start, name="profile_edit"),
    path("profiler/<slug:name>/kopiera/", profiles.copy, name="profile_copy"),
    path("profiler/<slug:name>/avsluta/", profiles.retire, name="profile_retire"),
    path("profiler/<slug:name>/ta-i-bruk/", profiles.restore, name="profile_restore"),
    path("profiler/<slug:name>/<int:version>/", profiles.detail, name="profile_version"),
    path("profiler/<slug:name>/<int:version>/fil/", profiles.file, name="profile_file"),
    path("profilutkast/<int:pk>/kasta/", making.drop, name="profile_drop"),
    path("profilutkast/<int:pk>/<slug:step>/", making.step, name="profile_step"),
]
