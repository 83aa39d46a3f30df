"""The words for metrics and changes, and from how much on each is used. All of it is data.

``docs/rules/suggested-text.md`` has the same tables; a test compares.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

Unit = Literal["points", "hours", "count"]
Size = Literal["unchanged", "marginal", "plain"]


@dataclass(frozen=True, slots=True)
class Noun:
    """What a metric is called in running text.

    ``definite``: "den totala sjukfrånvaron"; ``owned``: as after a genitive, "sjukfrånvaro";
    ``neuter``: "oförändrat". ``marginal``: the largest change that is called marginal, in
    percentage points, or in per cent of the year before for hours and counts.
    """

    definite: str
    owned: str
    unit: Unit
    marginal: Decimal
    neuter: bool = False
    plural: bool = False

    @property
    def unchanged(self) -> str:
        return "oförändrade" if self.plural else "oförändrat" if self.neuter else "oförändrad"


_LITTLE = Decimal("0.2")
_SHARE = Decimal(2)
NOUNS: dict[str, Noun] = {
    "sick_leave": Noun("den totala sjukfrånvaron", "sjukfrånvaro", "points", _LITTLE),
    "sick_leave_short": Noun("den korta sjukfrånvaron", "korta sjukfrånvaro", "points", _LITTLE),
    "sick_leave_long": Noun("den långa sjukfrånvaron", "långa sjukfrånvaro", "points", _LITTLE),
    "turnover": Noun(
        "den externa personalomsättningen", "externa personalomsättning", "points", Decimal("0.5")
    ),
    "departures": Noun(
        "antalet externa avgångar", "externa avgångar", "count", _SHARE, neuter=True
    ),
    "additional_hours": Noun("mertiden", "mertid", "hours", _SHARE),
    "overtime_hours": Noun("övertiden", "övertid", "hours", _SHARE),
    "extra_hours": Noun(
        "mertiden och övertiden tillsammans", "mertid och övertid", "hours", _SHARE, plural=True
    ),
}
SMALL_BASE = 100
"""Below so many hours or cases in the year before no share is said, and nothing is marginal."""
SEXES = {"total": "", "women": " bland kvinnor", "men": " bland män"}
TO_TWELVE = (
    "ingen", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv",
)  # fmt: skip


def size(noun: Noun, change: Decimal, before: Decimal) -> Size:
    """How much a change is."""
    if not change:
        return "unchanged"
    if noun.unit == "points":
        return "marginal" if abs(change) <= noun.marginal else "plain"
    if before < SMALL_BASE:
        return "plain"
    return "marginal" if abs(change) * 100 <= noun.marginal * before else "plain"


def share(part: Decimal, whole: Decimal) -> str:
    """A part in whole per cent, half up: ``54``."""
    return str((part * 100 / whole).quantize(Decimal(1), ROUND_HALF_UP))


def genitive(name: str) -> str:
    """``Kommunstyrelsens``, ``Barnens hus``, ``Enhet 3:s``, ``HR:s``."""
    if name.endswith(("s", "x", "z", "S", "X", "Z")):
        return name
    last = name[-1:]
    short = last.isdigit() or (last.isupper() and name[-2:-1].isupper())
    return f"{name}:s" if short else f"{name}s"


def counted(count: int) -> str:
    """A small number in words: ``fem``."""
    return TO_TWELVE[count] if count < len(TO_TWELVE) else str(count)
