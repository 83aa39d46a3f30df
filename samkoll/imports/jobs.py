"""Jobs that a worker runs for the pages: preview and commit of an uploaded file."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from samkoll.accounts.models import User
from samkoll.audit.services import CommandLine
from samkoll.core.text import number
from samkoll.desk import services as desk
from samkoll.desk.jobs import running
from samkoll.imports import pages, profiles_drafts, services
from samkoll.imports.models import Batch, BatchState

if TYPE_CHECKING:
    from samkoll.imports.examining import Progress

_KIB = 1024


@app.task(name=services.PREVIEW, queue=services.QUEUE)
def preview(*, batch_id: int, job_id: int, actor_id: int) -> None:
    """Check a received file and write down what it holds."""

    def work(actor: User, progress: Progress) -> str:
        batch = services.preview(
            batch_id=batch_id, actor=actor, now=timezone.now(), progress=progress
        )
        if batch.state == BatchState.REFUSED:
            return batch.reason
        return _("%(rows)s rader är kontrollerade.") % {"rows": number(batch.rows_read)}

    _run(batch_id, job_id, actor_id, _("Kontrollerar filen"), work)


@app.task(name=services.COMMIT, queue=services.QUEUE)
def commit(
    *, batch_id: int, job_id: int, actor_id: int, accept_partial: bool, confirm_drop: bool
) -> None:
    """Let a previewed file count."""

    def work(actor: User, progress: Progress) -> str:
        batch = services.commit(
            batch_id=batch_id,
            actor=actor,
            now=timezone.now(),
            accept_partial=accept_partial,
            confirm_drop=confirm_drop,
            progress=progress,
        )
        batch = services.derive(
            batch_id=batch_id, actor=actor, now=timezone.now(), confirm_drop=confirm_drop
        )
        told = _("%(rows)s rader är inlästa.") % {"rows": number(batch.rows_accepted)}
        return f"{told} {pages.derived(batch)}".strip()

    _run(batch_id, job_id, actor_id, _("Läser in filen"), work)


@app.periodic(cron="17 3 * * *")
@app.task(name="samkoll.imports.jobs.purge", queue=services.QUEUE)
def purge(timestamp: int) -> None:
    """Every night: delete quarantined rows, and samples of profiles, whose time is over."""
    services.purge_quarantine(actor=CommandLine(), now=timezone.now())
    profiles_drafts.purge(actor=CommandLine(), now=timezone.now())


def _run(
    batch_id: int,
    job_id: int,
    actor_id: int,
    step: str,
    work: Callable[[User, Progress], str],
) -> None:
    """Run one service call with its progress; a refusal becomes the job's sentence."""
    with running(job_id) as outcome:
        actor = User.objects.get(pk=actor_id)
        progress = _progress(job_id, Batch.objects.get(pk=batch_id).size, step)
        outcome.message = work(actor, progress)
        outcome.result_url = reverse("imports:detail", args=[batch_id])


def _progress(job_id: int, size: int, step: str) -> Progress:
    """Tells the job about progress twice a second at most, in kibibytes."""
    told = 0.0

    def progress(done: int) -> None:
        nonlocal told
        if time.monotonic() - told > 0.5:
            told = time.monotonic()
            desk.progress(job_id=job_id, done=done // _KIB, total=size // _KIB + 1, step=step)

    return progress
