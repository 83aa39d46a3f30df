"""``samkoll stats derive``: months out of the HR system's record files, and taken back."""

from __future__ import annotations

from typing import cast

import click

from samkoll.core.months import Month
from samkoll.core.text import number
from samkoll.stats.engine.facts import CONVENTIONS, Convention
from samkoll.stats.models import Derivation

REPORTED = {
    "spells": "Sjukperioder",
    "censored": "Sjukperioder som börjar på filens första dag, utan uppgift om sin rätta början",
    "crossed": "Anställningar där frånvaro överlappar eller har rättats",
    "taken_back": "Rättelser som tar tillbaka frånvaro",
    "open_posts": "Frånvaro utan slutdatum",
    "posts_without_employment": "Frånvaro utan anställning (räknas inte)",
    "time_without_employment": "Arbetad tid i månader utan anställning (räknas inte)",
    "departures_without_employment": "Avgångar utan anställning (räknas inte)",
    "without_unit": "Anställningar på en enhet som inte finns då (räknas inte)",
}
"""What the command tells of a derivation, when there is any."""


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
    changed = _listed(made.changed) or "ingen"
    lines = [head, f"Ändrade månader: {changed}."]
    if made.report["incomplete"]:
        lines.append(f"Inte hela, därför inte med: {_listed(made.report['incomplete'])}.")
    told = [(text, made.report[name]) for name, text in REPORTED.items()]
    lines += [f"{text}: {number(count)}" for text, count in told if count]
    if made.report["cut_hours"]:
        hours = number(made.report["cut_hours"] // 100)
        lines.append(f"Sjuktimmar utöver månadens ordinarie tid (räknas inte): {hours}")
    return lines


def _listed(months: list[int]) -> str:
    """``2023-01 – 2023-12, 2024-03``."""
    runs: list[list[int]] = []
    for month in months:
        if runs and month == runs[-1][-1] + 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    ends = [(Month(run[0]), Month(run[-1])) for run in runs]
    return ", ".join(str(a) if a == b else f"{a} – {b}" for a, b in ends)
