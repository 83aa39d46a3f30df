"""Checked person-months of a whole file settled month by month, oldest first.

Protected persons out, corrections added or the same row twice refused, who has left, one main
employment for each person, control totals.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import polars as pl

from samkoll.core.months import Month
from samkoll.imports.endings import EXTERNAL, PERMANENT, Endings
from samkoll.imports.faults import FaultLog
from samkoll.imports.profiles import Profile
from samkoll.imports.staging import Settled, Stage
from samkoll.imports.totals import Totals

if TYPE_CHECKING:
    from samkoll.imports.checks import Tally

HOURS: Final = ("ordinary", "sick_short", "sick_long", "additional", "overtime")

FACTS: Final[dict[str, type[pl.DataType]]] = {
    "person": pl.UInt64,
    "employment": pl.UInt64,
    "unit": pl.Int32,
    "month": pl.Int32,
    "sex": pl.UInt8,
    "birth_year": pl.Int16,
    "form": pl.UInt8,
    "main": pl.Boolean,
    "staff_group": pl.String,
    "extent": pl.Int16,
    **dict.fromkeys(HOURS, pl.Int32),
    "departure": pl.UInt8,
    "sick_60": pl.Int32,
    "sick_days": pl.Int16,
    "occasions": pl.Int16,
    "manager": pl.UInt64,
}
"""The fact schema: the same columns and types, in this order, as ``samkoll.stats`` publishes."""

_KEY: Final = ("employment", "unit")
_ADDED: Final = (*HOURS, "sick_60", "sick_days", "occasions")
CORRECTED: Final = "corrected"


def settled(stage: Stage, tally: Tally, faults: FaultLog, profile: Profile) -> Iterator[Settled]:
    """Each month that has faultless rows, with its control totals."""
    endings = Endings()
    for index in stage.parts():
        month = Month(index)
        facts = endings.without_late(month, stage.rows(index), faults, profile)
        facts = one_month(facts, tally, faults, profile)
        endings.note(facts)
        if facts.height:
            yield (totals(month, facts),), facts


def totals(month: Month, facts: pl.DataFrame) -> Totals:
    """The month's control totals."""
    main = pl.col("main")
    permanent = main & (pl.col("form") == PERMANENT)
    rows, persons, *sums = facts.select(
        rows=pl.len(),
        persons=(main & (pl.col("ordinary") > 0)).sum(),
        permanent=permanent.sum(),
        departures=(permanent & pl.col("departure").is_in(EXTERNAL)).sum(),
        **{name: pl.col(name).cast(pl.Int64).sum() for name in HOURS},
    ).row(0)
    names = ("permanent", "departures", *HOURS)
    return Totals(month.index, rows, persons, dict(zip(names, sums, strict=True)))


def one_month(
    facts: pl.DataFrame, tally: Tally, faults: FaultLog, profile: Profile
) -> pl.DataFrame:
    """One month's facts in the order of the schema, sorted.

    Rows of protected persons are dropped and counted. A second row of the same key is added to the
    first where the profile knows corrections; else every row of the key is dropped and logged, as
    is every row of a person whose main employment is not exactly one. Where the main employment
    has rows in several units, the row with most ordinary hours (then the lowest row) stays it.
    """
    facts = _without_protected(facts, tally)
    if profile.corrections == "add":
        facts = _corrected(facts, tally, faults, profile)
    facts = _without_twins(facts, faults, profile)
    facts = _one_main(facts, faults, profile)
    return facts.sort("unit", "sex", "person", "employment").select(list(FACTS))


def _without_protected(facts: pl.DataFrame, tally: Tally) -> pl.DataFrame:
    if not tally.protected:
        return facts
    protected = list(tally.protected)
    kept = facts.filter(~pl.col("person").is_in(protected))
    tally.protected_rows += facts.height - kept.height
    theirs = pl.col("manager").is_in(protected)
    return kept.with_columns(manager=pl.when(theirs).then(0).otherwise("manager"))


def _corrected(
    facts: pl.DataFrame, tally: Tally, faults: FaultLog, profile: Profile
) -> pl.DataFrame:
    """Rows of one key added up; what else they say is what the first row of the key says."""
    others = [name for name in facts.columns if name not in (*_KEY, *_ADDED)]
    added = (
        facts.sort("row")
        .group_by(_KEY, maintain_order=True)
        .agg(pl.col(others).first(), pl.col(_ADDED).sum())
    )
    tally.notes[CORRECTED] += facts.height - added.height
    sick = pl.col("sick_short") + pl.col("sick_long")
    wrong = pl.any_horizontal(pl.col(_ADDED) < 0) | (sick > pl.col("ordinary"))
    found = facts.join(added.filter(wrong), on=_KEY, how="semi").sort("row")
    faults.add(profile.head("ordinary"), "correction", ((row, _SUM) for row in found["row"]))
    return added.filter(~wrong).select(pl.col(n).cast(k) for n, k in facts.schema.items())


_SUM: Final = (
    "raderna för samma anställning och månad blir tillsammans orimliga: under noll, eller fler "
    "sjuktimmar än ordinarie timmar."
)


def _without_twins(facts: pl.DataFrame, faults: FaultLog, profile: Profile) -> pl.DataFrame:
    if facts["employment"].n_unique() == facts.height:
        return facts
    twin = facts.select(_KEY).is_duplicated()
    if not twin.any():
        return facts
    rows, first, last = pl.col("row"), pl.min("row").over(_KEY), pl.max("row").over(_KEY)
    found = facts.filter(twin).select(
        rows, other=pl.when(rows == first).then(last).otherwise(first)
    )
    faults.add(
        profile.head("employment"),
        "twice",
        (
            (row, f"samma person, anställning, enhet och månad står även på rad {other}.")
            for row, other in found.sort("row").iter_rows()
        ),
    )
    return facts.filter(~twin)


def _one_main(facts: pl.DataFrame, faults: FaultLog, profile: Profile) -> pl.DataFrame:
    persons = facts["person"].n_unique()
    if facts["main"].sum() == persons == facts.filter("main")["person"].n_unique():
        return facts
    mains = pl.col("employment").filter("main").n_unique().over("person")
    rows = pl.col("main").sum().over("person")
    facts = facts.with_columns(mains=mains, main_rows=rows)
    wrong = facts.filter(pl.col("mains") != 1).sort("row")
    faults.add(
        profile.head("main"),
        "main",
        (
            (row, _MANY if count else _NONE)
            for row, count in wrong.select("row", "mains").iter_rows()
        ),
    )
    facts = facts.filter(pl.col("mains") == 1)
    if facts.filter(pl.col("main_rows") > 1).height:
        best = pl.col("row").sort_by(~pl.col("main"), -pl.col("ordinary"), "row").first()
        facts = facts.with_columns(main=pl.col("row") == best.over("person"))
    return facts.drop("mains", "main_rows")


_MANY: Final = "personen har fler än en huvudanställning den månaden."
_NONE: Final = (
    "personens huvudanställning saknas den månaden, eller står på en rad som har något annat fel."
)
