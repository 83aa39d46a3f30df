"""The demo's reports as files, and its figures and times on the terminal."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from django.db.models import QuerySet
from rich.table import Table

from samkoll.audit.services import CommandLine
from samkoll.core.errors import DomainError
from samkoll.core.months import Month
from samkoll.core.text import number
from samkoll.demo.loading.reports import YEAR
from samkoll.demo.steps import Step, Steps
from samkoll.documents import writers
from samkoll.org import queries as org
from samkoll.reports import building, storing
from samkoll.reports.models import Kind, Report
from samkoll.stats import queries as stats
from samkoll.stats.engine.cube import Sex
from samkoll.stats.engine.hierarchy import Scope

MONTH = Month.of(YEAR - 1, 12)
_SHOWN: tuple[tuple[str, str, Sex], ...] = (
    ("Sjukfrånvaro, procent", "sick_leave", "total"),
    ("  kvinnor", "sick_leave", "women"),
    ("  män", "sick_leave", "men"),
    ("Extern personalomsättning, procent", "turnover", "total"),
    ("Mertid och övertid, timmar", "extra_hours", "total"),
    ("Anställda med arbetstid, i medeltal", "employees", "total"),
    ("Tillsvidareanställda, i medeltal", "permanent", "total"),
)


class FolderUnusable(DomainError):
    """Nothing can be written into the folder."""


def usable(folder: Path) -> Path:
    """Make a folder for files, so that a long command stops before it starts.

    Raises: FolderUnusable.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError as error:
        raise FolderUnusable(
            f"Det går inte att skriva i mappen {folder} ({error.strerror}). "
            "Välj en annan med --out."
        ) from error


def build(out: Path, *, steps: Steps, now: datetime) -> None:
    """Build all reports in all formats: for download in the web, and as copies in ``out``."""
    with steps.step("Skapar rapporter") as step:
        ids = list(_reports().values_list("pk", flat=True))
        files = storing.store(
            report_ids=ids,
            formats=writers.FORMATS,
            actor=CommandLine(),
            now=now,
            progress=lambda done, total, _name: step.tell(done, total),
        )
        for file in files:
            building.write_file(out / file.name, storing.path_of(file).read_bytes())
        step.result = f"{len(ids)} rapporter, {len(files)} filer i {out}"


def _reports() -> QuerySet[Report]:
    reports = Report.objects.current().filter(year=YEAR).exclude(kind=Kind.UNIT)
    return reports.order_by("kind", "unit__name_order", "board__name_order")


def times(done: list[Step]) -> Table:
    """What each step made and how long it took."""
    table = Table("Steg", "Resultat", title="Demon", title_justify="left")
    table.add_column("Tid", justify="right")
    for step in done:
        table.add_row(step.name, step.result, f"{_seconds(step.seconds)}")
    table.add_section()
    table.add_row("Allt", "", f"{_seconds(sum(step.seconds for step in done))}")
    return table


def figures() -> Table:
    """Some of the municipality's figures, as its report prints them."""
    top = org.municipality()
    scope, facts = Scope(unit=top.pk), stats.current_facts()
    table = Table(title=f"{top.name}, tolv månader till {MONTH}", title_justify="left")
    for head in ("", str(MONTH.year), str(MONTH.year - 1), "Skillnad"):
        table.add_column(head, justify="right" if head else "left")
    for row in _rows(scope, facts):
        table.add_row(*row)
    return table


def _rows(scope: Scope, facts: stats.BoundFacts) -> Iterator[tuple[str, str, str, str]]:
    for label, metric, sex in _SHOWN:
        found = stats.comparison(scope, metric, sex, MONTH, facts)
        yield label, found.current.text, found.previous.text, found.text


def _seconds(seconds: float) -> str:
    return f"{number(Decimal(str(seconds)), 1)} s"
