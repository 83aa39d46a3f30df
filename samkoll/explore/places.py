"""The pages of statistics: what the index page and the ways between them lead to.

A page that stands on its own adds one ``Place`` here, together with its line in ``urls``. A page
that belongs to another one (a metric of the catalogue) is reached from that one.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from samkoll.web.page import Words
from samkoll.web.registry import Way


@dataclass(frozen=True, slots=True)
class Place:
    """One page of statistics: its card's title and sentence, and its URL name (no arguments).

    ``also``: URL names of pages that are the same place in another shape.
    """

    label: Words
    text: Words
    name: str
    also: tuple[str, ...] = ()

    @property
    def way(self) -> Way:
        """The page among the ways that stand on all of these pages."""
        return Way(self.label, self.name, self.name, self.also)


PLACES: tuple[Place, ...] = (
    Place(
        _("Utforska"),
        _("Välj enhet, mått, uppdelning och period. Se tabell och kurva och ta med dem som fil."),
        "explore:explore",
    ),
    Place(
        _("Mått"),
        _("Vad varje siffra betyder: definition, formel, källa, versioner och var den används."),
        "explore:metrics",
        also=("explore:metric",),
    ),
    Place(
        _("Gränser och kostnader"),
        _("Kommunens gränser för mertid och övertid, och vad en timmes sjukfrånvaro kostar."),
        "explore:parameters",
        also=("explore:new_limit", "explore:limit", "explore:cost_year"),
    ),
    Place(
        _("Jämför med andra kommuner"),
        _("Kommunens publicerade nyckeltal bland alla kommuners, länets och liknande kommuners."),
        "explore:comparison",
        also=("explore:loads", "explore:load"),
    ),
    Place(
        _("Statistikblad"),
        _("Ett blad för varje chef efter tertial och år, som arbetsbok och att skriva ut."),
        "explore:sheets",
    ),
    Place(
        _("Slump eller skillnad"),
        _("Vilka grupper skiljer sig mer än slumpen brukar ge, och vilka månader?"),
        "explore:funnel",
        also=("explore:control",),
    ),
    Place(
        _("Prognos"),
        _("Sjukfrånvaron de kommande tolv månaderna och vid årets slut, med osäkerheten."),
        "explore:forecast",
        also=("explore:forecast_periods",),
    ),
)
"""In the order of the index page. One line block each."""
