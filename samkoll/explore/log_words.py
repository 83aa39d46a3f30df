"""What happened on the pages of statistics, in words for the change log."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samkoll.audit.words import Words, words
from samkoll.explore.catalogue_forms import LABELS

CHANGES: dict[str, Words] = {
    "forecast.asked": _("Prognos beställd"),
    "forecast.made": _("Prognos gjord"),
    "forecast.periods_changed": _("Tider som prognoser lämnar utanför ändrade"),
    "stats.limit_kept": _("Gräns för arbetstid sparad"),
    "stats.limit_removed": _("Gräns för arbetstid borttagen"),
    "stats.cost_year_kept": _("Årets kostnader för sjukfrånvaro sparade"),
}
FIELDS: dict[str, Words] = {
    **LABELS,
    "basis": _("underlag"),
    "checked_on": _("kontrollerad mot källan"),
    "hours": _("timmar"),
    "metric": _("mått"),
    "periods": _("tider"),
    "sources": _("källor"),
}


def register() -> None:
    """Tell the words to the log."""
    words.add(changes=CHANGES, fields=FIELDS)
