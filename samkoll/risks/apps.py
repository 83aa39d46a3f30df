from __future__ import annotations

from django.apps import AppConfig


class RisksConfig(AppConfig):
    name = "samkoll.risks"
    label = "risks"
