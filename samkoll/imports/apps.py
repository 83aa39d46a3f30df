from __future__ import annotations

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "samkoll.imports"
    label = "imports"

    def ready(self) -> None:
        """Tell the log its words."""
        from samkoll.imports import log_words

        log_words.register()
