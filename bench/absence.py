"""Import of absence posts: Windows-1252, semicolon, decimal comma, all validation.

Ours reads, checks, pseudonymises, settles, sorts and writes the final record file. The alternative
only reads the text into a frame with Polars, with types given and no checks. Our peak memory may
not grow with the file.
"""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import numpy as np

from bench.imports import FOLDER, _people, _timed

CASE = "absence"
SIZES = {
    "420000 posts": {"employees": 7_000, "posts": 420_000},
    "4200000 posts": {"employees": 7_000, "posts": 4_200_000},
}
DEFAULT = ("420000 posts",)
GOALS = dict.fromkeys(SIZES, "400 MB")
HEADS = "Personnummer;Anst;Från;Till;Orsak;Omfattning\r\n"
_AT_ONCE = 420_000


def _path(posts: int) -> Path:
    return FOLDER / f"absence-{posts}.csv"


def prepare(employees: int, posts: int) -> None:
    """Write the file once: posts of a day to three weeks in ten years, a tenth of them in part."""
    import polars as pl

    path = _path(posts)
    if path.exists():
        return
    FOLDER.mkdir(exist_ok=True)
    rng = np.random.default_rng(2)
    persons = _people(employees, rng)[0]
    half = path.with_suffix(".part")
    with half.open("wb") as file:
        file.write(HEADS.encode("cp1252"))
        for _ in range(posts // _AT_ONCE):
            first = np.datetime64("2014-01-01") + rng.integers(0, 3_650, _AT_ONCE)
            last = (first + rng.integers(0, 21, _AT_ONCE)).astype(str)
            frame = pl.DataFrame(
                {
                    "person": persons[rng.integers(0, employees, _AT_ONCE)],
                    "employment": np.full(_AT_ONCE, "1"),
                    "first": first.astype(str),
                    "last": np.where(rng.random(_AT_ONCE) < 0.01, "", last),
                    "cause": rng.choice(["Sjuk", "Semester", "Vård av barn"], _AT_ONCE),
                    "extent": rng.choice(["100,00", "50,00"], _AT_ONCE, p=[0.9, 0.1]),
                }
            )
            text = frame.write_csv(
                separator=";", include_header=False, line_terminator="\r\n", quote_style="never"
            )
            file.write(text.encode("cp1252"))
    half.rename(path)


def ours(employees: int, posts: int) -> tuple[float, list[int]]:
    """The whole import up to the finished record file."""
    from samkoll.imports import profiles
    from samkoll.imports.examining import checking, examine
    from samkoll.imports.pseudonyms import Pseudonyms
    from samkoll.imports.reading import Source
    from samkoll.imports.units import Units
    from samkoll.stats.records import RecordWriter

    profile = profiles.from_dict(
        {
            "name": "bench", "version": 1, "title": "Bench", "kind": "absence",
            "columns": {"person": "Personnummer", "employment": "Anst", "first": "Från",
                        "last": "Till", "cause": "Orsak", "extent": "Omfattning"},
            "values": {"cause": {"Sjuk": 1, "Semester": 2, "Vård av barn": 2}},
        }
    )  # fmt: skip
    source, sums = Source.from_path(_path(posts)), [0, 0]

    def run() -> None:
        check = checking(profile, Units([]), Pseudonyms(b"b" * 32), today=date(2026, 11, 22))
        with (
            tempfile.TemporaryDirectory(dir=FOLDER) as folder,
            RecordWriter(Path(folder), "absence") as writer,
        ):
            found = examine(source, check, folder=Path(folder), sink=writer.write)
            twice = found.notes.get("twice", 0)
            sums[:] = [writer.finish().rows + twice, found.read]

    return _timed(run, posts // 100), sums


def polars_reads(employees: int, posts: int) -> tuple[float, list[int]]:
    """Only reading the file, with types given."""
    import polars as pl

    sums = [0, 0]

    def run() -> None:
        frame = pl.read_csv(
            _path(posts),
            separator=";",
            encoding="cp1252",
            decimal_comma=True,
            schema=dict(
                zip(
                    HEADS.strip().split(";"),
                    [pl.String] * 2 + [pl.Date] * 2 + [pl.String, pl.Float64],
                    strict=True,
                )
            ),
        )
        sums[:] = [frame.height, frame.height]

    return _timed(run, posts // 100), sums


CONTESTANTS = {"ours": ours, "polars.read_csv, no checks": polars_reads}
