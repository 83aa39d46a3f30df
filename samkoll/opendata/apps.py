from __future__ import annotations

from django.apps import AppConfig


class OpendataConfig(AppConfig):
    name = "samkoll.opendata"
    label = "opendata"
