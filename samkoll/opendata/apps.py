from __future__ import annotations

from django.apps import AppConfig


class OpendataConfig(AppConfig):
    name = "samkoll.opendata"
    label = "opendata"

    def ready(self) -> None:
        """Tell the log its words."""
        from samkoll.opendata import log_words

        log_words.register()
