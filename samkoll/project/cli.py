"""The ``samkoll`` command. Each package brings its own group, loaded when it is called."""

from __future__ import annotations

import gettext
import importlib
import os
import sys
import traceback
from pathlib import Path
from typing import Any

import click

from samkoll.core.errors import DomainError
from samkoll.core.keys import KeyFileUnusable

# Name: where it is, and its line in the list of commands, for which nothing is imported.
COMMANDS = {
    "demo": ("samkoll.demo.cli:demo", "Prova Samkoll med en påhittad kommun."),
    "serve": ("samkoll.ops.serving:serve", "Starta webben och bakgrundsarbetaren."),
    "worker": ("samkoll.ops.serving:worker", "Starta bara bakgrundsarbetaren."),
    "migrate": ("samkoll.ops.serving:migrate", "Uppdatera databasens tabeller."),
    "import": ("samkoll.imports.cli:import_", "Läs in filer, eller ångra en inläsning."),
    "stats": ("samkoll.stats.cli:stats", "Visa statistik som tabell, CSV eller JSON."),
    "kolada": ("samkoll.opendata.cli:kolada", "Hämta eller läs in nyckeltal om kommuner."),
    "report": ("samkoll.reports.cli:report", "Öppna årets rapporter och skapa deras filer."),
    "user": ("samkoll.accounts.cli:user", "Lägg till användare."),
    "backup": ("samkoll.ops.cli:backup", "Säkerhetskopiera allt utom nyckelfilen."),
    "restore": ("samkoll.ops.cli:restore", "Återställ en säkerhetskopia till en tom plats."),
    "doctor": ("samkoll.ops.cli:doctor", "Kontrollera installationen."),
}
ADDED = {
    "stats": {"sheet": "samkoll.explore.cli:sheet"},
    "import": {"report": "samkoll.reports.old.cli:report"},
}
"""Commands of upper packages that stand in a lower one's group."""
WITHOUT_DATABASE = {"demo", "restore"}  # what of them uses one starts it itself
LOCALE = Path(__file__).resolve().parents[1] / "locale"


class Lazy(click.Group):
    """Knows the names of all commands, imports only the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Kommandon"):
            formatter.write_dl([(name, line) for name, (_where, line) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] in COMMANDS:
            _boot(args[0], args[1:])
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: Any = _loaded(COMMANDS[cmd_name][0])
        for below, where in ADDED.get(cmd_name, {}).items():
            command.add_command(_loaded(where), below)
        for inner in command.commands.values() if isinstance(command, click.Group) else ():
            inner.short_help = inner.short_help or inner.help  # else click cuts it short
        return command if isinstance(command, click.Command) else None


def _loaded(where: str) -> Any:
    module, name = where.split(":")
    return getattr(importlib.import_module(module), name)


def _boot(name: str, args: list[str]) -> None:
    """Settings, and the database for commands that use it; who asks for help gets help only."""
    from samkoll.project.boot import boot

    asks = bool({"-h", "--help"}.intersection(args))
    needs_key = name == "restore" and not asks and "--other-key" not in args
    try:
        boot(database=not asks and name not in WITHOUT_DATABASE, new_key=not needs_key)
    except KeyFileUnusable as error:
        if not needs_key:
            raise
        raise KeyFileUnusable(
            f"{error} En återställning behöver nyckelfilen som säkerhetskopian gjordes med: saknas "
            "den, lägg dit den först (chmod 600). Är den förlorad för alltid: kör igen med "
            "--other-key och läs docs/operators/keys.md. Inget har ändrats."
        ) from error


@click.group(
    cls=Lazy,
    subcommand_metavar="KOMMANDO …",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option("--traceback", "show_traceback", is_flag=True, help="Visa hela felet.")
@click.pass_context
def samkoll(ctx: click.Context, show_traceback: bool) -> None:
    """Samkoll: systematiskt arbetsmiljöarbete och uppföljning."""
    ctx.obj = {"traceback": show_traceback}


def main() -> None:
    """Run a command; a failure prints one sentence and exits with a code other than 0."""
    os.environ["LANGUAGE"] = "sv"  # click's own words, like ours, whatever the machine speaks
    gettext.bindtextdomain("messages", str(LOCALE))
    show = "--traceback" in sys.argv
    try:
        samkoll(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        raise SystemExit(2) from None
    except click.exceptions.Abort:
        raise SystemExit(130) from None
    except DomainError as error:
        click.echo(str(error), err=True)
        if show:
            traceback.print_exc()
        raise SystemExit(2) from None
    except Exception as error:
        if show:
            raise
        click.echo(
            f"Ett fel som vi inte räknade med: {type(error).__name__}: {error}. "
            "Kör igen med --traceback före kommandot och skicka texten till den som förvaltar "
            "systemet.",
            err=True,
        )
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
