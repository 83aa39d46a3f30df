"""Control totals: what lets a person see that a file came in whole."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class MonthTotals:
    """Control totals (kontrollsummor) of one month. Hours in hundredths; persons as in statistics:
    main employments with ordinary time."""

    month: int
    rows: int
    persons: int
    permanent: int
    departures: int
    ordinary: int
    sick_short: int
    sick_long: int
    additional: int
    overtime: int

    def as_dict(self) -> dict[str, int]:
        """Plain data, as stored with the batch."""
        return asdict(self)
