from __future__ import annotations

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class ExploreConfig(AppConfig):
    name = "samkoll.explore"
    label = "explore"

    def ready(self) -> None:
        """Put the statistics pages in the menu."""
        from samkoll.explore import log_words, sheets_words
        from samkoll.explore.places import PLACES
        from samkoll.stats import metrics
        from samkoll.stats.registry import Use, uses
        from samkoll.web.registry import MenuEntry, Way, frame

        log_words.register()
        sheets_words.register()
        uses.add(
            Use(
                _("Utforska"),
                lambda metric: f"{reverse('explore:explore')}?matt={metric}",
                lambda: {metric.key for metric in metrics.catalogue()},
            )
        )
        start = Way(_("Översikt"), "explore:index", "explore:index")
        frame.add(
            MenuEntry(
                "statistics",
                _("Statistik"),
                "statistics",
                50,
                lambda unit: reverse("explore:index"),
                ("explore",),
                ways=(start, *(place.way for place in PLACES)),
            )
        )
