from __future__ import annotations

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "samkoll.home"
    label = "home"

    def ready(self) -> None:
        """Fill the frame: the unit, the search, the calendar, and the menu of every package."""
        from samkoll.desk.registry import calendar
        from samkoll.explore.registry import certificates
        from samkoll.home import figure_page, log_words, unit_page, units
        from samkoll.home.views import menu
        from samkoll.org.registry import pages
        from samkoll.stats.registry import Use, uses

        pages.unit_url = units.url
        calendar.url = lambda token: reverse("home:calendar", args=[token])
        certificates.sources = figure_page.batches
        uses.add(
            Use(_("Enheternas sidor"), lambda key: reverse("home:start"), unit_page.metrics_shown)
        )
        log_words.register()
        menu.register()
