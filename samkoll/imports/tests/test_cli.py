"""The command line: exit codes, sentences, and nothing changed by a refusal."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from samkoll.core.errors import DomainError
from samkoll.imports.cli import import_
from samkoll.imports.models import Batch, BatchState
from samkoll.imports.tests.payroll import row, text

pytestmark = pytest.mark.django_db


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(import_, [*map(str, words)])


def refused(*words: str | Path) -> str:
    result = run(*words)
    assert isinstance(result.exception, DomainError | click.ClickException)
    assert not Batch.objects.exists()
    return str(result.exception)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "lön.csv"
    path.write_bytes(text(row(0, unit="BUF-SOL"), row(1, unit="BUF-SOL")).encode("cp1252"))
    return path


def test_a_file_is_imported_and_told_about(town, file):
    result = run("hr", file)
    assert result.exit_code == 0, result.output
    batch = Batch.objects.get()
    assert result.output == f"Import {batch.pk}: 2 rader i 1 månad inlästa från lön.csv.\n"


def test_a_dry_run_tells_and_changes_nothing(town, file):
    result = run("hr", file, "--dry-run")
    assert "2 rader lästa: 2 godkända" in result.output
    assert "2023-01: 2 rader, ny månad" in result.output
    assert not Batch.objects.exists()


def test_an_unknown_file_or_profile_is_refused(town, file):
    assert "finns inte" in refused("hr", file.with_name("borta.csv"))
    assert "Profilen ”x” finns inte. Välj " in refused("hr", file, "--profile", "x")


def test_faulty_rows_are_refused_unless_accepted(town, file):
    content = text(row(0, unit="BUF-SOL"), row(1, unit="BUF-SOK"))
    file.write_bytes(content.encode("cp1252"))
    refusal = refused("hr", file)
    assert "enheten ”BUF-SOK” finns inte. Menade du BUF-SOL Solskolan" in refusal
    assert refusal.endswith("Kör då kommandot med --accept-partial.")
    assert "1 rad med fel ligger i karantän" in run("hr", file, "--accept-partial").output


def test_undo_takes_the_import_back(town, file):
    run("hr", file)
    batch = Batch.objects.get()
    assert run("undo", str(batch.pk)).output == "Importen av lön.csv är ångrad.\n"
    batch.refresh_from_db()
    assert batch.state == BatchState.UNDONE


def test_undo_of_an_unknown_number_is_refused(town):
    assert "ingen import med numret 7" in refused("undo", "7")


def test_the_organisation_has_its_command_in_the_same_group(town):
    assert "organisationen" in run("org", "--help").output
