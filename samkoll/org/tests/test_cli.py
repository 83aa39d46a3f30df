"""``samkoll import org`` and ``samkoll user add``: what they print, what they change."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from django.utils import timezone

from samkoll.accounts.cli import user
from samkoll.accounts.models import User
from samkoll.org import queries
from samkoll.org.cli import org_command
from samkoll.org.models import Unit
from samkoll.org.tests.files import GOOD, changed

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "org.csv"
    path.write_bytes(GOOD.encode("cp1252"))
    return path


def run(*arguments):
    return CliRunner().invoke(org_command, [str(a) for a in arguments])


def test_a_dry_run_tells_and_changes_nothing(file):
    result = run(file, "--dry-run")
    assert "Nya enheter: 7" in result.output and not Unit.objects.exists()


def test_the_file_is_loaded_and_the_second_time_nothing_changes(file):
    assert run(file).exit_code == 0
    again = run(file)
    assert again.output.strip() == "Oförändrade: 7. Nämns inte: 0."


def test_a_faulty_file_is_refused_with_every_fault_and_code_two(file):
    file.write_bytes(changed("EXK;SN;", "EXK;SNN;"))
    result = run(file)
    assert result.exit_code == 2
    assert "Rad 6, nämnd" in result.output and "Inget har ändrats" in result.output
    assert not Unit.objects.exists()


def add(*arguments, password="en lång ramsa här"):
    text = f"{password}\n{password}\n"
    return CliRunner().invoke(user, ["add", *arguments], input=text)


def test_the_first_administrator_is_added_on_the_command_line(town):
    result = add("a@exempel.invalid", "--name", "Anna Ask", "--role", "administrator")
    assert result.exit_code == 0, result.output
    anna = User.objects.get(email="a@exempel.invalid")
    assert queries.may(anna, "org:write", timezone.localdate(), unit=town.school)


@pytest.mark.parametrize(
    "arguments, said",
    [
        (("--role", "chef"), "ingen roll som heter chef"),
        (("--role", "manager", "--unit", "BUF-SOK"), "Menade du BUF-SOL"),
    ],
)
def test_a_wrong_role_or_unit_adds_nobody(town, arguments, said):
    result = add("a@exempel.invalid", "--name", "Anna Ask", *arguments)
    assert said in str(result.exception)
    assert not User.objects.filter(email="a@exempel.invalid").exists()
