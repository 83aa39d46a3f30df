"""What comes round by itself: people leave and units close on days that were set long before."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from samkoll.audit.services import CommandLine
from samkoll.flows import services


@app.periodic(cron="7 4 * * *")
@app.task(queueing_lock="flows-hand-over")
def hand_over(timestamp: int) -> None:
    """Every night: what people who have left were responsible for goes to their managers."""
    services.hand_over(actor=CommandLine(), today=timezone.localdate())
