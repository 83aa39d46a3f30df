from __future__ import annotations

from django.apps import AppConfig
from django.conf import settings


class StatsConfig(AppConfig):
    name = "samkoll.stats"
    label = "stats"

    def ready(self) -> None:
        """Choose the engine of the statistics, and tell the change log our words."""
        from samkoll.stats import log_words
        from samkoll.stats.engine.choice import Choice, choose

        choose(Choice(settings.STATS_ENGINE, settings.SPARK_MASTER, settings.SPARK_FACTS))
        log_words.register()
