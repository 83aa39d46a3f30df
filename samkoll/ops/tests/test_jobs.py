"""Upkeep by itself, and a real worker that outlives its database."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import psycopg
import pytest
from asgiref.sync import sync_to_async
from click.testing import CliRunner
from django.db import connection, connections
from django.utils import timezone
from procrastinate.contrib.django import app

from samkoll.accounts.models import User
from samkoll.desk.models import Job
from samkoll.desk.services import open_job
from samkoll.ops import embedded, jobs
from samkoll.ops.serving import PortTaken, serve, worker_connector
from samkoll.ops.tests.places import COMMAND, Place

TASK = "builtin:procrastinate.builtin_tasks.remove_old_jobs"
STALLED, FINISHED = jobs.take_up_stalled.name, jobs.forget_finished.name


@pytest.fixture
def queue(transactional_db, monkeypatch) -> Iterator[str]:
    """A queue of our own. Nothing comes round by itself; Django's flush leaves jobs alone."""
    monkeypatch.setattr(app.periodic_registry, "periodic_tasks", {})
    yield "upkeep-test"
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")


def work(only: str) -> None:
    """Run a worker on one queue until there is nothing left to do."""

    async def run() -> None:
        with app.replace_connector(worker_connector()):
            async with app.open_async():
                await app.run_worker_async(wait=False, queues=[only], install_signal_handlers=False)
        await sync_to_async(connections.close_all)()

    with ThreadPoolExecutor(1) as elsewhere:  # Playwright keeps a loop running in the main thread
        elsewhere.submit(asyncio.run, run()).result()


def state(job: int) -> tuple[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status, attempts FROM procrastinate_jobs WHERE id = %s", [job])
        return tuple(cursor.fetchone())


def as_if_its_worker_had_died(job: int, *, attempts: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', attempts = %s WHERE id = %s",
            [attempts, job],
        )


def test_a_deferred_job_is_done_by_a_worker(queue):
    job = app.configure_task(TASK, queue=queue).defer(max_hours=1)
    work(queue)
    assert state(job) == ("succeeded", 1)


def test_work_of_a_dead_worker_is_taken_up_and_then_done(queue):
    job = app.configure_task(TASK, queue=queue).defer(max_hours=1)
    as_if_its_worker_had_died(job, attempts=0)
    app.configure_task(STALLED, queue=jobs.QUEUE).defer(timestamp=0)
    work(jobs.QUEUE)
    assert state(job) == ("todo", 1)
    work(queue)
    assert state(job) == ("succeeded", 2)


def test_what_kills_its_worker_three_times_is_given_up(queue):
    job = app.configure_task(TASK, queue=queue).defer(max_hours=1)
    as_if_its_worker_had_died(job, attempts=jobs.ATTEMPTS - 1)
    app.configure_task(STALLED, queue=jobs.QUEUE).defer(timestamp=0)
    work(jobs.QUEUE)
    assert state(job) == ("failed", jobs.ATTEMPTS)


@pytest.mark.parametrize(
    ("status", "minutes", "said"),
    [
        ("failed", 0, True),
        ("cancelled", 0, True),
        ("doing", 60, False),
        ("todo", 60, False),
        (None, 60, True),
        (None, 0, False),
    ],
)
def test_a_desk_hears_of_work_that_nobody_goes_on_with(queue, status, minutes, said):
    owner = User.objects.create(email="ada@example.se")
    desk = open_job(owner=owner, label="Skapar rapporter")
    Job.objects.update(created_at=timezone.now() - timedelta(minutes=minutes), state="running")
    if status:
        work = app.configure_task(TASK, queue=queue).defer(job_id=desk.pk)
        with connection.cursor() as cursor:
            words = "UPDATE procrastinate_jobs SET status = %s WHERE id = %s"
            cursor.execute(words, [status, work])
    jobs.tell_of_given_up(timestamp=0)
    desk.refresh_from_db()
    assert (desk.state, "Försök igen" in desk.message) == ("failed" if said else "running", said)


def test_jobs_that_ended_long_ago_are_forgotten_however_they_ended(queue):
    old, young = (app.configure_task(TASK, queue=queue).defer(max_hours=1) for _ in range(2))
    with connection.cursor() as cursor:
        for job in (old, young):
            as_if_its_worker_had_died(job, attempts=0)
            cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %s", [job])
        cursor.execute(
            "UPDATE procrastinate_events SET at = now() - interval '31 days' WHERE job_id = %s",
            [old],
        )
    app.configure_task(FINISHED, queue=jobs.QUEUE).defer(timestamp=0)
    work(jobs.QUEUE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM procrastinate_jobs WHERE id IN (%s, %s)", [old, young])
        assert cursor.fetchall() == [(young,)]


def test_a_port_that_is_taken_is_a_sentence_and_nothing_starts():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = CliRunner().invoke(serve, ["--port", str(taken.getsockname()[1])])
    assert isinstance(done.exception, PortTaken)
    assert "--port" in str(done.exception)


KEPT = f"from samkoll.ops.serving import Keeper; Keeper([{[*COMMAND, 'worker']!r}]).run()"


def until(true: Callable[[], object], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "took too long"
        time.sleep(0.05)


def test_a_kept_worker_works_on_after_its_database_was_killed(migrated, tmp_path):
    place = migrated(tmp_path / "var")
    keeper = place.start(sys.executable, "-c", KEPT)
    try:
        until(lambda: done(place, "before"))
        server = embedded.status(place.var, "test").pid
        assert server
        os.kill(server, signal.SIGKILL)
        until(lambda: (now := embedded.status(place.var, "test")).ready and now.pid != server)
        until(lambda: done(place, "after"))
    finally:
        keeper.terminate()
        _out, errors = keeper.communicate(timeout=30)
    assert "startas igen" in errors, errors
    until(lambda: not embedded.status(place.var, "test").pid)


def done(place: Place, lock: str) -> bool:
    """Defer one job of this name, if there is none yet; whether it is done."""
    given = embedded.dsn(place.var, "test")
    words = {"host": given["HOST"], "user": given["USER"], "password": given["PASSWORD"]}
    try:
        with psycopg.connect(dbname=given["NAME"], port=given["PORT"], **words) as server:  # type: ignore[arg-type]
            query = "SELECT status FROM procrastinate_jobs WHERE lock = %s"
            if found := server.execute(query, [lock]).fetchone():
                return bool(found[0] == "succeeded")
            server.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, lock, args) "
                "VALUES ('default', %s, %s, '{\"max_hours\": 1}')",
                [TASK, lock],
            )
    except psycopg.OperationalError:
        pass
    return False
