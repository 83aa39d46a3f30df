"""Who makes statistics sheets, and who sees which."""

from __future__ import annotations

from datetime import date

from samkoll.accounts.models import User
from samkoll.audit.services import CommandLine
from samkoll.core.access import ALLOW, Verdict
from samkoll.org import policies as org_policies
from samkoll.org import queries as org

Actor = User | CommandLine


def can_make(actor: Actor, today: date) -> Verdict:
    """Start a run, change the schedule, and see everybody's sheets (``statistics:write``)."""
    if isinstance(actor, CommandLine):
        return ALLOW
    return org_policies.verdict("statistics:write", held=org.may(actor, "statistics:write", today))
