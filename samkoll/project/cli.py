"""The ``samkoll`` command. Each package brings its own group, loaded when it is called."""

from __future__ import annotations

import importlib
import sys
import traceback
from typing import Any

import click

from samkoll.core.errors import DomainError

COMMANDS = {
    "demo": "samkoll.demo.cli:demo",
    "serve": "samkoll.ops.serving:serve",
    "worker": "samkoll.ops.serving:worker",
    "migrate": "samkoll.ops.serving:migrate",
    "import": "samkoll.imports.cli:import_",
    "stats": "samkoll.stats.cli:stats",
    "report": "samkoll.reports.cli:report",
    "user": "samkoll.accounts.cli:user",
    "backup": "samkoll.ops.cli:backup",
    "restore": "samkoll.ops.cli:restore",
    "doctor": "samkoll.ops.cli:doctor",
}
WITHOUT_DATABASE = {"restore"}


class Lazy(click.Group):
    """Knows the names of all commands, imports only the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        from samkoll.project.boot import boot

        boot(database=cmd_name not in WITHOUT_DATABASE)
        module, name = COMMANDS[cmd_name].split(":")
        command: Any = getattr(importlib.import_module(module), name)
        return command if isinstance(command, click.Command) else None


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--traceback", "show_traceback", is_flag=True, help="Visa hela felet.")
@click.pass_context
def samkoll(ctx: click.Context, show_traceback: bool) -> None:
    """Samkoll: systematiskt arbetsmiljöarbete och uppföljning."""
    ctx.obj = {"traceback": show_traceback}


def main() -> None:
    """Run a command; a failure prints one sentence and exits with a code other than 0."""
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
