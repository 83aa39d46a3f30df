"""Rows of an HR system's records checked: absences, employments, time and departures.

What comes out are the columns of ``samkoll.stats.records.schema``. Nothing is merged, cut or
summed here. The rules are in ``docs/rules/import-records.md``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from samkoll.imports import merging, numbers
from samkoll.imports.checks import PERSON, Check, Rule
from samkoll.imports.faults import Rejected
from samkoll.imports.lookups import Lookup
from samkoll.imports.staging import Settled, Stage
from samkoll.stats.records.schema import frame_schema

PARTS: Final = 32
"""So many files hold the rows meanwhile; each holds every row of its persons."""
MOST_WEEK: Final = 16_800
_OPEN_HOURS: Final = "open_hours"


class RecordCheck(Check):
    """Checks chunks of one kind of record."""

    key: Final = "part"

    def settled(self, stage: Stage) -> Iterator[Settled]:
        return merging.settled(stage, self.tally, self.faults, self.profile)

    def _make_lookups(self) -> dict[str, Lookup]:
        known = {"person": Lookup(PERSON, self._person), **self._ways()}
        return {name: known[name] for name in self.profile.columns if name in known}

    def _ways(self) -> dict[str, Lookup]:
        """How each column of the kind is read."""
        return {
            "absence": self._of_absence,
            "employment": self._of_employment,
            "time": self._of_time,
            "departure": self._of_departure,
        }[self.profile.kind]()

    def _of_absence(self) -> dict[str, Lookup]:
        return {
            "first": self._one("first", self._needed_day, pl.Date),
            "last": self._maybe("last", self._day, pl.Date),
            "extent": self._one("extent", self._mille, pl.Int16),
            "hours": self._maybe("hours", self._hours_or_none),
            "cause": self._one("cause", self._word("cause"), pl.UInt8),
            "started": self._maybe("started", self._day, pl.Date),
            "day_number": self._maybe("day_number", _number_or_none),
            "reversal": self._one("reversal", lambda text: self._yes_no(text, 0), pl.Boolean),
        }

    def _of_employment(self) -> dict[str, Lookup]:
        return {
            "unit": self._one("unit", self._unit_code, pl.String),
            "valid_from": self._one("valid_from", self._needed_day, pl.Date),
            "valid_to": self._maybe("valid_to", self._day, pl.Date),
            "form": self._one("form", self._word("form"), pl.UInt8),
            "extent": self._one("extent", self._own_extent, pl.Int16),
            "sex": self._one("sex", self._word("sex"), pl.UInt8),
            "birth_year": self._one("birth_year_said", self._birth_year, pl.Int16),
            "staff_group": self._one("staff_group", self._group, pl.String),
            "main": self._one("main", lambda text: self._yes_no(text, 1), pl.Boolean),
            "manager": self._maybe("manager", self._manager, pl.UInt64),
            "full_time_week": self._maybe("full_time_week", self._week),
        }

    def _of_time(self) -> dict[str, Lookup]:
        hours = self._hours(numbers.month_hours)
        return {
            "month": self._one("month", self._month),
            "unit": self._one("unit", lambda t: self._unit_code(t) if t.strip() else "", pl.String),
            "ordinary": self._maybe("ordinary", lambda t: hours(t) if t.strip() else None),
            "additional": self._one("additional", hours),
            "overtime": self._one("overtime", hours),
        }

    def _of_departure(self) -> dict[str, Lookup]:
        return {
            "last": self._one("last", self._needed_day, pl.Date),
            "cause": self._one("cause", self._word("departure"), pl.UInt8),
        }

    # -- single values -----------------------------------------------------------------------

    def _mille(self, text: str) -> int:
        """Per mille of the working time; a blank cell is all of it, a correction is below 0."""
        if not text.strip():
            return numbers.FULL_TIME_MILLE
        value = self._extent(numbers.signed_extent)(text)
        return numbers.per_mille(value) if value >= 0 else -numbers.per_mille(-value)

    def _own_extent(self, text: str) -> int:
        return numbers.per_mille(self._extent()(text))

    def _hours_or_none(self, text: str) -> int | None:
        return self._hours(numbers.signed_hours)(text) if text.strip() else None

    def _week(self, text: str) -> int | None:
        if not text.strip():
            return None
        value = self._hours(numbers.signed_hours)(text)
        if not 0 < value <= MOST_WEEK:
            raise Rejected("impossible", "veckan har mellan 0 och 168 timmar.")
        return value

    def _birth_year(self, text: str) -> int:
        """0 for a blank cell: the identity number tells."""
        year = numbers.whole(text)
        if year and not 1900 <= year <= self.today.year:
            raise Rejected("number", "värdet är inte ett födelseår. Skriv det med fyra siffror.")
        return year

    # -- rows --------------------------------------------------------------------------------

    def _facts(self, wide: pl.DataFrame) -> pl.DataFrame:
        schema = frame_schema(self.profile.kind)  # type: ignore[arg-type]
        told = set(wide.columns)
        wide = wide.with_columns(
            _mute(name, kind) for name, kind in schema.items() if name not in told
        )
        wide = self._obeying(self._derived(wide, told), self._rules())
        return wide.select(*(pl.col(n).cast(k) for n, k in schema.items()), part_of(), "verified")

    def _derived(self, wide: pl.DataFrame, told: set[str]) -> pl.DataFrame:
        """What several columns tell together."""
        if self.profile.kind == "employment" and "birth_year_said" in told:
            said = pl.col("birth_year_said")
            return wide.with_columns(
                birth_year=pl.when(said > 0).then(said).otherwise("birth_year")
            )
        if self.profile.kind != "absence":
            return wide
        hours, extent = pl.col("hours"), pl.col("extent")
        loose = hours.is_not_null() & (pl.col("last").is_null() | (pl.col("employment") == 0))
        self.tally.notes[_OPEN_HOURS] += int(wide.select(loose.sum()).item())
        return wide.with_columns(
            reversal=pl.col("reversal") | (hours < 0).fill_null(value=False) | (extent < 0),
            hours=pl.when(~loose).then(hours.abs()),
            extent=extent.abs(),
        )

    def _rules(self) -> list[Rule]:
        first, last = pl.col("first"), pl.col("last")
        return {
            "absence": [
                ("last", "order", last < first, pl.lit("slutet ligger före början.")),
                ("started", "order", pl.col("started") > first,
                 pl.lit("sjukperioden kan inte börja efter posten.")),
                ("hours", "impossible",
                 pl.col("hours") > 2_400 * ((last - first).dt.total_days() + 1),
                 pl.lit("fler timmar än dagarna har.")),
            ],
            "employment": [
                ("valid_to", "order", pl.col("valid_to") < pl.col("valid_from"),
                 pl.lit("slutet ligger före början.")),
            ],
        }.get(self.profile.kind, [])  # fmt: skip


def part_of() -> pl.Expr:
    """The part that a person's rows are put aside in: a range of pseudonyms, as they are kept."""
    return (pl.col("person") // (2**64 // PARTS)).cast(pl.Int32).alias("part")


def _number_or_none(text: str) -> int | None:
    return numbers.whole(text) or None


_MUTE: Final[dict[str, Any]] = {
    "extent": numbers.FULL_TIME_MILLE, "reversal": False, "main": True, "staff_group": "",
    "unit": "",
}  # fmt: skip
"""What a file says that has no such column; of others nothing is known."""


def _mute(name: str, kind: pl.DataType) -> pl.Expr:
    return pl.lit(_MUTE.get(name), kind).alias(name)
