"""What can be explored: every metric alone, and sets of metrics that are read side by side."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from samkoll.web.page import Words


@dataclass(frozen=True, slots=True)
class Set:
    """Metrics that stand as columns beside each other, in this order.

    ``lines``: those of them that the chart shows; they have the same unit.
    """

    key: str
    label: Words
    metrics: tuple[str, ...]
    lines: tuple[str, ...]


SICK = ("sick_leave", "sick_leave_short", "sick_leave_long")
TURNOVER = ("turnover", "departures", "retirements")
HOURS = ("additional_hours", "overtime_hours", "extra_hours")

SETS: dict[str, Set] = {
    each.key: each
    for each in (
        Set("sjukfranvaro", _("Sjukfrånvaro: total, kort och lång"), SICK, SICK),
        Set(
            "personalgrupper",
            _("Anställda och sjukfrånvaro"),
            ("employees", *SICK),
            SICK,
        ),
        Set("omsattning", _("Personalomsättning och avgångar"), TURNOVER, ("turnover",)),
        Set("timmar", _("Mertid, övertid och summan"), HOURS, HOURS),
    )
}
"""By the word in the address."""
