"""``samkoll stats sheet``: statistics sheets as files, for one manager or all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
from django.utils import timezone
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from samkoll.core.errors import DomainError
from samkoll.core.months import Month
from samkoll.core.text import listing, nearest
from samkoll.explore import sheets, sheets_making
from samkoll.explore.sheets import Receiver
from samkoll.stats import queries as stats


class UnknownManager(DomainError):
    """Nobody who leads a unit has that name, and no unit that code."""


class WhichManager(DomainError):
    """The command does not say whose sheet."""


@click.command()
@click.option("--month", required=True, help="Periodens sista månad, till exempel 2024-04.")
@click.option("--manager", default="", help="Chefens namn, eller koden för chefens enhet.")
@click.option("--all", "everybody", is_flag=True, help="Alla chefer.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True)
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="Dag som skrivs ut.")
def sheet(month: str, manager: str, everybody: bool, out: Path, day: date | None) -> None:
    """Skapa statistikblad (XLSX och PDF) för en chef eller alla, med publicerade siffror."""
    today = timezone.localdate()
    wanted = chosen(sheets.receivers(today), manager, everybody=everybody)
    produced = date(day.year, day.month, day.day) if day else today
    last, facts = Month.parse(month), stats.current_facts()
    out.mkdir(parents=True, exist_ok=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Statistikblad", total=len(wanted))

        def progress(done: int, total: int, step: str) -> None:
            bar.update(task, completed=done, description=f"{done} av {total} {step}")

        made = sheets_making.make(
            wanted, facts=facts, month=last, produced_on=produced, progress=progress
        )
        for each in made:
            for form in sheets_making.FORMATS:
                path = out / sheets_making.file_name(each.sheet.receiver, last, form)
                path.write_bytes(getattr(each, form))
                click.echo(str(path))


def chosen(known: list[Receiver], manager: str, *, everybody: bool) -> list[Receiver]:
    """The receivers that the options name. Raises: WhichManager, UnknownManager."""
    if everybody:
        return known
    if not manager:
        raise WhichManager("Ange --manager NAMN eller --all.")
    asked = manager.casefold()
    found = [each for each in known if asked in _names(each)]
    if not found:
        near = nearest(manager, [each.person.name for each in known])
        said = f"Ingen chef heter ”{manager}”, och ingen enhet med chef har den koden."
        raise UnknownManager(f"{said} Menade du {listing(near)}?" if near else said)
    return found


def _names(receiver: Receiver) -> set[str]:
    codes = {word.casefold() for unit in receiver.units for word in (unit.code, unit.name)}
    return {receiver.person.name.casefold(), *codes}
