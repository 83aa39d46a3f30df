"""``samkoll backup``, ``samkoll restore`` and ``samkoll doctor``."""

from __future__ import annotations

import json
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path

import click
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import gettext as _
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from samkoll.core.text import number
from samkoll.ops.backup import back_up
from samkoll.ops.doctor import Finding, Level, examine, worst
from samkoll.ops.progress import steps
from samkoll.ops.restore import restore as bring_back

_FILE = click.Path(path_type=Path, dir_okay=True)
_STYLES = {Level.OK: "green", Level.WARNING: "yellow", Level.FAULT: "bold red"}


def _word(level: Level) -> str:
    return {Level.OK: _("bra"), Level.WARNING: _("varning"), Level.FAULT: _("fel")}[level]


@click.command()
@click.argument("file", type=_FILE)
@click.option("--force", is_flag=True, help="Skriv över filen om den finns.")
def backup(file: Path, force: bool) -> None:
    """Säkerhetskopiera databas, fakta, bilagor, uppladdningar och resultat till FILE."""
    with steps() as shown:
        written = back_up(file.absolute(), force=force, now=timezone.now(), steps=shown)
    click.echo(
        _(
            "Säkerhetskopian finns i %(path)s: %(size)s MB, %(rows)s rader, %(facts)s faktafiler, "
            "%(files)s bilagor."
        )
        % {
            "path": written.path,
            "size": number(Decimal(written.size) / 10**6, 1),
            "rows": number(written.rows),
            "facts": number(written.facts),
            "files": number(written.files),
        }
    )
    click.echo(
        _(
            "Nyckelfilen %(key)s ingår inte, och utan den är kopian inte mycket värd. Förvara en "
            "kopia av nyckelfilen på ett annat säkert ställe än säkerhetskopiorna."
        )
        % {"key": settings.KEY_FILE}
    )


@click.command()
@click.argument("file", type=_FILE)
@click.option(
    "--other-key",
    is_flag=True,
    help="Nyckelfilen som kopian gjordes med är förlorad; fortsätt med en annan.",
)
def restore(file: Path, other_key: bool) -> None:
    """Återställ en säkerhetskopia till en tom plats: allt eller inget."""
    with steps() as shown:
        restored = bring_back(file.absolute(), other_key=other_key, steps=shown)
    click.echo(
        _(
            "Kopian från %(created)s är återställd: %(rows)s rader, %(facts)s faktafiler, "
            "%(files)s bilagor."
        )
        % {
            "created": restored.created,
            "rows": number(restored.rows),
            "facts": number(restored.facts),
            "files": number(restored.files),
        }
    )
    call_command("migrate", interactive=False, verbosity=0)
    with steps() as shown:
        findings = examine(now=timezone.now(), deep=True, steps=shown)
    _report(findings)


@click.command()
@click.option("--deep", is_flag=True, help="Läs alla faktafiler och kontrollera innehållet.")
@click.option("--fix", is_flag=True, help="Ta bort överblivna filer och stäng öppna mappar.")
@click.option("--json", "as_json", is_flag=True, help="Skriv JSON i stället för en tabell.")
def doctor(deep: bool, fix: bool, as_json: bool) -> None:
    """Kontrollera installationen och säg vad som behöver göras."""
    with steps() as shown:
        findings = examine(now=timezone.now(), deep=deep, fix=fix, steps=shown)
    _report(findings, as_json=as_json)


def _report(findings: list[Finding], *, as_json: bool = False) -> None:
    level = worst(findings)
    if as_json:
        checks = [{**asdict(one), "level": one.level.name.lower()} for one in findings]
        found = {"level": level.name.lower(), "checks": checks}
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        Console().print(_table(findings))
    if level is Level.FAULT:
        raise SystemExit(1)


def _table(findings: list[Finding]) -> Table:
    table = Table(_("Kontroll"), _("Resultat"), _("Vad vi såg, och vad du gör"))
    for one in findings:
        said = escape(f"{one.seen}\n→ {one.advice}" if one.advice else one.seen)
        style = _STYLES[one.level]
        table.add_row(escape(one.check), f"[{style}]{_word(one.level)}[/{style}]", said)
    return table
