"""Figures for people (a table) and for machines (CSV, JSON). ``docs/operators/statistics.md``.

CSV is for Swedish Excel: UTF-8 with a byte order mark, semicolon, decimal comma, ASCII minus, no
thousands separator. JSON has shown values as decimal strings, which keep the printed decimals, and
exact sums as integers whose unit is named. A value that is not shown is empty or null, and its
state says why: neither format has ``..`` in the place of a number.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from samkoll.stats import costs, metrics
from samkoll.stats.engine import distinct
from samkoll.stats.engine.cube import Sex
from samkoll.stats.engine.facts import HOURS
from samkoll.stats.queries import Comparison, Figure

WORDS: dict[Sex, str] = {"total": "Totalt", "women": "Kvinnor", "men": "Män"}
STATES = {"shown": "visas", "protected": "skyddad", "missing": "saknas", "empty": "tom"}
BOM = "\ufeff"
"""Tells Excel that the file is UTF-8."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Place:
    """Whose figures: codes and names, empty for what the scope does not have."""

    unit: str = ""
    unit_name: str = ""
    board: str = ""
    board_name: str = ""


def table(rows: list[Comparison], _place: Place) -> str:
    """Columns as in the report: figure, this window, the window before, difference."""
    from rich.console import Console
    from rich.table import Table

    first = rows[0]
    shown = Table(title=first.current.scope_label, title_justify="left")
    for head in ("", str(first.current.window), str(first.previous.window), "Skillnad"):
        shown.add_column(head, justify="right" if head else "left")
    for row in rows:
        figure = row.current
        label = f"{figure.label}, {figure.unit} – {WORDS[figure.sex]}"
        shown.add_row(label, figure.text, row.previous.text, row.text)
    out = io.StringIO()
    Console(file=out, width=110).print(shown)
    return out.getvalue()


HEADS = (
    "Kod", "Mått", "Sort", "Kön", "Enhetskod", "Enhet", "Nämndkod", "Nämnd", "Första månad",
    "Sista månad", "Läge", "Värde", "Föregående läge", "Föregående värde", "Skillnad", "Täljare",
    "Täljarens sort", "Nämnare", "Nämnarens sort", "Uppdelning", "Underlag",
)  # fmt: skip


def as_csv(rows: list[Comparison], place: Place) -> str:
    """One line for each figure, with the figure of twelve months earlier beside it."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADS)
    for row in rows:
        writer.writerow(map(_cell, _line(row, place)))
    return BOM + out.getvalue()


def _line(row: Comparison, place: Place) -> tuple[str | int | Decimal | None, ...]:
    figure, previous = row.current, row.previous
    above, below = measured_in(figure)
    names = (figure.metric, figure.label, figure.unit, WORDS[figure.sex])
    where = (place.unit, place.unit_name, place.board, place.board_name)
    window = (str(figure.window.first), str(figure.window.last))
    now = (STATES[figure.state], figure.value)
    before = (STATES[previous.state], previous.value)
    exact = (figure.numerator, above, figure.denominator, below)
    stands_on = (figure.convention, " ".join(figure.snapshots))
    return (*names, *where, *window, *now, *before, row.change, *exact, *stands_on)


def _cell(value: str | int | Decimal | None) -> str:
    """A number with decimal comma; a text that a spreadsheet would run gets an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    return f"{value:f}".replace(".", ",") if isinstance(value, Decimal) else str(value)


def as_json(rows: list[Comparison], place: Place) -> str:
    """A list with one object for each figure."""
    found = [_object(row, place) for row in rows]
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _object(row: Comparison, place: Place) -> dict[str, object]:
    figure = row.current
    return {
        "metric": figure.metric,
        "label": figure.label,
        "sex": figure.sex,
        "unit": {"code": place.unit, "name": place.unit_name} if place.unit else None,
        "board": {"code": place.board, "name": place.board_name} if place.board else None,
        "value_unit": figure.unit,
        **_side(figure),
        "previous": _side(row.previous),
        "change": _decimal(row.change),
    }


def _side(figure: Figure) -> dict[str, object]:
    """One window of a figure, and what it stands on."""
    above, below = measured_in(figure)
    return {
        "window": {"first": str(figure.window.first), "last": str(figure.window.last)},
        "state": figure.state,
        "reason": figure.reason or None,
        "value": _decimal(figure.value),
        "numerator": figure.numerator,
        "numerator_unit": above,
        "denominator": figure.denominator,
        "denominator_unit": below,
        "convention": figure.convention,
        "snapshots": list(figure.snapshots),
    }


def measured_in(figure: Figure) -> tuple[str, str | None]:
    """The units of the exact sums: those of the base measures, not of the shown value."""
    expression = metrics.lookup(figure.metric).expression
    return _unit(expression.above), _unit(expression.below) if expression.below else None


COUNTED = {
    ("departures", "retirements"): "departures",
    ("departures", "hired"): "events",
    ("moved",): "events",
    distinct.STOCKS + distinct.LEADERS: "persons",
    costs.PARTS: "ore",
    ("sick_days",): "days",
    ("occasions",): "occasions",
}
"""The units of what is neither hours nor person-months."""


def _unit(measures: Iterable[str]) -> str:
    names = set(measures)
    if names <= set(HOURS):
        return "hundredths_of_hours"
    for counted, unit in COUNTED.items():
        if names <= set(counted):
            return unit
    return "person_months"


def _decimal(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


FORMATS: dict[str, Callable[[list[Comparison], Place], str]] = {
    "table": table,
    "csv": as_csv,
    "json": as_json,
}
