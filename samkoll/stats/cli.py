"""``samkoll stats``: published figures as a table, CSV or JSON."""

from __future__ import annotations

from collections.abc import Sequence

import click

from samkoll.core.errors import DomainError
from samkoll.core.months import Month
from samkoll.stats.engine.cube import Sex
from samkoll.stats.engine.hierarchy import Scope
from samkoll.stats.formats import FORMATS, Place
from samkoll.stats.queries import Comparison

SEXES: tuple[Sex, ...] = ("total", "women", "men")
TOTAL: tuple[Sex, ...] = ("total",)


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
        scope = _scope(unit, board, municipality)
        found = _rows(keys, sexes, scope, Month.parse(month))
        click.echo(FORMATS[form](found, _place(scope)).encode(), nl=False)


def _scope(unit: str, board: str, municipality: bool) -> Scope:
    from samkoll.org import queries as org
    from samkoll.stats import queries

    if municipality:
        return Scope(unit=org.municipality().pk)
    if not unit and not board:
        raise ScopeMissing("Ange --unit, --board eller --municipality.")
    return queries.scope_of(unit=unit, board=board)


def _place(scope: Scope) -> Place:
    from samkoll.org.models import Board, Unit

    unit = Unit.objects.get(pk=scope.unit) if scope.unit else None
    board = Board.objects.get(pk=scope.board) if scope.board else None
    of_unit = (unit.code, unit.name) if unit else ("", "")
    of_board = (board.code, board.name) if board else ("", "")
    return Place(*of_unit, *of_board)


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
