"""``samkoll stats``: published figures as a table, CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence

import click

from samkoll.core.errors import DomainError
from samkoll.core.months import Month
from samkoll.stats.engine.cube import Sex
from samkoll.stats.engine.hierarchy import Scope
from samkoll.stats.queries import Comparison

SEXES: tuple[Sex, ...] = ("total", "women", "men")
TOTAL: tuple[Sex, ...] = ("total",)
WORDS: dict[Sex, str] = {"total": "Totalt", "women": "Kvinnor", "men": "Män"}


class ScopeMissing(DomainError):
    """The command does not say whose figures."""


@click.group()
def stats() -> None:
    """Visa statistik: sjukfrånvaro, personalomsättning, övertid och antal anställda."""


def _command(name: str, text: str, keys: Sequence[str], sexes: Sequence[Sex]) -> None:
    @stats.command(name, help=text)
    @click.option("--unit", default="", help="Enhetens kod eller namn.")
    @click.option("--board", default="", help="Nämndens kod eller namn.")
    @click.option("--municipality", is_flag=True, help="Hela kommunen.")
    @click.option("--month", required=True, help="Periodens sista månad, till exempel 2023-12.")
    @click.option("--format", "form", type=click.Choice(tuple(FORMATS)), default="table")
    def run(unit: str, board: str, municipality: bool, month: str, form: str) -> None:
        found = _rows(keys, sexes, _scope(unit, board, municipality), Month.parse(month))
        click.echo(FORMATS[form](found), nl=False)


def _scope(unit: str, board: str, municipality: bool) -> Scope:
    from samkoll.org import queries as org
    from samkoll.stats import queries

    if municipality:
        return Scope(unit=org.municipality().pk)
    if not unit and not board:
        raise ScopeMissing("Ange --unit, --board eller --municipality.")
    return queries.scope_of(unit=unit, board=board)


def _rows(
    keys: Sequence[str], sexes: Sequence[Sex], scope: Scope, month: Month
) -> list[Comparison]:
    from samkoll.stats import queries

    facts = queries.current_facts()
    return [
        queries.comparison(scope, key, sex, month, facts)
        for key in keys
        for sex in (sexes if key not in ("departures", "retirements") else TOTAL)
    ]


def _table(rows: list[Comparison]) -> str:
    """Columns as in the report: figure, this window, the window before, difference."""
    from rich.console import Console
    from rich.table import Table

    first = rows[0]
    table = Table(title=first.current.scope_label, title_justify="left")
    for head in ("", str(first.current.window), str(first.previous.window), "Skillnad"):
        table.add_column(head, justify="right" if head else "left")
    for row in rows:
        figure = row.current
        label = f"{figure.label}, {figure.unit} – {WORDS[figure.sex]}"
        table.add_row(label, figure.text, row.previous.text, row.text)
    out = io.StringIO()
    Console(file=out, width=110).print(table)
    return out.getvalue()


def _csv(rows: list[Comparison]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(("Mått", "Kön", "Enhet", "Period", "Värde", "Föregående", "Skillnad"))
    for row in rows:
        figure = row.current
        texts = (figure.text, row.previous.text, row.text)
        where = (figure.label, WORDS[figure.sex], figure.scope_label, str(figure.window))
        writer.writerow((*where, *texts))
    return out.getvalue()


def _json(rows: list[Comparison]) -> str:
    return json.dumps([_as_dict(row) for row in rows], ensure_ascii=False, indent=2) + "\n"


def _as_dict(row: Comparison) -> dict[str, object]:
    figure = row.current
    return {
        "metric": figure.metric,
        "label": figure.label,
        "unit": figure.unit,
        "scope": figure.scope_label,
        "sex": figure.sex,
        "window": str(figure.window),
        "state": figure.state,
        "value": _plain(figure.value),
        "previous": _plain(row.previous.value),
        "change": _plain(row.change),
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "convention": figure.convention,
        "snapshots": list(figure.snapshots),
    }


def _plain(value: object) -> str | None:
    return None if value is None else str(value)


FORMATS: dict[str, Callable[[list[Comparison]], str]] = {
    "table": _table,
    "csv": _csv,
    "json": _json,
}

_command(
    "sick-leave",
    "Sjukfrånvaro i procent av ordinarie arbetstid, rullande tolv månader.",
    ("sick_leave", "sick_leave_short", "sick_leave_long"),
    SEXES,
)
_command(
    "turnover",
    "Extern personalomsättning och antal avgångar, rullande tolv månader.",
    ("turnover", "departures", "retirements"),
    SEXES,
)
_command(
    "overtime",
    "Mertid och övertid i timmar, rullande tolv månader.",
    ("additional_hours", "overtime_hours", "extra_hours"),
    TOTAL,
)
_command("headcount", "Antal anställda, i medeltal.", ("employees", "permanent"), SEXES)
