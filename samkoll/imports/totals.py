"""Control totals: what lets a person see that a file came in whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, Final

WHOLE_FILE: Final = 0
"""The month of totals that no month divides (employments)."""


@dataclass(frozen=True, slots=True)
class Totals:
    """Control totals (kontrollsummor) of one month. Hours in ``sums`` are hundredths. The persons
    of ready months are those of statistics: main employments with ordinary time."""

    month: int
    rows: int
    persons: int
    sums: dict[str, int] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Plain data, as stored with the batch."""
        return asdict(self)

    @property
    def sick(self) -> int:
        """All sick hours."""
        return self.sums.get("sick_short", 0) + self.sums.get("sick_long", 0)


def merged(parts: Iterable[Totals]) -> tuple[Totals, ...]:
    """One for each month, oldest first: the sums of the parts, which share no person."""
    rows: Counter[int] = Counter()
    persons: Counter[int] = Counter()
    sums: dict[int, Counter[str]] = {}
    for each in parts:
        rows[each.month] += each.rows
        persons[each.month] += each.persons
        sums.setdefault(each.month, Counter()).update(each.sums)
    return tuple(Totals(m, rows[m], persons[m], dict(sums[m])) for m in sorted(sums))
