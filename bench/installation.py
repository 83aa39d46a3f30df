"""A small installation of one's own, below the temporary folder: database, organisation, facts."""

from __future__ import annotations

import os
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

FOLDER = Path(tempfile.gettempdir()) / "samkoll-bench"
EMPLOYEES, YEARS, UNITS = 7_000, 5, 110
START = date(2010, 1, 1)


def use(var: Path, purpose: str = "development") -> None:
    """Let this process be an installation with its files in ``var`` and the embedded database."""
    for name in ("DATABASE_URL", "SAMKOLL_KEY_FILE", "DJANGO_SETTINGS_MODULE"):
        os.environ.pop(name, None)
    os.environ.update(SAMKOLL_VAR=str(var), SAMKOLL_PURPOSE=purpose)
    (var / "static").mkdir(parents=True, exist_ok=True)


def build() -> None:
    """Fill the empty installation that this process uses; a filled one stays as it is."""
    from django.core.management import call_command
    from django.db import transaction

    from samkoll.org.models import Unit

    call_command("migrate", interactive=False, verbosity=0)
    if not Unit.objects.exists():
        with transaction.atomic():
            keys = organisation()
            _director(keys[2])
            add_facts(keys)


def organisation(count: int = UNITS) -> dict[int, int]:
    """The synthetic organisation: its numbers to the keys of the database."""
    from bench import facts as synthetic
    from samkoll.audit.services import CommandLine
    from samkoll.org import services
    from samkoll.org.models import Unit

    hierarchy = synthetic.organisation(count)
    units: dict[int, Unit] = {}
    for node in hierarchy.units:
        units[node.id] = services.open_unit(
            code=node.code,
            name=f"Enhet {node.code}",
            kind=node.kind,
            parent=units[node.parent] if node.parent else None,
            valid_from=START,
            actor=CommandLine(),
        )
    for number, name in hierarchy.boards.items():
        board = services.open_board(
            code=name, name=f"Nämnd {name}", valid_from=START, actor=CommandLine()
        )
        for position in (hierarchy.boards_at(synthetic.FIRST.index) == number).nonzero()[0]:
            if hierarchy.units[position].kind == "administration":
                unit = units[hierarchy.units[position].id]
                services.serve_board(unit=unit, board=board, valid_from=START, actor=CommandLine())
    return {number: unit.pk for number, unit in units.items()}


def _director(unit: int) -> None:
    """Somebody who sees small groups of an administration."""
    from samkoll.accounts.models import User
    from samkoll.audit.services import CommandLine
    from samkoll.org import services
    from samkoll.org.models import Unit

    today = date(2026, 11, 22)
    user = User.objects.create_user("chef@exempel.invalid", name="Provchef")
    person = services.add_person(name=user.name, email=user.email, actor=CommandLine(), today=today)
    services.link_user(person=person, user=user, actor=CommandLine())
    services.assign_role(
        person=person,
        role="director",
        unit=Unit.objects.get(pk=unit),
        valid_from=START,
        actor=CommandLine(),
        today=today,
    )


def add_facts(keys: dict[int, int], *, years: int = YEARS) -> None:
    """Synthetic person-months from 2015 on, published as an import would."""
    import polars as pl
    from django.conf import settings

    from bench import facts as synthetic
    from samkoll.audit.services import CommandLine
    from samkoll.stats import services
    from samkoll.stats.facts import SnapshotWriter

    path = settings.VAR / "facts.parquet"
    synthetic.write(path, employees=EMPLOYEES, years=years, units=len(keys))
    rows = pl.read_parquet(path)
    rows = rows.with_columns(pl.col("unit").replace_strict(keys, return_dtype=pl.Int32))
    metadata = {"source": "payroll", "convention": "day_split", "batch": "1"} | synthetic.KNOWS
    with SnapshotWriter(settings.FACTS, metadata) as writer:
        for _, month in rows.group_by("month", maintain_order=True):
            writer.write(month.sort("unit", "sex"))
        staged = writer.finish()
    path.unlink()
    services.publish(staged, batch="1", actor=CommandLine(), now=datetime(2026, 11, 22, tzinfo=UTC))
