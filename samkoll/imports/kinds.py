"""The kinds of file that an import reads: which logical columns and word lists each has.

``months`` holds ready person-months. The other four are records of the HR system, from which
``samkoll.stats`` derives the months; their columns are those of ``stats.records.schema``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file. ``words`` names the word lists that its columns are read with, ``dates``
    and ``hours`` the columns written as dates and as hours."""

    name: str
    required: tuple[str, ...]
    optional: tuple[str, ...]
    words: tuple[str, ...]
    dates: tuple[str, ...] = ()
    hours: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Every logical column, the required ones first."""
        return self.required + self.optional


MONTHS: Final = Kind(
    "months",
    required=(
        "month", "person", "employment", "unit", "sex", "form", "main", "staff_group", "extent",
        "ordinary", "sick_short", "sick_long", "additional", "overtime", "end_date", "departure",
        "protected",
    ),
    optional=("year", "sick_60", "sick_days", "occasions", "manager"),
    words=("sex", "form", "yes_no", "departure"),
    dates=("end_date",),
    hours=("ordinary", "sick_short", "sick_long", "additional", "overtime", "sick_60"),
)  # fmt: skip

KINDS: Final[Mapping[str, Kind]] = {
    kind.name: kind
    for kind in (
        MONTHS,
        Kind(
            "absence",
            required=("person", "first", "last", "cause"),
            optional=(
                "employment", "extent", "hours", "started", "day_number", "reversal", "protected",
            ),
            words=("cause", "yes_no"),
            dates=("first", "last", "started"),
            hours=("hours",),
        ),
        Kind(
            "employment",
            required=(
                "person", "employment", "unit", "valid_from", "valid_to", "form", "extent", "sex",
                "protected",
            ),
            optional=("staff_group", "main", "manager", "full_time_week", "birth_year"),
            words=("sex", "form", "yes_no"),
            dates=("valid_from", "valid_to"),
            hours=("full_time_week",),
        ),
        Kind(
            "time",
            required=("month", "person", "employment"),
            optional=("year", "unit", "ordinary", "additional", "overtime", "protected"),
            words=("yes_no",),
            hours=("ordinary", "additional", "overtime"),
        ),
        Kind(
            "departure",
            required=("person", "employment", "last", "cause"),
            optional=("protected",),
            words=("departure", "yes_no"),
            dates=("last",),
        ),
    )
}  # fmt: skip

MEANINGS: Final[Mapping[str, Mapping[int, str]]] = {
    "sex": {1: "kvinna", 2: "man"},
    "form": {1: "tillsvidare", 2: "visstid", 3: "timavlönad"},
    "yes_no": {0: "nej", 1: "ja"},
    "departure": {
        1: "pension", 2: "egen begäran", 3: "arbetsbrist", 4: "sjukersättning", 5: "avliden",
        6: "visstid slut", 7: "annan orsak",
    },
    "cause": {1: "egen sjukdom", 2: "annan frånvaro"},
}  # fmt: skip
"""The codes that the words of a profile may mean, each with what it is called."""

COMPLETE: Final = frozenset({"sex", "form", "yes_no"})
"""Word lists in which every code must have a word."""

YES_NO: Final[Mapping[str, int]] = {"Ja": 1, "Nej": 0}
"""What a profile that does not say reads as yes and no."""
