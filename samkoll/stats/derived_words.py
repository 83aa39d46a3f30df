"""What a derivation tells of itself, in words for the command, the import and the pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext_lazy as _

from samkoll.core.months import Month
from samkoll.web.page import Words

SPELLS: Final[dict[str, Words]] = {"spells": _("Sjukperioder")}
UNCERTAIN: Final[dict[str, Words]] = {
    "censored": _("Sjukperioder som kan ha börjat före filerna"),
    "open_posts": _("Frånvaro utan slutdatum"),
    "crossed": _("Anställningar där frånvaro överlappar eller har rättats"),
    "taken_back": _("Rättelser som tar tillbaka frånvaro"),
}
LEFT_OUT: Final[dict[str, Words]] = {
    "posts_without_employment": _("Frånvaro utan anställning"),
    "time_without_employment": _("Arbetad tid i månader utan anställning"),
    "departures_without_employment": _("Avgångar utan anställning"),
    "without_unit": _("Anställningar på en enhet som inte finns då"),
}
CUT_HOURS: Final = _("Sjuktimmar utöver månadens ordinarie tid")
REPORTED: Final[dict[str, Words]] = SPELLS | UNCERTAIN | LEFT_OUT
"""The counts of ``spells.Report`` that are told, when there is any."""
MEANINGS: Final[dict[str, Words]] = {
    "spells": _(
        "Poster med högst fem dagar emellan är samma sjukperiod. Arbetsfria dagar mellan två "
        "poster bryter den aldrig."
    ),
    "censored": _(
        "De började på filens första dag, och filen säger inte när perioden började på riktigt. "
        "Dag 15 kan därför komma för sent: kort sjukfrånvaro blir för hög och lång för låg."
    ),
    "open_posts": _("De räknas till den sista dag som filerna gäller."),
    "crossed": _("Den fil som lästes in sist gäller. I en fil gäller raden längst ned."),
    "taken_back": _("Deras dagar är borttagna ur posterna som kom före."),
    "posts_without_employment": _(
        "De räknas inte. Kontrollera att filen med anställningar är hel."
    ),
    "time_without_employment": _("De räknas inte."),
    "departures_without_employment": _("De räknas inte."),
    "without_unit": _("De räknas inte. Lägg in enheten i organisationen, så kommer de med."),
    "cut_hours": _("De räknas inte: ingen kan vara sjuk mer än sin arbetstid."),
}
"""What each count means for the figures."""


def listed(months: Iterable[int]) -> str:
    """Months as stretches: ``2023-01 – 2023-12, 2024-03``; empty for none."""
    runs: list[list[int]] = []
    for month in months:
        if runs and month == runs[-1][-1] + 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    ends = [(Month(run[0]), Month(run[-1])) for run in runs]
    return ", ".join(str(a) if a == b else f"{a} – {b}" for a, b in ends)
