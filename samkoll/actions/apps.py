from __future__ import annotations

from django.apps import AppConfig


class ActionsConfig(AppConfig):
    name = "samkoll.actions"
    label = "actions"

    def ready(self) -> None:
        """Tell the words of the change log."""
        from samkoll.actions import log_words

        log_words.register()
