"""Who may change what the municipality keeps for its statistics, as verdicts with a sentence."""

from __future__ import annotations

from datetime import date

from samkoll.accounts.models import User
from samkoll.audit.services import CommandLine
from samkoll.core.access import Verdict
from samkoll.org import policies as org_policies
from samkoll.org import queries as org

Actor = User | CommandLine


def can_derive(actor: Actor, today: date) -> Verdict:
    """Make facts of the HR system's records, and take them back: who may import."""
    held = isinstance(actor, CommandLine) or org.may(actor, "import:write", today)
    return org_policies.verdict("import:write", held=held)


def can_change_parameters(actor: Actor, today: date) -> Verdict:
    """Change the limits of working time and the yearly costs."""
    held = isinstance(actor, CommandLine) or org.may(actor, "statistics:write", today)
    return org_policies.verdict("statistics:write", held=held)
