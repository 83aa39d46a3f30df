"""Loads Exempelkommunen into an empty database, the user's way: through files and services.

All of it is one transaction: a killed load leaves an empty database, and files that
``samkoll doctor`` or the next load removes.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from samkoll.accounts.models import User
from samkoll.actions.models import Action
from samkoll.audit import services as audit
from samkoll.audit.models import Change
from samkoll.audit.services import CommandLine
from samkoll.core.errors import DomainError
from samkoll.core.text import number
from samkoll.demo.generator import GeneratedFiles, generate, payroll
from samkoll.demo.loading import (
    assumptions,
    chain,
    comparison,
    everyday,
    parts,
    people,
    reports,
    risks,
    waiting,
)
from samkoll.demo.steps import Steps
from samkoll.imports import profiles
from samkoll.imports import services as imports
from samkoll.imports.reading import Source
from samkoll.org import queries as org
from samkoll.org import services as organisation
from samkoll.org.models import Unit

ACTOR = CommandLine()
LOADED = "demo.loaded"


class NotForDemos(DomainError):
    """This place is not for a demo."""


class NotEmpty(DomainError):
    """Something else is in the database."""


def require_demo() -> None:
    """Whether the place is for demos, asked before the database. Raises: NotForDemos."""
    if not settings.DEMO_SIGN_IN:
        raise NotForDemos("Demon körs för sig: sätt SAMKOLL_PURPOSE=demo och en egen SAMKOLL_VAR.")


def is_loaded(*, seed: int) -> bool:
    """Whether the database holds the demo of this seed; False when it is empty.

    Raises: NotForDemos outside a demo, NotEmpty when it holds anything else.
    """
    require_demo()
    if User.objects.filter(is_demo=False).exists():
        raise NotEmpty(
            "Här finns riktiga användare, så demon läses inte in. Välj en annan plats med "
            "SAMKOLL_VAR."
        )
    loaded = Change.objects.filter(action=LOADED).order_by("-pk").first()
    if loaded is None and not User.objects.exists() and not Unit.objects.exists():
        return False
    if loaded is None or loaded.details.get("seed") != seed:
        what = f"en demo med seed {loaded.details.get('seed')}" if loaded else "en organisation"
        raise NotEmpty(
            f"Här finns redan {what}. Ta bort mappen {settings.VAR}, eller välj en annan plats "
            "med SAMKOLL_VAR."
        )
    return True


def load(*, seed: int, steps: Steps, now: datetime) -> bool:
    """Generate the demo's files and load them; False when the same demo was there already.

    ``now`` is local time. Raises: NotForDemos, NotEmpty.
    """
    if is_loaded(seed=seed):
        return False
    with _payroll_folder() as folder:
        files = write_files(folder, seed=seed, steps=steps)
        _load(files, seed, steps, now)
    return True


@contextmanager
def _payroll_folder() -> Iterator[Path]:
    """A folder below ``SAMKOLL_VAR`` for this load only; what a killed one left is removed."""
    place = settings.VAR / "tmp"
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    for left in place.glob("demo-*"):
        shutil.rmtree(left)
    with tempfile.TemporaryDirectory(prefix="demo-", dir=place) as folder:
        yield Path(folder)


def write_files(
    folder: Path, *, seed: int, steps: Steps,
    employees: int | None = None, years: int | None = None,
) -> GeneratedFiles:  # fmt: skip
    """Write the organisation file and the payroll files of the demo, or of another size."""
    with steps.step("Skriver lönefiler") as step:
        files = generate(
            folder,
            seed=seed,
            employees=employees,
            years=years,
            progress=lambda _label, done, total: step.tell(done, total),
        )
        rows, persons = number(files.rows), number(files.persons)
        step.result = f"{rows} rader, {persons} personer, {len(files.payroll)} filer"
    return files


@transaction.atomic
def _load(files: GeneratedFiles, seed: int, steps: Steps, now: datetime) -> None:
    today = now.date()
    with steps.step("Organisation") as step:
        content = files.organisation.read_bytes()
        day = org.preview(content, today).opened[0].starts
        organisation.import_organisation(content=content, day=day, actor=ACTOR, today=today)
        step.result = f"{number(Unit.objects.count())} enheter, {org.boards(today).count()} nämnder"
    with steps.step("Personer och roller") as step:
        known = people.load_people(today=today)
        step.result = f"{number(known.count)} personer, {len(known.users)} demoanvändare"
    for path in files.payroll:
        _import(path, steps, now)
    with steps.step("Risker och åtgärder") as step:
        comments = risks.load_risks(known, today=today)
        everyday_risks = everyday.load_everyday(known, today=today, tell=step.tell)
        step.result = f"{number(everyday_risks)} risker, {number(Action.objects.count())} åtgärder"
    with steps.step("Påhittade nyckeltal om andra kommuner") as step:
        load = comparison.load_comparison(now=now)
        step.result = f"{number(load.counts['new'])} värden"
    with steps.step("Antaganden om kostnader") as step:
        step.result = f"{assumptions.load_assumptions(today=today)} år"
    with steps.step("Rapporternas innehåll") as step:
        written = reports.load_reports(known, comments, now=now)
        step.result = f"{written} rapporter för {reports.YEAR}"
    with steps.step("Enheternas delar") as step:
        step.result = f"{number(parts.load_parts(known, now=now))} delar"
    with steps.step("Rapporternas väg till nämnden") as step:
        step.result = f"{chain.load_chain(known, now=now)} rapporter på väg"
    with steps.step("En lönefil som väntar på besked") as step:
        batch = waiting.load_waiting(known, files.payroll[-1], now=now)
        step.result = f"{number(batch.rows_read)} rader, {number(batch.rows_quarantined)} med fel"
    audit.record(LOADED, ACTOR, org.municipality(), seed=seed, rows=files.rows)


def _import(path: Path, steps: Steps, now: datetime) -> None:
    """One payroll file, as ``samkoll import hr`` reads it."""
    source = Source.from_path(path)
    with steps.step(f"Läser in {path.name}") as step:
        batch = imports.import_file(
            source=source,
            profile=profiles.load(payroll.PROFILE),
            actor=ACTOR,
            now=now,
            progress=lambda done: step.tell(done, source.size),
        )
        step.result = f"{number(batch.rows_accepted)} rader, {batch.months.count()} månader"
        if batch.rows_protected:
            step.result += f" ({number(batch.rows_protected)} rader med skyddad identitet nekade)"
