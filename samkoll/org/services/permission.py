"""Who acts, and whether they may."""

from __future__ import annotations

from datetime import date

from samkoll.accounts.models import User
from samkoll.audit import services as audit
from samkoll.org import queries


def holds(actor: audit.Actor, permission: str, today: date) -> bool:
    """A user holds what the roles of today give anywhere; the command line holds everything."""
    return queries.may(actor, permission, today) if isinstance(actor, User) else True
