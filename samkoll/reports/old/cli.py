"""``samkoll import report``: an old report in from the command line."""

from __future__ import annotations

from pathlib import Path

import click
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from samkoll.audit.services import CommandLine
from samkoll.files.checking import check
from samkoll.reports.old import services
from samkoll.reports.old.found import Found, from_json


@click.command(name="report")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def report(file: Path) -> None:
    """Läs en tidigare arbetsmiljörapport (DOCX, PDF, TXT) till ett utkast att bekräfta."""
    upload = check(SimpleUploadedFile(file.name, file.read_bytes()))
    old = services.read(upload=upload, actor=CommandLine(), now=timezone.now())
    click.echo(told(from_json(old.found)))
    click.echo(f"Bekräfta i webben: Rapporter, Tidigare rapporter, {file.name}.")


def told(found: Found) -> str:
    """What was found, a line for each kind of thing, and what was not understood."""
    about = found.board or {"municipality": "kommunen", "plan": "åtgärdsplan"}.get(found.kind, "")
    counted = (
        ("texter", found.texts),
        ("svar", found.answers),
        ("angivna tal", found.given),
        ("siffror i tabeller", found.figures),
        ("risker", found.risks),
        ("åtgärder i planen", found.measures),
    )
    lines = [f"Rapport {found.year or 'utan år'}: {about or 'okänd nämnd'}"]
    lines += [f"  {len(things)} {word}" for word, things in counted if things]
    if found.strange:
        lines += ["Inte förstått:", *(f"  {text}" for text in found.strange)]
    return "\n".join(lines)
