"""``samkoll demo``: Exempelkommunen from nothing to finished reports."""

from __future__ import annotations

import re
from pathlib import Path

import click
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from rich.console import Console

from samkoll.core.text import number
from samkoll.demo import building, loader
from samkoll.demo.generator.building import GeneratedFiles
from samkoll.demo.steps import Steps, watched
from samkoll.ops import embedded

seed_option = click.option(
    "--seed", default=1, show_default=True, help="Samma tal ger samma påhittade personer."
)
_WIDTH = 110


@click.group()
def demo() -> None:
    """Exempelkommunen: en påhittad kommun att prova Samkoll med."""


@demo.command()
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("out"),
    show_default=True,
    help="Mapp för rapporterna.",
)
@seed_option
def run(out: Path, seed: int) -> None:
    """Läs in demon och skapa alla rapporter. Är den redan inläst skapas bara rapporterna."""
    loader.require_demo()
    building.usable(out)
    _database()
    with watched() as steps:
        was_new = _load(seed, steps)
        building.build(out, steps=steps, now=timezone.localtime())
    _tell(steps, was_new=was_new)


@demo.command()
@seed_option
def load(seed: int) -> None:
    """Läs in demon i en tom databas."""
    loader.require_demo()
    _database()
    with watched() as steps:
        was_new = _load(seed, steps)
    _tell(steps, was_new=was_new)


@demo.command()
@click.option("--employees", type=click.IntRange(20, 2_000_000), help="Antal anställda.")
@click.option("--years", type=click.IntRange(1, 60), help="Antal år, det sista är 2023.")
@seed_option
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Mapp för filerna.",
)
@click.option(
    "--records",
    is_flag=True,
    help="Skriv även anställningar, frånvaro, arbetad tid och avgångar, som ett personalsystem.",
)
def generate(
    employees: int | None, years: int | None, seed: int, out: Path, *, records: bool
) -> None:
    """Skriv lönefiler för en påhittad kommun, utan att läsa in dem."""
    building.usable(out)
    with watched() as steps:
        files = loader.write_files(out, seed=seed, steps=steps, employees=employees, years=years)
    for path in (files.organisation, *files.payroll):
        click.echo(str(path))
    click.echo(f"{number(files.rows)} rader för {number(files.persons)} personer.")
    if records:
        _write_records(files, seed)


def _write_records(files: GeneratedFiles, seed: int) -> None:
    """The HR system's files, and how each is read in."""
    from samkoll.demo.generator import records

    first, last = (re.sub(r"\D", "", path.stem) for path in (files.payroll[0], files.payroll[-1]))
    paths = records.write(files.folder, files.payroll, seed)
    for profile, path in zip(records.PROFILES, paths, strict=True):
        period = f"--from {first[:4]}-01-01 --to {last[:4]}-12-31"
        click.echo(f"samkoll import hr {path} --profile {profile} {period}")


def _database() -> None:
    """Start or join the embedded one, which ``generate`` does without."""
    if settings.PURPOSE != "production" and settings.EMBEDDED_DATABASE:
        embedded.ensure_running(settings.VAR, settings.PURPOSE)


def _load(seed: int, steps: Steps) -> bool:
    with steps.step("Databasens tabeller") as step:
        call_command("migrate", interactive=False, verbosity=0)
        step.result = "klara"
    return loader.load(seed=seed, steps=steps, now=timezone.localtime())


def _tell(steps: Steps, *, was_new: bool) -> None:
    console = Console()
    if not console.is_terminal:
        console = Console(width=_WIDTH)
    if not was_new:
        console.print("Demon var redan inläst. Inget i den har ändrats.")
    console.print(building.times(steps.done), building.figures())
    console.print(
        "Starta webben med samkoll serve. Demoanvändarna står efter roll på inloggningssidan, "
        f"{reverse('account_login')}.",
        soft_wrap=True,
    )
