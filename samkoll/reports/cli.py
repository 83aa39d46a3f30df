"""``samkoll report``: build reports from the command line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
from django.db.models import QuerySet
from django.utils import timezone
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from samkoll.audit.services import CommandLine
from samkoll.core.errors import DomainError
from samkoll.core.text import listing, nearest
from samkoll.documents import writers
from samkoll.reports import building, services
from samkoll.reports.models import Kind, Report
from samkoll.reports.package import packing
from samkoll.reports.review import opening, reviewing
from samkoll.reports.review.writing import listed

COMMAND_LINE = CommandLine()


class UnknownName(DomainError):
    """No report of the year has that unit or board."""


class NoReports(DomainError):
    """The year has no reports."""


@click.group()
def report() -> None:
    """Arbetsmiljörapporter."""


@report.command()
@click.option("--year", type=int, required=True, help="Rapportår.")
def extract(year: int) -> None:
    """Öppna årets rapporter och ta ut underlaget som alla bygger på."""
    count = services.start_year(year=year, actor=COMMAND_LINE, now=timezone.now())
    click.echo(f"Underlaget är uttaget för {count} rapporter.")


@report.command()
@click.option("--year", type=int, required=True, help="Rapportår.")
@click.option("--unit", help="Förvaltningens kod eller namn; alla dess nämnder.")
@click.option("--board", help="Nämndens kod eller namn.")
@click.option("--municipality", is_flag=True, help="Bara kommunens rapport.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True)
@click.option("--format", "formats", default=",".join(writers.FORMATS), show_default=True)
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="Dag som skrivs ut.")
def build(  # noqa: PLR0917 (one argument for each option)
    year: int,
    unit: str | None,
    board: str | None,
    municipality: bool,
    out: Path,
    formats: str,
    day: date | None,
) -> None:
    """Skapa rapporter som filer."""
    wanted = _formats(formats)
    ids = [r.pk for r in chosen(year, unit=unit, board=board, municipality=municipality)]
    produced_on = date(day.year, day.month, day.day) if day else timezone.localdate()
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("Rapporter", total=len(ids))

        def progress(done: int, total: int, step: str) -> None:
            bar.update(task, completed=done, description=f"{done} av {total} {step}")

        for built in building.build(
            ids, formats=wanted, produced_on=produced_on, progress=progress
        ):
            building.write_file(out / built.name, built.data)
            click.echo(str(out / built.name))


@report.command()
@click.option("--year", type=int, required=True, help="Rapportår.")
@click.option("--unit", help="Förvaltningens kod eller namn; alla dess nämnder.")
@click.option("--board", help="Nämndens kod eller namn.")
@click.option("--municipality", is_flag=True, help="Bara kommunens rapport.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True)
def package(year: int, unit: str | None, board: str | None, municipality: bool, out: Path) -> None:
    """Skapa nämndpaket: rapport, tjänsteskrivelse, förslag, bilagor och arkivets metadata."""
    for each in chosen(year, unit=unit, board=board, municipality=municipality):
        built = packing.make(each.pk, now=timezone.localtime())
        building.write_file(out / built.name, built.data)
        click.echo(str(out / built.name))


@report.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--board", "boards", multiple=True, help="Nämnd som finns; upprepa för fler.")
def review(files: tuple[Path, ...], boards: tuple[str, ...]) -> None:
    """Granska rapporter (DOCX, PDF, TXT): vad säger emot sig självt, eller varandra?

    Slutar med 0 utan anmärkningar, 1 med anmärkningar och 2 om en fil inte går att läsa.
    """
    try:
        documents = [opening.opened(path) for path in files]
    except opening.Unreadable as error:
        click.echo(str(error), err=True)
        raise SystemExit(2) from None
    found = reviewing.review(documents, boards)
    click.echo(listed(found))
    raise SystemExit(1 if found else 0)


def chosen(
    year: int, *, unit: str | None = None, board: str | None = None, municipality: bool = False
) -> list[Report]:
    """The reports that the options name; all of the year when they name none.

    Raises: NoReports, UnknownName with the nearest names.
    """
    reports = _of_year(year)
    if not reports:
        raise NoReports(f"Det finns inga rapporter för {year}. Kör först: samkoll report extract.")
    if municipality:
        reports = reports.filter(kind=Kind.MUNICIPALITY)
    found = [
        r
        for r in reports
        if (not unit or unit.casefold() in (r.unit.code.casefold(), r.unit.name.casefold()))
        and (not board or board.casefold() in _names(r))
    ]
    if not found:
        _unknown(list(reports), unit, board)
    return found


def _of_year(year: int) -> QuerySet[Report]:
    reports = Report.objects.current().filter(year=year).exclude(kind=Kind.UNIT)
    return reports.select_related("unit", "board", "template").order_by(
        "kind", "unit__name_order", "board__name_order"
    )


def _names(report: Report) -> tuple[str, ...]:
    return (report.board.code.casefold(), report.board.name.casefold()) if report.board else ()


def _unknown(reports: list[Report], unit: str | None, board: str | None) -> None:
    units = {name for r in reports for name in (r.unit.code, r.unit.name)}
    boards = {name for r in reports if r.board for name in (r.board.code, r.board.name)}
    for asked, known, word in ((unit, units, "enhet"), (board, boards, "nämnd")):
        if asked and asked.casefold() not in {name.casefold() for name in known}:
            near = nearest(asked, sorted(known)) or sorted(known)[:3]
            raise UnknownName(f"Ingen rapport har {word} ”{asked}”. Menade du {listing(near)}?")
    raise UnknownName(f"{unit} har ingen rapport till {board}.")


def _formats(text: str) -> list[writers.Format]:
    asked = [word.strip().lower() for word in text.split(",") if word.strip()]
    found = [f for f in writers.FORMATS if f in asked]
    if strange := next((word for word in asked if word not in writers.FORMATS), None):
        raise UnknownName(f"Formatet {strange} finns inte. Välj bland {listing(writers.FORMATS)}.")
    return found
