"""``samkoll stats``: published figures as a table, CSV or JSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import click

from samkoll.core.errors import DomainError
from samkoll.core.months import Month
from samkoll.stats import metrics
from samkoll.stats.deriving_cli import derive
from samkoll.stats.engine.cube import Sex
from samkoll.stats.engine.hierarchy import Scope
from samkoll.stats.formats import FORMATS, Place
from samkoll.stats.queries import Comparison

SEXES: tuple[Sex, ...] = ("total", "women", "men")
TOTAL: tuple[Sex, ...] = ("total",)
Where = tuple[str, str, bool]
"""A unit, a board (as people call them), or the whole municipality."""


class ScopeMissing(DomainError):
    """The command does not say whose figures."""


@click.group()
def stats() -> None:
    """Visa statistik: sjukfrånvaro, personalomsättning, övertid, chefer och alla andra mått."""


def _asking(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say whose figures, when, and in which form."""
    for option in (
        click.option("--format", "form", type=click.Choice(tuple(FORMATS)), default="table"),
        click.option("--month", required=True, help="Periodens sista månad, till exempel 2023-12."),
        click.option("--municipality", is_flag=True, help="Hela kommunen."),
        click.option("--board", default="", help="Nämndens kod eller namn."),
        click.option("--unit", default="", help="Enhetens kod eller namn."),
    ):
        command = option(command)
    return command


def _show(keys: Sequence[str], sexes: Sequence[Sex], where: Where, month: str, form: str) -> None:
    scope = _scope(*where)
    found = _rows(keys, sexes, scope, Month.parse(month))
    click.echo(FORMATS[form](found, _place(scope)).encode(), nl=False)


def _command(name: str, text: str, keys: Sequence[str], sexes: Sequence[Sex]) -> None:
    @stats.command(name, help=text)
    @_asking
    def run(unit: str, board: str, municipality: bool, month: str, form: str) -> None:
        _show(keys, sexes, (unit, board, municipality), month, form)


@stats.command("metrics")
def list_metrics() -> None:
    """Visa alla mått med sina koder."""
    for metric in metrics.catalogue():
        click.echo(f"{metric.key:28} {metric.label} ({metric.terms.unit})")


@stats.command("metric")
@click.argument("keys", nargs=-1, required=True)
@_asking
def one_metric(
    keys: tuple[str, ...], *, unit: str, board: str, municipality: bool, month: str, form: str
) -> None:
    """Visa ett eller flera mått, med koderna från ”samkoll stats metrics”."""
    for key in keys:
        metrics.lookup(key)
    _show(keys, SEXES, (unit, board, municipality), month, form)


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
    ("sick_leave", "sick_leave_short", "sick_leave_long", "sick_leave_60"),
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
stats.add_command(derive)
