"""``samkoll import``: files in from the command line, and taken back."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import click
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from samkoll.audit.services import CommandLine
from samkoll.core.errors import DomainError
from samkoll.core.text import number
from samkoll.imports import (
    comparison,
    correcting,
    decisions,
    examining,
    pages,
    profiles,
    profiles_store,
    services,
)
from samkoll.imports.models import Batch
from samkoll.imports.reading import Source


class NoSuchBatch(DomainError):
    """No import has that number."""


_DAY = click.DateTime(["%Y-%m-%d"])
_SWITCHES = {decisions.FaultyRows: "--accept-partial", decisions.LargeDrop: "--confirm-drop"}
"""What to add to the command to go on all the same."""


class _Group(click.Group):
    """Holds our commands and that of the organisation, which has its rules in ``org``."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*super().list_commands(ctx), "org"]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name != "org":
            return super().get_command(ctx, cmd_name)
        command: click.Command = importlib.import_module("samkoll.org.cli").org_command
        return command


@click.group(name="import", cls=_Group)
def import_() -> None:
    """Läs in filer, eller ångra en inläsning."""


@import_.command(name="hr")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--profile", "profile_name", default=profiles.DEFAULT, help="Mappningsprofil.")
@click.option("--from", "first", type=_DAY, help="Första dagen som filen gäller.")
@click.option("--to", "last", type=_DAY, help="Sista dagen som filen gäller.")
@click.option("--corrects", type=int, help="Filen rättar rader i importen med det numret.")
@click.option("--dry-run", is_flag=True, help="Kontrollera bara, ändra inget.")
@click.option("--accept-partial", is_flag=True, help="Läs in godkända rader trots fel på andra.")
@click.option("--confirm-drop", is_flag=True, help="Godta att en månad får färre rader.")
def hr(
    file: Path,
    profile_name: str,
    first: datetime | None,
    last: datetime | None,
    corrects: int | None,
    *,
    dry_run: bool,
    accept_partial: bool,
    confirm_drop: bool,
) -> None:
    """Läs in månadsrader, frånvaro, anställningar, tid eller avgångar från FILE.

    Profilen säger vad filen innehåller. Frånvaro och anställningar behöver --from och --to.
    """
    profile, period = profiles_store.current(profile_name), _period(first, last)
    source, now = Source.from_path(file), timezone.now()
    with _bar(source) as progress, _naming_the_switch():
        if dry_run:
            seen = services.inspect(
                source=source, profile=profile, period=period, now=now, progress=progress
            )
            _tell_preview(seen)
            return
        batch = services.import_file(
            source=source,
            profile=profile,
            period=period,
            actor=CommandLine(),
            now=now,
            corrects=_batch(corrects) if corrects else None,
            accept_partial=accept_partial,
            confirm_drop=confirm_drop,
            progress=progress,
        )
        batch = services.derive(
            batch_id=batch.pk, actor=CommandLine(), now=timezone.now(), confirm_drop=confirm_drop
        )
    _tell_batch(batch)


@import_.command(name="faults")
@click.argument("batch", type=int)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def faults(batch: int, file: Path) -> None:
    """Skriv raderna med fel i importen BATCH till FILE, för att rättas och läsas in igen."""
    today = timezone.localdate()
    rows = correcting.to_correct(batch=_batch(batch), actor=CommandLine(), today=today)
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.writelines(rows)
    click.echo(f"Raderna ligger i {file}. Filen innehåller personnummer.")


@import_.command()
@click.argument("batch", type=int)
def undo(batch: int) -> None:
    """Ångra importen med numret BATCH: månaderna blir som de var före den."""
    undone = services.undo(batch_id=_batch(batch).pk, actor=CommandLine(), now=timezone.now())
    click.echo(f"Importen av {undone.file_name} är ångrad.")
    if undone.profile.kind != "months":
        again = services.derive(batch_id=undone.pk, actor=CommandLine(), now=timezone.now())
        click.echo(pages.derived(again))


def _batch(number: int) -> Batch:
    found = Batch.objects.select_related("profile").filter(pk=number).first()
    if found is None:
        raise NoSuchBatch(f"Det finns ingen import med numret {number}.")
    return found


def _period(first: datetime | None, last: datetime | None) -> tuple[date, date] | None:
    if first is None and last is None:
        return None
    if first is None or last is None:
        raise services.NoPeriod("Ange både --from och --to.")
    return first.date(), last.date()


@contextmanager
def _naming_the_switch() -> Iterator[None]:
    try:
        yield
    except tuple(_SWITCHES) as refusal:
        switch = _SWITCHES[type(refusal)]
        raise type(refusal)(f"{refusal} Kör då kommandot med {switch}.") from refusal


@contextmanager
def _bar(source: Source) -> Iterator[examining.Progress]:
    """A progress bar in bytes; silent where nobody watches."""
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    console = Console(stderr=True)
    with Progress(
        *columns, TimeRemainingColumn(), console=console, disable=not sys.stderr.isatty()
    ) as bar:
        task = bar.add_task(source.name, total=source.size)
        yield lambda done: bar.update(task, completed=done)


def _tell_preview(seen: services.Preview) -> None:
    found = seen.findings
    click.echo(
        f"{_rows(found.read)} lästa: {number(found.accepted)} godkända, "
        f"{number(found.quarantined)} med fel, "
        f"{number(found.protected_rows)} med skyddad identitet. Inget är inläst."
    )
    for fault in sorted(found.faults.listed)[:20]:
        click.echo(f"  {fault}")
    for name, count in found.notes.items():
        click.echo(f"  {pages.NOTES[name]}: {number(count)}")
    for change in seen.changes:
        click.echo(f"  {_month(change)}")


def _month(change: comparison.MonthChange) -> str:
    named = "Hela filen" if change.is_whole_file else change.month
    odd = ", ovanlig ändring" if change.odd else ""
    if change.old is None:
        new = "ny fil" if change.is_whole_file else "ny månad"
        return f"{named}: {_rows(change.new.rows)}, {new}{odd}"
    mark = ", stor minskning" if change.is_large_drop else odd
    mark = ", oförändrad" if change.is_same else mark
    return f"{named}: {_rows(change.new.rows)} (i dag {number(change.old.rows)}){mark}"


def _tell_batch(batch: Batch) -> None:
    rows, months = _rows(batch.rows_accepted), _counted(batch.months.count(), "månad", "månader")
    click.echo(f"Import {batch.pk}: {rows} i {months} inlästa från {batch.file_name}.")
    if batch.profile.kind != "months":
        click.echo(pages.derived(batch))
    if batch.rows_quarantined:
        click.echo(f"{_rows(batch.rows_quarantined)} med fel ligger i karantän.")
    if batch.rows_protected:
        persons = _persons(batch.persons_protected)
        hidden = _rows(batch.rows_protected)
        click.echo(f"{hidden} med skyddad identitet ({persons}) lästes inte in.")
    if batch.persons_unverified:
        click.echo(f"{_persons(batch.persons_unverified)} har tillfälligt nummer.")


def _rows(count: int) -> str:
    return _counted(count, "rad", "rader")


def _persons(count: int) -> str:
    return _counted(count, "person", "personer")


def _counted(count: int, one: str, many: str) -> str:
    return f"{number(count)} {one if count == 1 else many}"
