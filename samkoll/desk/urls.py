"""Addresses of drafts, saved views, notices and a person's own settings."""

from __future__ import annotations

from django.urls import path

from samkoll.desk.views import drafts, notices, own_settings, saved_views

app_name = "desk"
urlpatterns = [
    path("utkast/<slug:key>/", drafts.draft, name="draft"),
    path("utkast/<slug:key>/kasta/", drafts.discard_draft, name="discard_draft"),
    path("vyer/<int:pk>/namn/", saved_views.rename_view, name="rename_view"),
    path("vyer/<int:pk>/ta-bort/", saved_views.remove_view, name="remove_view"),
    path("vyer/<slug:page>/", saved_views.save_view, name="save_view"),
    path("besked/<int:pk>/", notices.notice, name="notice"),
    path("installningar/", own_settings.settings, name="settings"),
    path("installningar/kalender/", own_settings.open_calendar, name="open_calendar"),
    path("installningar/kalender/stang/", own_settings.close_calendar, name="close_calendar"),
]
