from __future__ import annotations

from django.apps import AppConfig


class RisksConfig(AppConfig):
    name = "samkoll.risks"
    label = "risks"

    def ready(self) -> None:
        """Tell the log its words and actions where they come from."""
        from samkoll.actions.registry import origins
        from samkoll.risks import log_words, origin

        log_words.register()
        origins.add(origin.ORIGIN)
