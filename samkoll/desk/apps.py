from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "samkoll.desk"
    label = "desk"

    def ready(self) -> None:
        """Tell the words of the change log."""
        from samkoll.desk import log_words

        log_words.register()
