"""A slow and obviously right reading of generated files. Shares no code with the generator."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import polars as pl

HOURS = {
    "Ordinarie timmar": "ordinary",
    "Sjuk dag 1-14": "short",
    "Sjuk dag 15-": "long",
    "Mertid": "additional",
    "Övertid": "overtime",
}
EXTERNAL = ["Pension", "Egen begäran", "Arbetsbrist", "Sjukersättning", "Avliden", "Annan"]


@dataclass(frozen=True)
class Oracle:
    """All person-months that an import accepts, with the board of each row's unit."""

    rows: pl.DataFrame
    refused: pl.DataFrame
    units: dict[str, dict[str, str]]

    def where(self, year: int, board: str | None = None, sex: str | None = None) -> pl.DataFrame:
        chosen = pl.col("year") == year
        if board:
            chosen &= pl.col("board") == board
        if sex:
            chosen &= pl.col("Kön") == sex
        return self.rows.filter(chosen)

    def hours(
        self, measure: str, year: int, board: str | None = None, sex: str | None = None
    ) -> int:
        """Sum in hundredths of an hour."""
        return int(self.where(year, board, sex)[measure].sum())

    def sick_leave(
        self, year: int, board: str | None = None, sex: str | None = None, *kinds: str
    ) -> Decimal:
        """Per cent with one decimal, half up."""
        sick = sum(self.hours(kind, year, board, sex) for kind in kinds or ("short", "long"))
        return percent(sick, self.hours("ordinary", year, board, sex))

    def rolling(self, board: str | None = None) -> dict[str, Decimal]:
        """Sick leave of twelve months, by the month that the window ends with."""
        rows = self.rows.filter(pl.col("board") == board) if board else self.rows
        shown = {}
        for last in sorted(rows["Månad"].unique())[11:]:
            first = f"{int(last[:4]) - 1}{last[4:]}"  # the same month a year before: not included
            window = rows.filter((pl.col("Månad") > first) & (pl.col("Månad") <= last))
            ordinary, short, long = (int(window[m].sum()) for m in ("ordinary", "short", "long"))
            shown[last] = percent(short + long, ordinary)
        return shown

    def permanent(self, year: int, board: str | None = None, sex: str | None = None) -> int:
        """Person-months of permanent main employments."""
        return len(self.where(year, board, sex).filter(_permanent()))

    def departures(
        self, year: int, board: str | None = None, sex: str | None = None, *causes: str
    ) -> int:
        reasons = list(causes) or EXTERNAL
        gone = _permanent() & pl.col("Avgångsorsak").is_in(reasons)
        return len(self.where(year, board, sex).filter(gone))

    def turnover(self, year: int, board: str | None = None, sex: str | None = None) -> Decimal:
        return percent(12 * self.departures(year, board, sex), self.permanent(year, board, sex))


def percent(part: int, whole: int, decimals: str = "0.1") -> Decimal:
    return (Decimal(100 * part) / whole).quantize(Decimal(decimals), ROUND_HALF_UP)


def read(organisation: Path, payroll: tuple[Path, ...]) -> Oracle:
    """Read the files that were written, as text."""
    units = {row["kod"]: row for row in _csv(organisation)}
    frame = pl.concat([_payroll(path) for path in payroll])
    boards = {code: _board(code, units) for code in frame["Enhetskod"].unique().to_list()}
    frame = frame.with_columns(
        pl.col("Enhetskod").replace_strict(boards).alias("board"),
        pl.col("Månad").str.slice(0, 4).cast(pl.Int64).alias("year"),
        *(_hundredths(name).alias(short) for name, short in HOURS.items()),
        _hundredths("Sysselsättningsgrad").alias("extent"),
    )
    hidden = pl.col("Skyddad identitet") == "Ja"
    return Oracle(frame.filter(~hidden), frame.filter(hidden), units)


def _csv(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("cp1252")), delimiter=";"))


def _payroll(path: Path) -> pl.DataFrame:
    text = path.read_bytes().decode("cp1252").encode()
    return pl.read_csv(text, separator=";", infer_schema=False).fill_null("")


def _hundredths(name: str) -> pl.Expr:
    return pl.col(name).str.replace(",", "", literal=True).cast(pl.Int64)


def _permanent() -> pl.Expr:
    return (pl.col("Anställningsform") == "Tillsvidare") & (pl.col("Huvudanställning") == "Ja")


def _board(code: str, units: dict[str, dict[str, str]]) -> str:
    """The nearest board upward."""
    unit = units[code]
    return unit["nämnd"] or _board(unit["överordnad"], units)
