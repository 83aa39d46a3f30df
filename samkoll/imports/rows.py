"""Rows of ready person-months checked and turned into facts: texts in, integers out.

The rules are in ``docs/rules/import-payroll.md``. What needs more than one row (the same row twice,
one main employment a month) is decided in ``months``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

import polars as pl

from samkoll.imports import dates, months, numbers
from samkoll.imports.checks import PERSON, Check, Rule
from samkoll.imports.lookups import Lookup, Values
from samkoll.imports.months import FACTS, HOURS
from samkoll.imports.profiles import OPTIONAL
from samkoll.imports.staging import Settled, Stage


class RowCheck(Check):
    """Checks chunks of person-months."""

    key: Final = "month"

    def settled(self, stage: Stage) -> Iterator[Settled]:
        return months.settled(stage, self.tally, self.faults, self.profile)

    def _make_lookups(self) -> dict[str, Lookup]:
        profile = self.profile
        signed = profile.corrections == "add"
        hours = self._one(
            "hours_of_any", self._hours(numbers.month_hours if signed else numbers.hours)
        )
        end = partial(dates.month_of_date, written=profile.date_format, today=self.today)
        optional = {
            "sick_60": hours,
            "sick_days": self._one("sick_days", numbers.count, pl.Int16),
            "occasions": self._one("occasions", numbers.count, pl.Int16),
            "manager": self._one("manager", lambda text: self._manager(text) or 0, pl.UInt64),
        }
        return {
            "month": self._one("month", self._month),
            "person": Lookup(PERSON, self._person),
            "unit": Lookup(self._unit_columns(), self._unit),
            "sex": self._one("sex", self._word("sex"), pl.UInt8),
            "form": self._one("form", self._word("form"), pl.UInt8),
            "main": self._one("main", self._yes_no, pl.Boolean),
            "extent": self._one("extent", self._extent(), pl.Int16),
            "staff_group": self._one("staff_group", self._group, pl.String),
            **dict.fromkeys(HOURS, hours),
            "end_date": self._one("end_date", end),
            "departure": self._one("departure", self._word("departure", blank=0), pl.UInt8),
            **{name: optional[name] for name in OPTIONAL if name in profile.columns},
        }

    def _unit_columns(self) -> dict[str, type[pl.DataType]]:
        names = [f"{n}{k}" for k in range(self.units.depth) for n in ("pk", "first", "last")]
        return {"code": pl.String, **dict.fromkeys(names, pl.Int32)}

    def _unit(self, text: str) -> Values:
        periods = self.units.periods(text)
        flat = [value for p in periods for value in (p.pk, p.first, p.last)]
        return (self._unit_code(text), *flat, *[None] * (3 * self.units.depth - len(flat)))

    def _facts(self, wide: pl.DataFrame) -> pl.DataFrame:
        wide = self._obeying(wide.with_columns(unit=self._unit_of_month()), self._rules())
        ended_here = (pl.col("end_date") == pl.col("month")) & (pl.col("departure") > 0)
        unknown = [pl.lit(0, FACTS[n]).alias(n) for n in OPTIONAL if n not in self.profile.columns]
        return wide.with_columns(
            *unknown,
            departure=pl.when(ended_here).then("departure").otherwise(0).cast(pl.UInt8),
        ).select("row", *FACTS, "verified")

    def _unit_of_month(self) -> pl.Expr:
        """The unit whose validity covers the row's month, among those that had the code."""
        return pl.coalesce(
            pl.when(pl.col("month").is_between(f"first{k}", f"last{k}")).then(f"pk{k}")
            for k in range(self.units.depth)
        )

    def _rules(self) -> list[Rule]:
        head, end, cause = self.profile.head, pl.col("end_date"), pl.col("departure")
        sick = pl.col("sick_short") + pl.col("sick_long")
        of_sums = [
            ("sick_short", "sick", sick > pl.col("ordinary"),
             pl.lit(f"sjuktimmarna är tillsammans fler än ”{head('ordinary')}”.")),
        ]  # fmt: skip
        if "sick_60" in self.profile.columns:
            of_sums.append(
                ("sick_60", "sick", pl.col("sick_60") > sick,
                 pl.lit("timmarna i långa sjukperioder är fler än sjuktimmarna tillsammans."))
            )  # fmt: skip
        return [
            ("unit", "unit_month", pl.col("unit").is_null(),
             pl.format("enheten {} gällde inte den månaden.", "code")),
            *(of_sums if self.profile.corrections == "refuse" else []),
            ("departure", "departure", (end == pl.col("month")) & (cause == 0),
             pl.lit(f"orsaken saknas trots att ”{head('end_date')}” ligger i månaden.")),
            ("end_date", "departure", (end == 0) & (cause > 0),
             pl.lit(f"datumet saknas trots att ”{head('departure')}” är ifylld.")),
            ("end_date", "ended", (end > 0) & (end < pl.col("month")),
             pl.lit("anställningen tog slut före radens månad.")),
        ]  # fmt: skip
