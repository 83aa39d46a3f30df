"""``samkoll kolada``: published key figures of municipalities, from the API or from a file."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click
from django.conf import settings
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, TextColumn
from rich.progress import Progress as Bar

from samkoll.audit.services import CommandLine
from samkoll.core.errors import DomainError
from samkoll.core.text import number
from samkoll.opendata import client, files, services
from samkoll.opendata.bundle import Bundle, NotKolada
from samkoll.opendata.models import Load, LoadState, Source
from samkoll.opendata.plan import Plan, plan
from samkoll.opendata.wanted import wanted

ACTOR = CommandLine()


class WrongYears(DomainError):
    """The years are not written as 2019-2023."""


class NoLoad(DomainError):
    """There is nothing to undo."""


@click.group()
def kolada() -> None:
    """Nyckeltal från Kolada: hämta, läs in från fil, ångra."""


@kolada.command()
@click.option("--kpi", "kpis", multiple=True, help="Nyckeltal, till exempel N00090. Kan upprepas.")
@click.option("--years", default="", help="År, till exempel 2019-2023. Annars de sex senaste.")
@click.option("--dry-run", is_flag=True, help="Visa vad som skulle ändras, och ändra inget.")
def fetch(kpis: tuple[str, ...], years: str, dry_run: bool) -> None:
    """Hämta nyckeltal från Kolada. Kräver kontakt med internet."""
    now = timezone.now()
    with _bar() as progress:
        reader = client.Client(settings.KOLADA_URL)
        bundle = reader.fetch(kpis or tuple(wanted()), years_of(years, now), progress)
    _load(bundle, Source.API, settings.KOLADA_URL, now, dry_run=dry_run)


@kolada.command(name="import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Visa vad som skulle ändras, och ändra inget.")
def import_(file: Path, dry_run: bool) -> None:
    """Läs in Koladas svar (JSON) eller en tabell (CSV) från FILE."""
    try:
        bundle = files.read(file.read_bytes(), name=file.name)
    except NotKolada as error:
        for fault in error.faults:
            click.echo(f"  {fault}", err=True)
        raise
    _load(bundle, Source.FILE, file.name, timezone.now(), dry_run=dry_run)


@kolada.command()
def undo() -> None:
    """Ångra den senaste inläsningen."""
    newest = Load.objects.applied().first()
    if newest is None:
        raise NoLoad("Det finns ingen inläsning att ångra.")
    services.undo(load_id=newest.pk, actor=ACTOR, now=timezone.now())
    click.echo(f"Inläsningen {newest.pk} från {newest.origin} är ångrad.")


def years_of(text: str, now: datetime) -> list[int]:
    """The years of ``2019-2023`` or ``2023``; the newest whole ones for nothing.

    Raises: WrongYears.
    """
    if not text:
        return list(range(now.year - services.YEARS, now.year))
    match = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", text.strip())
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
    if not first <= last <= first + 50:
        raise WrongYears("Skriv åren som 2019-2023 eller 2023.")
    return list(range(first, last + 1))


def _load(bundle: Bundle, source: Source, origin: str, now: datetime, *, dry_run: bool) -> None:
    found = plan(bundle)
    _tell(found)
    if dry_run:
        click.echo("Inget är inläst.")
        return
    load = services.stage(bundle=bundle, source=source, origin=origin, actor=ACTOR, now=now)
    if load.state == LoadState.SAME:
        click.echo("Allt fanns redan. Inget har ändrats.")
        return
    services.apply(load_id=load.pk, actor=ACTOR, now=now)
    click.echo(f"Inläsning {load.pk} är klar. Källa: Kolada.")


def _tell(found: Plan) -> None:
    counts = {name: number(count) for name, count in found.counts().items()}
    click.echo(
        "{new} nya värden, {changed} ändrade, {same} oförändrade. Nya eller ändrade: {kpis} "
        "nyckeltal, {municipalities} kommuner, {groups} grupper.".format(**counts)
    )
    for row in found.new_kpis:
        click.echo(f"  {row.code} {row.title}")
    for renamed in found.renamed_kpis:
        click.echo(f"  {renamed.code} heter nu ”{renamed.after}” (förut ”{renamed.before}”).")
    for code in found.retired:
        click.echo(f"  {code} finns inte längre i Kolada.")
    for code in found.unnamed:
        click.echo(f"  {code} saknar titel: kontrollera vad det är.")


@contextmanager
def _bar() -> Iterator[client.Progress]:
    """A bar where somebody watches."""
    columns = (TextColumn("{task.description}"), BarColumn())
    with Bar(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("Kolada", total=None)

        def progress(done: int, total: int, step: str) -> None:
            bar.update(task, completed=done, total=total or None, description=step or "Kolada")

        yield progress
