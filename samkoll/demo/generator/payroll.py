"""Payroll files as a payroll system writes them: Windows-1252, semicolon, decimal comma, CRLF."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from samkoll.core.months import Month
from samkoll.demo.generator.population import Population
from samkoll.demo.generator.rounding import Ints
from samkoll.demo.generator.rows import Rows

PROFILE = "lon-manad-utokad"
"""The mapping profile that reads these files."""
HEADER = (
    "Månad", "Personnummer", "Anställningsnummer", "Enhetskod", "Kön", "Anställningsform",
    "Huvudanställning", "Personalgrupp", "Sysselsättningsgrad", "Ordinarie timmar",
    "Sjuk dag 1-14", "Sjuk dag 15-", "Mertid", "Övertid", "Slutdatum", "Avgångsorsak",
    "Skyddad identitet", "Sjuk i perioder från 60 dagar", "Sjukdagar", "Nya sjuktillfällen",
    "Närmaste chef",
)  # fmt: skip
FORMS = ["", "Tillsvidare", "Visstid", "Timavlönad"]
CAUSES = [
    "", "Pension", "Egen begäran", "Arbetsbrist", "Sjukersättning", "Avliden", "Visstid slut",
    "Annan",
]  # fmt: skip


def start(path: Path) -> None:
    """Begin a file with its header row."""
    path.write_bytes((";".join(HEADER) + "\r\n").encode("cp1252"))


def append(path: Path, rows: Rows, population: Population, protected: frozenset[int]) -> None:
    """Add rows, sorted by month, unit and identity number; ``protected`` are persons."""
    number = population.columns["number"][rows.person]
    rows = rows.take(np.lexsort((rows.employment, number, rows.unit, rows.month)))
    text = _frame(rows, population, protected).write_csv(
        separator=";", include_header=False, line_terminator="\r\n", quote_style="never"
    )
    with path.open("ab") as file:
        file.write(text.encode("cp1252"))


def _frame(rows: Rows, population: Population, protected: frozenset[int]) -> pl.DataFrame:
    codes = [leaf.code for leaf in population.plan.organisation.leaves]
    number = population.columns["number"][rows.person]
    months = np.unique(rows.month)
    columns = [
        _words([str(Month(int(month))) for month in months], np.searchsorted(months, rows.month)),
        _identity(number),
        pl.Series(rows.employment),
        _words(codes, rows.unit),
        _words(["Kvinna", "Man"], rows.sex),
        _words(FORMS, rows.form),
        _words(["Nej", "Ja"], rows.main.astype(np.int64)),
        _words(population.places.titles_of, rows.title),
        *(
            _decimal(values)
            for values in (
                rows.extent, rows.ordinary, rows.sick_short, rows.sick_long, rows.additional,
                rows.overtime,
            )
        ),
        _end_date(rows),
        _words(CAUSES, rows.departure),
        _words(["Nej", "Ja"], np.isin(rows.person, list(protected)).astype(np.int64)),
        _decimal(rows.sick_60),
        pl.Series(rows.sick_days),
        pl.Series(rows.occasions),
        _manager(rows.manager, population),
    ]  # fmt: skip
    return pl.DataFrame(dict(zip(HEADER, columns, strict=True)))


def _words(words: list[str], places: Ints) -> pl.Series:
    return pl.Series(words).gather(places)


def _identity(number: Ints) -> pl.Series:
    day = pl.Series("day", number // 10_000).cast(pl.String)
    rest = pl.Series("rest", number % 10_000).cast(pl.String).str.zfill(4)
    return day + "-" + rest


def _manager(who: Ints, population: Population) -> pl.Series:
    """The manager's identity number, empty where nobody leads."""
    numbers = _identity(population.columns["number"][np.maximum(who, 0)])
    return pl.select(pl.when(pl.Series(who >= 0)).then(numbers).otherwise(pl.lit(""))).to_series()


def _decimal(hundredths: Ints) -> pl.Series:
    whole = pl.Series("whole", hundredths // 100).cast(pl.String)
    cents = pl.Series("cents", hundredths % 100).cast(pl.String).str.zfill(2)
    return whole + "," + cents


def _end_date(rows: Rows) -> pl.Series:
    """Last day of the employment, empty for those who stay."""
    result = np.full(len(rows), "", dtype="U10")
    for row in np.flatnonzero(rows.end_day):
        result[row] = f"{Month(int(rows.month[row]))}-{rows.end_day[row]:02d}"
    return pl.Series(result.tolist(), dtype=pl.String)
