"""The four files of an HR system, made from payroll files: what ``--records`` writes.

The same people, with the same employments, hours and departures; their absence as posts that are
not merged, so that spells, day numbers and hours have to be worked out. Figures come near those of
the payroll files and are not the same: a payroll file holds hours, not days.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from samkoll.core.months import Month
from samkoll.demo.generator.calendar import working_days

PROFILES = {
    "anstallningar": "anstallningar.csv",
    "franvaro": "franvaro.csv",
    "arbetad-tid": "arbetad-tid.csv",
    "avgangar": "avgangar.csv",
}
"""Mapping profile and name of each file, in the order in which to read them in."""

_KEY = ("Personnummer", "Anställningsnummer")
_HELD = (
    "Enhetskod", "Kön", "Anställningsform", "Huvudanställning", "Personalgrupp",
    "Sysselsättningsgrad", "Närmaste chef", "Skyddad identitet",
)  # fmt: skip
_PARTS = np.array([25, 50, 75, 100])


def write(folder: Path, payroll: Iterable[Path], seed: int = 1) -> tuple[Path, ...]:
    """Write the four files into ``folder``; same payroll files and seed, same bytes."""
    rows = pl.concat(map(_read, payroll))
    frames = (_employments(rows), _absences(rows, seed), _time(rows), _departures(rows))
    paths = []
    for name, frame in zip(PROFILES.values(), frames, strict=True):
        text = frame.write_csv(separator=";", line_terminator="\r\n", quote_style="never")
        path = folder / name
        path.write_bytes(text.encode("cp1252"))
        paths.append(path)
    return tuple(paths)


def _read(path: Path) -> pl.DataFrame:
    """A payroll file as text, with its months counted and its hours as hundredths."""
    frame = pl.read_csv(path, separator=";", encoding="cp1252", infer_schema=False)
    month = pl.col("Månad").str.split("-").cast(pl.List(pl.Int32))
    hours = {
        name: pl.col(source).str.replace(",", "", literal=True).cast(pl.Int64)
        for name, source in (
            ("ordinary", "Ordinarie timmar"), ("short", "Sjuk dag 1-14"), ("long", "Sjuk dag 15-"),
        )
    }  # fmt: skip
    index = month.list.get(0) * 12 + month.list.get(1) - 1
    return frame.with_columns(index=index, **hours).fill_null("")


def _employments(rows: pl.DataFrame) -> pl.DataFrame:
    """A row for each stretch of months in which nothing changed; open when it is not over."""
    chosen = rows.sort(*_KEY, "index", "ordinary", descending=[False, False, False, True])
    chosen = chosen.unique([*_KEY, "index"], keep="first", maintain_order=True)
    same = pl.all_horizontal(
        *(pl.col(name).eq_missing(pl.col(name).shift()) for name in (*_KEY, *_HELD)),
        pl.col("index") == pl.col("index").shift() + 1,
    )
    runs = chosen.with_columns(run=(~same.fill_null(value=False)).cum_sum())
    runs = runs.group_by("run", maintain_order=True).agg(
        *(pl.col(name).first() for name in (*_KEY, *_HELD)),
        first=pl.col("index").first(),
        last=pl.col("index").last(),
        end=pl.col("Slutdatum").last(),
    )
    over, newest = pl.col("last") < int(rows.select(pl.max("index")).item()), pl.lit("")
    until = pl.when(pl.col("end") != "").then("end").when(over).then(_day("last", last=True))
    return runs.select(
        *_KEY,
        *_HELD,
        _day("first").alias("Från och med"),
        until.otherwise(newest).alias("Till och med"),
    )


def _day(month: str, *, last: bool = False) -> pl.Expr:
    """The first or the last day of a month (an index), as text."""
    first = pl.date(pl.col(month) // 12, pl.col(month) % 12 + 1, 1)
    return (first.dt.month_end() if last else first).dt.to_string("%Y-%m-%d")


def _time(rows: pl.DataFrame) -> pl.DataFrame:
    names = ("Månad", *_KEY, "Enhetskod", "Ordinarie timmar", "Mertid", "Övertid")
    return rows.select(*names, "Skyddad identitet")


def _departures(rows: pl.DataFrame) -> pl.DataFrame:
    left = rows.filter((pl.col("Avgångsorsak") != "") & (pl.col("Slutdatum") != ""))
    return left.unique([*_KEY, "Slutdatum"], maintain_order=True).select(
        *_KEY, pl.col("Slutdatum").alias("Sista dag"), "Avgångsorsak", "Skyddad identitet"
    )


def _absences(rows: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Long absence as a post a month, short as posts of some working days in it."""
    rng = np.random.default_rng(seed)
    names = (*_KEY, "Skyddad identitet", "index", "ordinary", "short", "long", "Slutdatum")
    sick = rows.filter((pl.col("short") + pl.col("long") > 0) & (pl.col("ordinary") > 0))
    posts = [
        {**dict(zip((*_KEY, "Skyddad identitet"), who, strict=True)), **post}
        for *who, index, ordinary, short, long, end in sick.select(names).iter_rows()
        for post in _posts(Month(index), end, short / ordinary, long / ordinary, rng)
    ]
    heads = (*_KEY, "Från och med", "Till och med", "Orsak", "Omfattning", "Skyddad identitet")
    return pl.DataFrame(posts, schema=dict.fromkeys(heads, pl.String))


def _posts(
    month: Month, end: str, short: float, long: float, rng: np.random.Generator
) -> list[dict[str, str]]:
    """The month's posts of one employment, by its shares of sick time."""
    days = [day for day in working_days(month) if not end or str(day) <= end]
    if not days:
        return []
    if long:
        part = _PARTS[np.abs(_PARTS - 100 * (long + short)).argmin()]
        return [_post(month.first_day, date.fromisoformat(end) if end else month.last_day, part)]
    count = min(max(1, round(short * len(working_days(month)))), len(days))
    start = int(rng.integers(0, len(days) - count + 1))
    posts = [_post(days[start], days[start + count - 1], 100)]
    if rng.random() < 0.05:  # an employee at home with a sick child the day before
        posts.append({**_post(days[start] - timedelta(days=1), None, 100), "Orsak": "Vård av barn"})
    return posts


def _post(first: date, last: date | None, part: int) -> dict[str, str]:
    return {
        "Från och med": str(first),
        "Till och med": str(last or first),
        "Orsak": "Sjuk",
        "Omfattning": f"{part}",
    }
