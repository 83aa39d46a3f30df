"""Our own computed figure beside the one that Kolada publishes, and why they may differ."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from django.utils.translation import gettext as _

from samkoll.core.months import Month
from samkoll.explore.comparison import SEXES, Comparison
from samkoll.org import queries as org
from samkoll.stats import metrics
from samkoll.stats import queries as stats
from samkoll.stats.engine.cube import Sex
from samkoll.stats.engine.hierarchy import Scope
from samkoll.stats.queries import Figure

DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Ours:
    """Our figure of the calendar year, the newest one of twelve months, and the difference.

    ``gap``: our shown value minus the published one; None when one of them is not there.
    """

    year: Figure
    newest: Figure
    gap: Decimal | None
    reasons: tuple[str, ...]


def ours(shown: Comparison) -> Ours | None:
    """Our figure of the same year; None when we have no such metric or no facts.

    A published figure: of the whole municipality, by sex as everywhere.
    """
    known = {metric.key for metric in metrics.catalogue()}
    if not shown.kpi.metric or shown.kpi.metric not in known:
        return None
    facts = stats.current_facts()
    if not facts.months:
        return None
    scope, sex = Scope(unit=org.municipality().pk), cast(Sex, SEXES[shown.asked.sex])
    metric = shown.kpi.metric
    year = stats.figure(scope, metric, sex, Month.of(shown.asked.year, DECEMBER), facts)
    newest = stats.figure(scope, metric, sex, Month(max(facts.months)), facts)
    gap = metrics.difference(year.value, shown.our_value)
    return Ours(year, newest, gap, _reasons(shown.kpi.differs))


def _reasons(differs: str) -> tuple[str, ...]:
    """What to know before the two are compared, the general first."""
    own = {
        "population": _(
            "Kolada räknar dem som har ordinarie arbetstid. Timavlönade räknas bara om deras "
            "timmar finns med både som sjuka och som arbetade; hos oss räknas alla som "
            "lönesystemet ger ordinarie timmar."
        ),
        "long_share": _(
            "Andelen är av sjukfrånvaron, inte av arbetstiden. En sjukperiod som började före "
            "underlaget räknas först när den har varat i 60 dagar i underlaget."
        ),
        "turnover": _(
            "Kolada delar avgångna tillsvidareanställda med antalet tillsvidareanställda vid ett "
            "tillfälle; vi delar med medeltalet över årets månader. Pensioner räknas hos oss."
        ),
    }
    return tuple(
        filter(
            None,
            (
                _(
                    "Kolada visar kalenderår. Rullande tolv månader (R12) till och med december är "
                    "samma period; R12 till och med en annan månad är en annan."
                ),
                own.get(differs, ""),
                _(
                    "Den publicerade siffran är som kommunen lämnade den då. Vår är räknad på "
                    "underlaget som det är nu, med rättelser som kommit efteråt."
                ),
            ),
        )
    )
