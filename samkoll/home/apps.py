from __future__ import annotations

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "samkoll.home"
    label = "home"

    def ready(self) -> None:
        """Fill the frame: the unit, the search, and the menu of what every package offers."""
        from samkoll.home import log_words, units
        from samkoll.home.views import menu
        from samkoll.org.registry import pages

        pages.unit_url = units.url
        log_words.register()
        menu.register()
