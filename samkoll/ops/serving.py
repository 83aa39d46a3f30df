"""Running Samkoll: the web server and the worker, watched and started again when they die."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from types import FrameType
from typing import TYPE_CHECKING

import click
from django.core.management import call_command
from django.utils.translation import gettext as _

from samkoll.core.errors import DomainError
from samkoll.ops import bound

if TYPE_CHECKING:
    from procrastinate import BaseConnector

GIVE_UP = 5.0  # seconds that a worker waits for a connection
GRACE = 20.0  # seconds that a process gets to finish what it is doing
STEADY = 30.0  # seconds; one that lives so long did start well
LONGEST_PAUSE = 15.0  # seconds between two attempts to start what ends at once


class PortTaken(DomainError):
    """Something else listens on the port."""


class DatabaseGone(DomainError):
    """The worker lost its database; whoever watches it starts it again."""


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Adress att lyssna på.")
@click.option("--port", default=8000, show_default=True, help="Port på adressen.")
@click.option("--processes", default=2, show_default=True, help="Antal webbprocesser.")
@click.option("--worker/--no-worker", "with_worker", default=True, help="Kör även bakgrundsarbete.")
def serve(host: str, port: int, processes: int, with_worker: bool) -> None:
    """Starta webben och bakgrundsarbetaren."""
    check_free(host, port)
    call_command("collectstatic", interactive=False, verbosity=0)
    web = [sys.executable, "-m", "gunicorn", "-c", "python:samkoll.ops.web_server"]
    web += ["--bind", f"{host}:{port}", "--workers", str(processes)]
    work = [sys.executable, "-m", "samkoll.project.cli", "worker"]
    click.echo(
        _("Samkoll finns på http://%(host)s:%(port)s/ – avsluta med Ctrl-C.")
        % {"host": host, "port": port}
    )
    Keeper([web, work] if with_worker else [web]).run()


@click.command()
@click.option("--concurrency", default=2, show_default=True, help="Arbeten på en gång.")
def worker(concurrency: int) -> None:
    """Utför långa arbeten i bakgrunden."""
    from procrastinate.contrib.django import app
    from procrastinate.exceptions import ConnectorException

    try:
        with app.replace_connector(worker_connector()) as runner:
            runner.run_worker(concurrency=concurrency, name="samkoll", delete_jobs="never")
    except ConnectorException as error:
        raise DatabaseGone(
            _("Bakgrundsarbetaren fick ingen kontakt med databasen och slutade.")
        ) from error


def worker_connector() -> BaseConnector:
    """Connections of its own for fetching jobs and hearing of new ones.

    When the database is gone it gives up after seconds, so that the keeper starts the worker anew.
    """
    from procrastinate import PsycopgConnector
    from procrastinate.contrib.django.utils import connector_params

    return PsycopgConnector(kwargs=connector_params(), timeout=GIVE_UP)


@click.command()
def migrate() -> None:
    """Uppdatera databasens tabeller."""
    call_command("migrate", interactive=False, verbosity=1)


def check_free(host: str, port: int) -> None:
    """Raises: PortTaken, before anything starts that could only fail again and again."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTaken(
                _(
                    "Porten %(port)s på %(host)s går inte att använda (%(why)s). "
                    "Avsluta programmet som har den, eller välj en annan med --port."
                )
                % {"host": host, "port": port, "why": error.strerror}
            ) from error


class Keeper:
    """Keeps processes running: starts each again when it ends by itself, stops all when told.

    They end with this process even when it is killed (Linux).
    """

    def __init__(self, commands: list[list[str]]) -> None:
        self.commands = commands
        self.stopping = threading.Event()
        self.processes: dict[int, subprocess.Popen[bytes]] = {}

    def run(self) -> None:
        """Block until SIGINT or SIGTERM, then stop the processes and wait for them."""
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, self._stop)
        threads = [
            threading.Thread(target=self._keep, args=(n,)) for n in range(len(self.commands))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _keep(self, number: int) -> None:
        pause = 1.0
        while not self.stopping.is_set():
            began = time.monotonic()
            # bound to us by this thread, which lives for as long as the process
            command = bound.command(self.commands[number])
            process = subprocess.Popen(command, start_new_session=True)
            self.processes[number] = process
            if self.stopping.is_set():
                process.terminate()
            process.wait()
            if not self.stopping.is_set():
                pause = 1.0 if time.monotonic() - began > STEADY else min(pause * 2, LONGEST_PAUSE)
                _tell(self.commands[number], process.returncode, pause)
                self.stopping.wait(pause)

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self.stopping.set()
        running = list(self.processes.values())
        for process in running:
            process.terminate()
        deadline = time.monotonic() + GRACE
        for process in running:
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)


def _tell(command: list[str], code: int, pause: float) -> None:
    """Plain, without translation: nothing that can fail may stand between an end and a start."""
    what = " ".join(command[1:4])
    sys.stderr.write(f"{what} slutade ({code}) och startas igen om {pause:.0f} sekunder.\n")
    sys.stderr.flush()
