"""Addresses of the organisation: the tree, its file, people and roles, safety areas."""

from __future__ import annotations

from django.urls import path

from samkoll.org import views

app_name = "org"
urlpatterns = [
    path("", views.index, name="index"),
    path("forslag/", views.suggest, name="suggest"),
    path("inlasning/", views.upload, name="upload"),
    path("inlasning/<int:pk>/", views.preview, name="preview"),
    path("personer/", views.people, name="people"),
    path("personer/ny/", views.person_new, name="person_new"),
    path("personer/<int:pk>/", views.person, name="person"),
    path("personer/<int:pk>/slutar/", views.leave, name="leave"),
    path("roller/<int:pk>/avsluta/", views.role_end, name="role_end"),
    path("skyddsomraden/", views.areas, name="areas"),
    path("skyddsomraden/nytt/", views.area_new, name="area_new"),
]
