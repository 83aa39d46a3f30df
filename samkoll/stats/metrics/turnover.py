"""Turnover of permanent employees, in the variants that are in use. There is no national standard.

Counted in persons, main employment only:
permanent    permanently employed in the month (a month in which one leaves counts)
departures   permanent employees whose employment ended in the month and who left the municipality
retirements  those of them who left with a pension
hired        permanent in the month and not in the month before
moved        permanent employees who left the unit for another one of the municipality
"""

from __future__ import annotations

from dataclasses import replace

from samkoll.stats.metrics.expressions import ByGrowth, Lesser, Ratio, Sum
from samkoll.stats.metrics.registry import Terms, metric

SOURCE = "docs/sources.md#external-turnover"
PER_CENT = Terms(unit="%", decimals=1, source=SOURCE, population="permanent", family="turnover")
PERSONS = replace(PER_CENT, unit="personer", decimals=0)
VARIANT = replace(PER_CENT, source="docs/sources.md#turnover-variants", kind="distinct")
BEFORE = replace(VARIANT, prior=1)
INTERNAL = replace(
    PER_CENT,
    source="docs/sources.md#internal-turnover",
    kind="distinct",
    prior=1,
    adds_up=False,
)

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

turnover_without_retirement = metric(
    "turnover_without_retirement",
    "Extern personalomsättning utan pension",
    Ratio(("departures",), ("permanent",), averaged=True, less=("retirements",)),
    PER_CENT,
    label_en="External turnover without retirement",
)

turnover_opening = metric(
    "turnover_opening",
    "Extern personalomsättning, på antalet vid periodens ingång",
    Ratio(("departures",), ("permanent@opening",)),
    BEFORE,
    label_en="External turnover, over the number at the opening",
)

turnover_november = metric(
    "turnover_november",
    "Extern personalomsättning, på antalet i november",
    Ratio(("departures",), ("permanent@november",)),
    VARIANT,
    label_en="External turnover, over the number in November",
)
"""Like Kolada N00216: SKR's staff statistics count the employees of November."""

turnover_least = metric(
    "turnover_least",
    "Personalomsättning enligt minsta värdet",
    Lesser("departures", "hired", "permanent"),
    BEFORE,
    label_en="Turnover by the lesser of started and left",
)

turnover_state = metric(
    "turnover_state",
    "Personalomsättning som i staten",
    ByGrowth("departures", "hired", "permanent@opening", "permanent@closing"),
    BEFORE,
    label_en="Turnover as in central government",
)
"""Those who left when the staff grew, else those who were hired, per mean of the two years."""

hired = metric(
    "hired",
    "Nya tillsvidareanställda",
    Sum(("hired",)),
    replace(BEFORE, unit="personer", decimals=0),
    label_en="New permanent employees",
)

internal_turnover = metric(
    "internal_turnover",
    "Intern rörlighet",
    Ratio(("moved",), ("permanent",), averaged=True),
    INTERNAL,
    label_en="Internal turnover",
)
"""Moves out of the unit to another one of the municipality. The units' do not add up."""

moves = metric(
    "moves",
    "Byten till en annan enhet",
    Sum(("moved",)),
    replace(INTERNAL, unit="personer", decimals=0),
    label_en="Moves to another unit",
)
