"""``samkoll import org FILE``: the organisation from a file (the group is in ``imports.cli``)."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click
from django.utils import timezone

from samkoll.audit.services import CommandLine
from samkoll.core.text import number
from samkoll.org import queries, services
from samkoll.org.importing.plan import Plan
from samkoll.org.importing.summary import summary


@click.command("org")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Visa vad som skulle ändras, och ändra inget.")
@click.option(
    "--from",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Dag som nya namn och byten av nämnd gäller från (i dag om inget anges).",
)
def org_command(file: Path, dry_run: bool, day: datetime | None) -> None:
    """Läs in organisationen från en fil: enheter, nämnder och vem som ersätter vem."""
    today = timezone.localdate()
    content, since = file.read_bytes(), day.date() if day else today
    plan = queries.preview(content, since) if dry_run else _import(content, since, today)
    _tell(plan)
    if plan.faults:
        raise SystemExit(2)


def _import(content: bytes, day: date, today: date) -> Plan:
    try:
        return services.import_organisation(
            content=content, day=day, actor=CommandLine(), today=today
        )
    except services.FileRefused as refused:
        return Plan(faults=refused.faults)


def _tell(plan: Plan) -> None:
    for fault in plan.faults:
        click.echo(str(fault), err=True)
    if plan.faults:
        click.echo(f"{number(len(plan.faults))} fel. Inget har ändrats.", err=True)
        return
    for group in summary(plan):
        click.echo(f"{group.title}: {number(len(group.rows))}")
        for row in group.rows:
            click.echo(f"  {row.code}  {row.what}")
    click.echo(f"Oförändrade: {number(plan.unchanged)}. Nämns inte: {number(plan.untouched)}.")
