"""Checked records of a whole file settled: protected persons out, the same post twice, totals.

One part holds all rows of its persons, so that every rule can be decided within it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import polars as pl

from samkoll.imports.faults import FaultLog
from samkoll.imports.profiles import Profile
from samkoll.imports.staging import Settled, Stage
from samkoll.imports.totals import WHOLE_FILE, Totals

if TYPE_CHECKING:
    from samkoll.imports.checks import Tally

TWICE: Final = "twice"
_TIME_KEY: Final = ("person", "employment", "unit", "month")
_SICK: Final = 1


def settled(stage: Stage, tally: Tally, faults: FaultLog, profile: Profile) -> Iterator[Settled]:
    """Each part's records, and the control totals of their months."""
    for part in stage.parts():
        facts = stage.rows(part).drop("part")
        facts = _without_protected(facts, tally)
        facts = _without_twins(facts, tally, faults, profile)
        if facts.height:
            yield _totals(facts, profile.kind), facts


def _without_protected(facts: pl.DataFrame, tally: Tally) -> pl.DataFrame:
    if not tally.protected:
        return facts
    protected = list(tally.protected)
    kept = facts.filter(~pl.col("person").is_in(protected))
    tally.protected_rows += facts.height - kept.height
    if "manager" in kept.columns:
        theirs = pl.col("manager").is_in(protected)
        kept = kept.with_columns(manager=pl.when(~theirs).then("manager"))
    return kept


def _without_twins(
    facts: pl.DataFrame, tally: Tally, faults: FaultLog, profile: Profile
) -> pl.DataFrame:
    """A post that stands twice is read once. Two posts of time may both be true, or one of them a
    repetition: unless the profile adds corrections, nobody knows, and both are faults."""
    if profile.kind != "time":
        kept = facts.unique(
            [name for name in facts.columns if name != "row"], keep="first", maintain_order=True
        )
        tally.notes[TWICE] += facts.height - kept.height
        return kept
    if profile.corrections == "add":
        return facts
    twin = facts.select(_TIME_KEY).is_duplicated()
    rows, first, last = pl.col("row"), pl.min("row").over(_TIME_KEY), pl.max("row").over(_TIME_KEY)
    found = facts.filter(twin).select(
        rows, other=pl.when(rows == first).then(last).otherwise(first)
    )
    reasons = ((row, _TWICE % other) for row, other in found.sort("row").iter_rows())
    faults.add(profile.head("month"), TWICE, reasons)
    return facts.filter(~twin)


_TWICE: Final = "samma person, anställning, enhet och månad står även på rad %s."


def _totals(facts: pl.DataFrame, kind: str) -> tuple[Totals, ...]:
    month = {
        "absence": _month_of("first"),
        "employment": pl.lit(WHOLE_FILE),
        "time": pl.col("month"),
        "departure": _month_of("last"),
    }[kind]
    names = list(_SUMS[kind])
    found = facts.group_by(month.cast(pl.Int32).alias("of")).agg(
        pl.len().alias("n"), pl.col("person").n_unique().alias("p"), *_SUMS[kind].values()
    )
    return tuple(
        Totals(of, rows, persons, dict(zip(names, sums, strict=True)))
        for of, rows, persons, *sums in found.iter_rows()
    )


def _month_of(day: str) -> pl.Expr:
    return pl.col(day).dt.year() * 12 + pl.col(day).dt.month().cast(pl.Int32) - 1


def _sum(name: str) -> pl.Expr:
    return pl.col(name).cast(pl.Int64).sum().alias(f"sum_{name}")


_DAYS = (pl.col("last") - pl.col("first")).dt.total_days() + 1
_OWN = (pl.col("cause") == _SICK) & ~pl.col("reversal")
_SUMS: Final[dict[str, dict[str, pl.Expr]]] = {
    "absence": {
        "sick_posts": _OWN.sum().cast(pl.Int64).alias("sick_posts"),
        "sick_days": _DAYS.filter(_OWN).sum().alias("sick_days"),
        "open": pl.col("last").is_null().sum().cast(pl.Int64).alias("open"),
        "hours": _sum("hours"),
    },
    "employment": {
        "employments": pl.col("employment").n_unique().cast(pl.Int64).alias("employments"),
        "open": pl.col("valid_to").is_null().sum().cast(pl.Int64).alias("open"),
    },
    "time": {name: _sum(name) for name in ("ordinary", "additional", "overtime")},
    "departure": {
        "external": (pl.col("cause") != 6).sum().cast(pl.Int64).alias("external"),
    },
}
