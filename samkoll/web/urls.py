"""Addresses of the kit, the accessibility statement and the choice of language."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.i18n import set_language

from samkoll.web import views

app_name = "web"
urlpatterns = [
    path("kit", views.kit, name="kit"),
    path("kit/formular", views.kit_form, name="kit_form"),
    path("kit/rad/<int:pk>", views.kit_row, name="kit_row"),
    path("kit/bekrafta", views.kit_confirm, name="kit_confirm"),
    path("kit/vagran/<str:kind>", views.kit_refusal, name="kit_refusal"),
    path("tillganglighet", views.accessibility, name="accessibility"),
    path("sprak", login_not_required(set_language), name="language"),
]
