"""External turnover of permanent employees: who left the municipality, pension included.

Counted in persons, main employment only:
permanent    permanently employed in the month (a month in which one leaves counts)
departures   permanent employees whose employment ended in the month and who left the municipality
retirements  those of them who left with a pension
"""

from __future__ import annotations

from samkoll.stats.metrics.registry import Ratio, Sum, Terms, metric

SOURCE = "docs/sources.md#external-turnover"
PER_CENT = Terms(unit="%", decimals=1, source=SOURCE, population="permanent")
PERSONS = Terms(unit="personer", decimals=0, source=SOURCE, population="permanent")

turnover = metric(
    "turnover",
    "Extern personalomsättning",
    Ratio(("departures",), ("permanent",), averaged=True),
    PER_CENT,
    label_en="External turnover",
)
"""Departures per average number of permanent employees in the window, per cent."""

departures = metric(
    "departures",
    "Antal avgångar (externa)",
    Sum(("departures",)),
    PERSONS,
    label_en="Departures (external)",
)
"""Persons who left, each once."""

retirements = metric(
    "retirements", "varav pension", Sum(("retirements",)), PERSONS, label_en="of which retirement"
)
"""Those of the departures who left with a pension."""
