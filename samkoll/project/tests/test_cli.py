"""The command: one sentence and a code for every failure."""

from __future__ import annotations

import click
import pytest

from samkoll.core.errors import DomainError
from samkoll.project import cli


@click.command()
@click.argument("how")
def failing(how: str) -> None:
    raise {"expected": DomainError("Gör så här."), "unexpected": ValueError("oj")}[how]


@pytest.fixture
def run(monkeypatch, capsys):
    def call(*arguments: str) -> tuple[int, str]:
        monkeypatch.setattr("sys.argv", ["samkoll", *arguments])
        monkeypatch.setattr(cli.Lazy, "get_command", lambda self, ctx, name: failing)
        with pytest.raises(SystemExit) as stopped:
            cli.main()
        return int(stopped.value.code or 0), capsys.readouterr().err

    return call


def test_an_expected_failure_is_a_sentence_and_code_2(run):
    assert run("failing", "expected") == (2, "Gör så här.\n")


def test_an_unexpected_failure_says_what_to_do_and_code_1(run):
    code, text = run("failing", "unexpected")
    assert (code, "--traceback" in text) == (1, True)


def test_wrong_arguments_give_code_2(run):
    assert run("failing")[0] == 2


def test_help_lists_every_command(capsys, monkeypatch):
    monkeypatch.setattr("sys.argv", ["samkoll"])
    assert set(cli.COMMANDS) == set(cli.samkoll.list_commands(click.Context(cli.samkoll)))
