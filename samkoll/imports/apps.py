from __future__ import annotations

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "samkoll.imports"
    label = "imports"
