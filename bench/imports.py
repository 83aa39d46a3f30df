"""Import of a payroll file: Windows-1252, semicolon, decimal comma, all validation.

Ours reads, checks, pseudonymises, settles and writes the final Parquet snapshot, everything but
the database transaction. The alternatives only read the file into a frame with Polars: with types
guessed from its first 100 rows (as fast as with types given), and from all rows, which is what a
file of unknown content needs. Our peak memory may not grow with the file.
"""

from __future__ import annotations

import tempfile
import time
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np

from bench.harness import median_of
from samkoll.core.months import Month

CASE = "import"
SIZES = {
    "7000 x 10 y": {"employees": 7_000, "months": 120},
    "70000 x 10 y": {"employees": 70_000, "months": 120},
}
DEFAULT = ("7000 x 10 y",)
GOALS = dict.fromkeys(SIZES, "3 x, 400 MB")
FOLDER = Path(tempfile.gettempdir()) / "samkoll-bench"
UNITS = 600
HEADS = (
    "Månad;Personnummer;Anställningsnummer;Enhetskod;Kön;Anställningsform;Huvudanställning;"
    "Personalgrupp;Sysselsättningsgrad;Ordinarie timmar;Sjuk dag 1-14;Sjuk dag 15-;Mertid;"
    "Övertid;Slutdatum;Avgångsorsak;Skyddad identitet\r\n"
)


def _path(employees: int, months: int) -> Path:
    return FOLDER / f"payroll-{employees}-{months}.csv"


def prepare(employees: int, months: int) -> None:
    """Write the payroll file once, month by month."""
    import polars as pl

    path = _path(employees, months)
    if path.exists():
        return
    FOLDER.mkdir(exist_ok=True)
    rng = np.random.default_rng(1)
    fixed = _people(employees, rng)
    half = path.with_suffix(".part")
    with half.open("wb") as file:
        file.write(HEADS.encode("cp1252"))
        for index in range(months):
            month = np.full(employees, str(Month(2014 * 12 + index)))
            columns = [month, *fixed, *_hours(employees, rng), *_ends(employees)]
            frame = pl.DataFrame({str(n): column for n, column in enumerate(columns)})
            text = frame.write_csv(
                separator=";", include_header=False, line_terminator="\r\n", quote_style="never"
            )
            file.write(text.encode("cp1252"))
    half.rename(path)


def ours(employees: int, months: int) -> tuple[float, list[int]]:
    """The whole import up to the finished snapshot."""
    from samkoll.imports import profiles
    from samkoll.imports.examining import examine
    from samkoll.imports.pseudonyms import Pseudonyms
    from samkoll.imports.reading import Source
    from samkoll.imports.rows import RowCheck
    from samkoll.imports.units import UnitPeriod, Units
    from samkoll.stats.facts import SnapshotWriter

    profile, source = profiles.load(), Source.from_path(_path(employees, months))
    units = Units(UnitPeriod(n + 1, f"E{n:04d}", f"Enhet {n}", 0) for n in range(UNITS))
    metadata = {"source": "payroll", "convention": "day_split", "batch": "bench"}
    sums: list[int] = []

    def run() -> None:
        check = RowCheck(profile, units, Pseudonyms(b"b" * 32), today=date(2026, 11, 22))
        with (
            tempfile.TemporaryDirectory(dir=FOLDER) as folder,
            SnapshotWriter(Path(folder), metadata) as writer,
        ):
            found = examine(source, check, folder=Path(folder), sink=writer.write)
            staged = writer.finish()
            sums[:] = [staged.rows, sum(month.sums["ordinary"] for month in found.totals)]

    return _timed(run, employees), sums


def polars_reads(
    employees: int, months: int, *, looked_at: int | None = 100
) -> tuple[float, list[int]]:
    """Only reading the file, hours as floats; types by the rows ``looked_at`` (None: all)."""
    import polars as pl

    sums: list[int] = []

    def run() -> None:
        frame = pl.read_csv(
            _path(employees, months),
            separator=";",
            encoding="cp1252",
            decimal_comma=True,
            infer_schema_length=looked_at,
        )
        sums[:] = [frame.height, round(frame["Ordinarie timmar"].sum() * 100)]

    return _timed(run, employees), sums


def _timed(run: object, employees: int) -> float:
    assert callable(run)
    if employees < 10_000:
        return median_of(run, 3)
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def _people(employees: int, rng: np.random.Generator) -> list[np.ndarray]:
    number = np.arange(employees)
    year = 1958 + number % 45
    month, day = 1 + number // 45 % 12, 1 + number // 540 % 28
    birth = 980 + number // 15_120 % 20
    digits = np.stack(
        [year // 10 % 10, year % 10, month // 10, month % 10, day // 10, day % 10,
         birth // 100, birth // 10 % 10, birth % 10]
    )  # fmt: skip
    doubled = digits * np.array([2, 1] * 4 + [2])[:, None]
    check = -(doubled // 10 + doubled % 10).sum(0) % 10
    persons = [
        f"{y}{m:02d}{d:02d}-{b}{c}"
        for y, m, d, b, c in zip(year, month, day, birth, check, strict=True)
    ]
    groups = np.array(["Handläggare", "Barnskötare", "Lärare", "Undersköterska"])
    forms = np.array(["Tillsvidare", "Visstid", "Timavlönad"])
    return [
        np.array(persons),
        np.full(employees, "1"),
        np.array([f"E{unit:04d}" for unit in rng.integers(0, UNITS, employees)]),
        np.where(birth % 2 == 0, "Kvinna", "Man"),
        rng.choice(forms, employees, p=[0.8, 0.15, 0.05]),
        np.full(employees, "Ja"),
        rng.choice(groups, employees),
        np.full(employees, "100,00"),
    ]


def _hours(employees: int, rng: np.random.Generator) -> list[np.ndarray]:
    ordinary = 16_000 + rng.integers(0, 33, employees) * 25
    short = np.where(rng.random(employees) < 0.2, rng.integers(0, 5_000, employees), 0)
    long = np.where(rng.random(employees) < 0.05, rng.integers(0, 9_000, employees), 0)
    extra = [np.where(rng.random(employees) < 0.1, rng.integers(0, 3_000, employees), 0)] * 2
    return [_comma(hours) for hours in (ordinary, short, long, *extra)]


def _comma(hundredths: np.ndarray) -> np.ndarray:
    whole, part = (hundredths // 100).astype(str), np.char.zfill((hundredths % 100).astype(str), 2)
    return np.char.add(np.char.add(whole, ","), part)


def _ends(employees: int) -> list[np.ndarray]:
    return [np.full(employees, ""), np.full(employees, ""), np.full(employees, "Nej")]


GUESSING = "polars, types from all rows"
CONTESTANTS = {
    "ours": ours,
    "polars.read_csv, no checks": polars_reads,
    GUESSING: partial(polars_reads, looked_at=None),
}
SKIP = {"70000 x 10 y": {GUESSING}}
