"""Running Samkoll: the web server and the worker, watched and started again when they die."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from types import FrameType

import click
from django.conf import settings
from django.core.management import call_command

GRACE = 20.0  # seconds that a process gets to finish what it is doing


@click.command()
@click.option("--port", default=8000, show_default=True, help="Port på 127.0.0.1.")
@click.option("--processes", default=2, show_default=True, help="Antal webbprocesser.")
def serve(port: int, processes: int) -> None:
    """Starta webben och bakgrundsarbetaren."""
    call_command("collectstatic", interactive=False, verbosity=0)
    web = [sys.executable, "-m", "gunicorn", "samkoll.project.wsgi:application"]
    web += ["--bind", f"127.0.0.1:{port}", "--workers", str(processes), "--timeout", "60"]
    web += ["--max-requests", "5000", "--max-requests-jitter", "500"]
    work = [sys.executable, "-m", "samkoll.project.cli", "worker"]
    click.echo(f"Samkoll finns på http://127.0.0.1:{port}/ – avsluta med Ctrl-C.")
    Keeper([web, work]).run()


@click.command()
@click.option("--concurrency", default=2, show_default=True, help="Arbeten på en gång.")
def worker(concurrency: int) -> None:
    """Utför långa arbeten i bakgrunden."""
    from procrastinate.contrib.django import app

    runner = app.with_connector(app.connector.get_worker_connector())
    runner.run_worker(concurrency=concurrency, name="samkoll", delete_jobs="never")


@click.command()
def migrate() -> None:
    """Uppdatera databasens tabeller."""
    call_command("migrate", interactive=False, verbosity=1)


class Keeper:
    """Keeps processes running: starts each again when it ends by itself, stops all when told."""

    def __init__(self, commands: list[list[str]]) -> None:
        self.commands = commands
        self.stopping = threading.Event()
        self.processes: dict[int, subprocess.Popen[bytes]] = {}

    def run(self) -> None:
        """Block until SIGINT or SIGTERM, then stop the processes and wait for them."""
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, self._stop)
        threads = [threading.Thread(target=self._keep, args=(n,)) for n in range(len(self.commands))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _keep(self, number: int) -> None:
        while not self.stopping.is_set():
            process = subprocess.Popen(self.commands[number], start_new_session=True)
            self.processes[number] = process
            if self.stopping.is_set():
                process.terminate()
            process.wait()
            self.stopping.wait(1)

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self.stopping.set()
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(GRACE)
            except subprocess.TimeoutExpired:
                process.kill()
