"""Jobs of statistics that a worker runs for the pages."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from samkoll.accounts.models import User
from samkoll.core.text import number
from samkoll.desk import services as desk
from samkoll.desk.jobs import running
from samkoll.stats import deriving
from samkoll.stats.engine.facts import Convention


@app.task(name=deriving.TASK, queue=deriving.QUEUE)
def derive(*, job_id: int, actor_id: int, convention: Convention, confirm_drop: bool) -> None:
    """Make facts of the record files that count."""

    def progress(done: int, total: int) -> None:
        desk.progress(job_id=job_id, done=done, total=total, step=_("Räknar fram månader"))

    with running(job_id) as outcome:
        made = deriving.derive(
            actor=User.objects.get(pk=actor_id),
            now=timezone.now(),
            convention=convention,
            confirm_drop=confirm_drop,
            progress=progress,
        )
        outcome.message = _("%(months)s månader har ändrats.") % {
            "months": number(len(made.changed))
        }
