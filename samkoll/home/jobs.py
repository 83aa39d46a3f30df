"""What comes round every morning: the reminders."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from samkoll.home import reminders

logger = logging.getLogger(__name__)

HOURS = (6, 7, 8)
"""In local time. The first one sends; the others only catch up when no worker ran at six."""


@app.periodic(cron="10 4-7 * * *")  # in UTC: from 06.10 in summer, and in winter too
@app.task(name="samkoll.home.jobs.remind", queueing_lock="home-remind")
def remind(timestamp: int) -> None:
    """Send the mails of the day to those who have not got theirs."""
    asked_at = timezone.localtime(datetime.fromtimestamp(timestamp, UTC))
    if asked_at.hour not in HOURS:
        return
    outcome = reminders.remind(today=timezone.localdate())
    logger.info(
        "Reminders: %s sent, %s failed, %s people without mail.",
        outcome.sent,
        outcome.failed,
        outcome.without_mail,
    )
