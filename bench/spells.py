"""From an HR system's records to person-months: spells merged, day 14, 60 days, hours, days.

Ours reads the record files, derives every month and writes the final snapshot; the goal is for
that whole. The alternatives get clean posts (no overlaps, corrections or hours of their own, one
unit for each employment), walk through every sick day in memory as one would in a notebook, and
stop at the table of person-months. All must give the same sums.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from datetime import date
from pathlib import Path

import numpy as np

from samkoll.core.months import Month
from samkoll.core.working_days import is_working_day
from samkoll.stats.records import RecordWriter

CASE = "spells"
SIZES = {
    "7000 x 10 y": {"employees": 7_000, "years": 10},
    "60000 x 10 y": {"employees": 60_000, "years": 10},
    "1.2 M x 1 y": {"employees": 1_200_000, "years": 1},
}
DEFAULT = ("7000 x 10 y",)
SKIP = {"60000 x 10 y": ("pandas",), "1.2 M x 1 y": ("pandas", "Polars, all days")}
GOALS = {"7000 x 10 y": "2 s", "1.2 M x 1 y": "60 s"}
FOLDER = Path(tempfile.gettempdir()) / "samkoll-bench"
UNITS = 600
LAST = date(2024, 12, 31)


def _paths(employees: int, years: int) -> tuple[Path, Path]:
    start = FOLDER / f"records-{employees}-{years}"
    return start.with_name(f"{start.name}-absence.parquet"), start.with_name(
        f"{start.name}-employment.parquet"
    )


def prepare(employees: int, years: int) -> None:
    """Write the two record files once: about 1.1 posts for each employee and year."""
    import polars as pl

    absence, held = _paths(employees, years)
    if held.exists():
        return
    FOLDER.mkdir(exist_ok=True)
    rng = np.random.default_rng(7)
    person = rng.integers(1, 2**64, employees, np.uint64)
    people = pl.DataFrame({"person": person}).with_columns(
        employment=pl.col("person"),
        unit=pl.format("U{}", pl.Series(rng.integers(1, UNITS + 1, employees))),
        valid_from=date(2010, 1, 1), valid_to=None, form=1,
        extent=pl.Series(rng.choice([1000, 800, 750, 500], employees, p=[0.7, 0.1, 0.1, 0.1])),
        sex=pl.Series(np.where(rng.random(employees) < 0.78, 1, 2)),
        birth_year=pl.Series(rng.integers(1957, 2004, employees)),
        staff_group=pl.lit("Grupp"), main=True, manager=None, full_time_week=None,
        row=pl.int_range(2, pl.len() + 2),
    )  # fmt: skip
    _write("employment", people, held)
    count = round(employees * years * 1.15)
    start = np.datetime64(f"{LAST.year - years + 1}-01-01") + rng.integers(0, years * 365, count)
    long = rng.random(count) < 0.08
    length = np.where(long, rng.integers(15, 220, count), rng.geometric(0.3, count))
    posts = pl.DataFrame({"person": rng.choice(person, count), "first": start})
    posts = posts.with_columns(last=pl.Series(start + length - 1)).sort("person", "first", "last")
    reached = pl.col("last").cum_max().shift().over("person")
    posts = posts.filter((pl.col("first") > reached).fill_null(value=True))
    posts = posts.with_columns(
        employment=pl.col("person"),
        extent=pl.Series(rng.choice([1000, 500, 250], posts.height, p=[0.85, 0.1, 0.05])),
        hours=None, cause=1, started=None, day_number=None, reversal=False,
        row=pl.int_range(2, pl.len() + 2),
    )  # fmt: skip
    _write("absence", posts, absence)


def _write(kind, frame, path):
    with RecordWriter(FOLDER / "staged", kind) as writer:
        writer.write(frame)
        writer.finish().path.rename(path)


def _ours(employees: int, years: int) -> tuple[float, object]:
    """Everything but the database: the finished snapshot, and its sums."""
    from samkoll.stats.facts import SnapshotWriter
    from samkoll.stats.spells import Basis, RecordSource, UnitSpan, derive

    absence, held = _paths(employees, years)
    first = date(LAST.year - years + 1, 1, 1)
    files = (
        RecordSource("absence", absence, 1, first, LAST),
        RecordSource("employment", held, 1, first, LAST),
    )
    units = tuple(UnitSpan(f"U{n}", n, 0, 99_999) for n in range(1, UNITS + 1))
    folder = Path(tempfile.mkdtemp(dir=FOLDER))
    start = time.perf_counter()
    metadata = {"source": "payroll", "convention": "day_split", "batch": "bench"}
    with derive(Basis(files, units), folder) as derived:
        derived.signatures()
        metadata["knows"] = ",".join(sorted(set().union(*derived.knows.values())))
        with SnapshotWriter(folder, metadata) as writer:
            for frame in derived.rows(derived.months):
                writer.write(frame)
            staged = writer.finish()
    taken = time.perf_counter() - start
    shutil.rmtree(folder)
    names = ("ordinary", "sick_short", "sick_long", "sick_60", "sick_days", "occasions")
    return taken, [sum(month.totals[name] for month in staged.months) for name in names]


def _calendar(years: int):
    """Days from a year before to the end: working or not, month, working days of the month."""
    import polars as pl

    days = pl.date_range(date(LAST.year - years, 1, 1), date(LAST.year + 1, 12, 31), eager=True)
    frame = pl.DataFrame({"day": days, "work": [int(is_working_day(day)) for day in days]})
    month = pl.col("day").dt.year() * 12 + pl.col("day").dt.month() - 1
    return frame.with_columns(
        month=month.cast(pl.Int32), upto=pl.col("work").cum_sum()
    ).with_columns(of_month=pl.col("work").sum().over("month"))


def _polars(employees: int, years: int) -> tuple[float, object]:
    """Every sick day as a row, in Polars."""
    import polars as pl

    start = time.perf_counter()
    absence, held = _paths(employees, years)
    cal = _calendar(years)
    begin, end = Month.of(LAST.year - years + 1, 1).index, Month.of(LAST.year, 12).index
    posts = pl.read_parquet(absence, columns=["person", "first", "last", "extent"]).sort(
        "person", "first"
    )
    posts = posts.with_columns(last=pl.min_horizontal("last", pl.lit(LAST)))
    before = cal.select(first=pl.col("day") + pl.duration(days=1), before="upto")
    posts = posts.join(before, on="first", how="left").join(
        cal.select(last="day", upto="upto"), on="last", how="left"
    )
    posts = posts.sort("person", "first").with_columns(
        reached=pl.col("last").shift().over("person"), done=pl.col("upto").shift().over("person")
    )
    bridged = (pl.col("before") <= pl.col("done")).fill_null(value=False)
    near = ((pl.col("first") - pl.col("reached")).dt.total_days() <= 5).fill_null(value=False)
    posts = posts.with_columns(
        free=pl.when(bridged)
        .then((pl.col("first") - pl.col("reached")).dt.total_days() - 1)
        .otherwise(0),
        spell=(~(bridged | near)).cum_sum(),
    )
    posts = posts.with_columns(
        days=(pl.col("last") - pl.col("first")).dt.total_days() + 1,
    ).with_columns(
        number=(pl.col("days") + pl.col("free")).cum_sum().over("spell") - pl.col("days") + 1,
        length=(pl.col("days") + pl.col("free")).sum().over("spell"),
        begun=pl.col("first").min().over("spell"),
    )
    every = posts.with_columns(day=pl.date_ranges("first", "last")).explode("day")
    every = every.with_columns(
        number=pl.col("number") + (pl.col("day") - pl.col("first")).dt.total_days()
    ).join(cal, on="day")
    week = pl.read_parquet(held, columns=["person", "extent"]).rename({"extent": "job"})
    weight = pl.col("work").cast(pl.Int64) * pl.col("extent")
    by_month = (
        every.with_columns(weight=weight)
        .group_by("person", "month")
        .agg(
            whole=pl.col("weight").sum(),
            short=pl.col("weight").filter(pl.col("number") <= 14).sum(),
            sixty=pl.col("weight").filter(pl.col("length") >= 60).sum(),
            of_month=pl.col("of_month").first(),
        )
        .filter(pl.col("month").is_between(begin, end))
        .join(week, on="person")
    )
    ordinary = (2 * pl.col("of_month").cast(pl.Int64) * 4000 * pl.col("job") + 5000) // 10000
    under = pl.col("of_month").cast(pl.Int64) * 1000

    def hours(name):
        return (2 * ordinary * pl.col(name) + under) // (2 * under)

    sums = by_month.select(
        short=hours("short").sum(), whole=hours("whole").sum(), sixty=hours("sixty").sum()
    ).row(0)
    months = cal.filter(pl.col("month").is_between(begin, end)).group_by("month")
    of_month = pl.col("work").sum().cast(pl.Int64)
    by_job = week.group_by("job").len().join(months.agg(of_month=of_month), how="cross")
    total = by_job.select((ordinary * pl.col("len").cast(pl.Int64)).sum()).item()
    sick_days = every.filter(pl.col("month").is_between(begin, end)).height
    bridge = posts.filter(pl.col("free") > 0).with_columns(
        day=pl.date_ranges(
            pl.col("reached") + pl.duration(days=1), pl.col("first") - pl.duration(days=1)
        )
    )
    sick_days += bridge.explode("day").height
    occasions = posts["spell"].n_unique()
    taken = time.perf_counter() - start
    return taken, [total, sums[0], sums[1] - sums[0], sums[2], sick_days, occasions]


def _pandas(employees: int, years: int) -> tuple[float, object]:
    """Every sick day as a row, in pandas."""
    import pandas as pd

    start = time.perf_counter()
    absence, held = _paths(employees, years)
    cal = _calendar(years).to_pandas()
    cal["day"] = cal["day"].astype("datetime64[ns]")
    begin, end = Month.of(LAST.year - years + 1, 1).index, Month.of(LAST.year, 12).index
    posts = pd.read_parquet(absence, columns=["person", "first", "last", "extent"])
    posts["first"] = pd.to_datetime(posts["first"])
    posts["last"] = pd.to_datetime(posts["last"]).clip(upper=pd.Timestamp(LAST))
    posts = posts.sort_values(["person", "first"]).reset_index(drop=True)
    upto = cal.set_index("day")["upto"]
    one = pd.Timedelta(days=1)
    posts["before"] = upto.reindex(posts["first"] - one).to_numpy()
    posts["upto"] = upto.reindex(posts["last"]).to_numpy()
    by_person = posts.groupby("person")
    posts["reached"], posts["done"] = by_person["last"].shift(), by_person["upto"].shift()
    gap = (posts["first"] - posts["reached"]).dt.days
    bridged = posts["before"] <= posts["done"]
    posts["free"] = (gap - 1).where(bridged, 0).astype(int)
    posts["spell"] = (~(bridged | (gap <= 5))).cumsum()
    posts["days"] = (posts["last"] - posts["first"]).dt.days + 1
    posts["sick"] = posts["days"] + posts["free"]
    spells = posts.groupby("spell")["sick"]
    posts["number"] = spells.cumsum() - posts["days"] + 1
    posts["length"] = spells.transform("sum")
    every = posts.loc[posts.index.repeat(posts["days"])].copy()
    every["nth"] = every.groupby(level=0).cumcount()
    every["number"] += every["nth"]
    every["day"] = every["first"] + pd.to_timedelta(every["nth"], unit="D")
    every = every.merge(cal.drop(columns="upto"), on="day")
    every["weight"] = every["work"].astype("int64") * every["extent"]
    every["short"] = every["weight"].where(every["number"] <= 14, 0)
    every["sixty"] = every["weight"].where(every["length"] >= 60, 0)
    every = every[every["month"].between(begin, end)]
    by_month = every.groupby(["person", "month"]).agg(
        whole=("weight", "sum"), short=("short", "sum"), sixty=("sixty", "sum"),
        of_month=("of_month", "first"),
    ).reset_index()  # fmt: skip
    week = pd.read_parquet(held, columns=["person", "extent"]).rename(columns={"extent": "job"})
    by_month = by_month.merge(week, on="person")
    of_month = by_month["of_month"].astype("int64")
    ordinary = (2 * of_month * 4000 * by_month["job"].astype("int64") + 5000) // 10000
    under = of_month * 1000
    short, whole, sixty = (
        int(((2 * ordinary * by_month[name] + under) // (2 * under)).sum())
        for name in ("short", "whole", "sixty")
    )
    in_month = cal[cal["month"].between(begin, end)].groupby("month")["work"].sum()
    jobs = week["job"].astype("int64").value_counts()
    total = sum(
        int(((2 * in_month * 4000 * job + 5000) // 10000).sum()) * int(count)
        for job, count in jobs.items()
    )
    sick_days = len(every) + int(posts["free"].sum())
    taken = time.perf_counter() - start
    return taken, [total, short, whole - short, sixty, sick_days, int(posts["spell"].nunique())]


CONTESTANTS = {"ours": _ours, "Polars, all days": _polars, "pandas": _pandas}
