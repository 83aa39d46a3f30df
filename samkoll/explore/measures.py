"""What can be explored: every metric alone, and sets of metrics that are read side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samkoll.stats import metrics
from samkoll.stats import queries as stats
from samkoll.stats.metrics import Metric
from samkoll.web.page import Words


@dataclass(frozen=True, slots=True)
class Set:
    """Metrics that stand as columns beside each other, in this order.

    ``lines``: those of them that the chart shows; they have the same unit. ``statutory``: the lines
    are those of the law instead of a breakdown.
    """

    key: str
    label: Words
    metrics: tuple[str, ...]
    lines: tuple[str, ...]
    statutory: bool = False


WOMEN = "women_share"
"""A column that is no metric: the share of women among the employees of the month."""
SICK = ("sick_leave", "sick_leave_short", "sick_leave_long")
TURNOVER = ("turnover", "departures", "retirements")
HOURS = ("additional_hours", "overtime_hours", "extra_hours")

SETS: dict[str, Set] = {
    each.key: each
    for each in (
        Set("lagen", _("Lagens sju nyckeltal"), SICK[:1], SICK[:1], statutory=True),
        Set("sjukfranvaro", _("Sjukfrånvaro: total, kort och lång"), SICK, SICK),
        Set(
            "personalgrupper",
            _("Anställda, andel kvinnor och sjukfrånvaro"),
            ("employees", WOMEN, *SICK),
            SICK,
        ),
        Set("omsattning", _("Personalomsättning och avgångar"), TURNOVER, ("turnover",)),
        Set("timmar", _("Mertid, övertid och summan"), HOURS, HOURS),
    )
}
"""By the word in the address."""


def title(key: str) -> str:
    """The name of a metric or of the share of women."""
    return _women() if key == WOMEN else stats.title(metrics.lookup(key))


def short_title(key: str) -> str:
    """The name as a column or curve carries it: without what stands in brackets."""
    return title(key).split(" (")[0]


def unit_word(key: str) -> str:
    """``procent``, ``timmar``, ``personer``."""
    return stats.unit_word(metrics.lookup("sick_leave" if key == WOMEN else key))


def metrics_of(keys: Iterable[str]) -> list[Metric]:
    """The metrics among the columns."""
    return [metrics.lookup(key) for key in keys if key != WOMEN]


def _women() -> str:
    return gettext("Andel kvinnor")
