"""``samkoll stats derive``: months out of the HR system's record files, and taken back."""

from __future__ import annotations

from typing import cast

import click

from samkoll.core.text import number
from samkoll.stats.derived_words import CUT_HOURS, LEFT_OUT, REPORTED, listed
from samkoll.stats.engine.facts import CONVENTIONS, Convention
from samkoll.stats.models import Derivation


@click.command("derive")
@click.option(
    "--convention",
    type=click.Choice(CONVENTIONS),
    default="day_split",
    help="Hur kort och lång sjukfrånvaro skiljs: efter dag 14, eller efter hela periodens längd.",
)
@click.option("--confirm-drop", is_flag=True, help="Godta månader med mer än 10 % färre rader.")
@click.option("--undo", type=int, help="Ta tillbaka härledningen med det numret.")
def derive(convention: str, confirm_drop: bool, undo: int | None) -> None:
    """Räkna fram månader ur personalsystemets filer."""
    from django.utils import timezone

    from samkoll.audit.services import CommandLine
    from samkoll.stats import deriving

    actor, now = CommandLine(), timezone.now()
    if undo is not None:
        deriving.undo(derivation_id=undo, actor=actor, now=now)
        click.echo(f"Härledning {undo} är tillbakatagen.")
        return
    made = deriving.derive(
        actor=actor,
        now=now,
        convention=cast(Convention, convention),
        confirm_drop=confirm_drop,
        progress=lambda done, total: click.echo(f"Del {done} av {total} …", err=True),
    )
    click.echo("\n".join(_told(made)))


def _told(made: Derivation) -> list[str]:
    """Months that changed, and what is uncertain."""
    head = (
        f"Härledning {made.pk}: {number(made.report['rows'])} rader i {len(made.months)} månader."
    )
    changed = listed(made.changed) or "ingen"
    lines = [head, f"Ändrade månader: {changed}."]
    if made.report["incomplete"]:
        lines.append(f"Inte hela, därför inte med: {listed(made.report['incomplete'])}.")
    for name, text in REPORTED.items():
        if count := made.report[name]:
            ignored = " (räknas inte)" if name in LEFT_OUT else ""
            lines.append(f"{text}{ignored}: {number(count)}")
    if made.report["cut_hours"]:
        hours = number(made.report["cut_hours"] // 100)
        lines.append(f"{CUT_HOURS} (räknas inte): {hours}")
    return lines
