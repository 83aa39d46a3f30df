"""Who may do what with an action, as verdicts that buttons and services share."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from samkoll.accounts.models import User
from samkoll.audit.services import CommandLine
from samkoll.core.access import ALLOW, Verdict, deny
from samkoll.org import queries as org
from samkoll.org.models import Unit


def can_write(actor: User | CommandLine, unit: Unit, today: date) -> Verdict:
    """Add and change actions of a unit. The command line acts for whoever runs the server."""
    if isinstance(actor, CommandLine) or org.may(actor, "action:write", today, unit=unit):
        return ALLOW
    return deny(
        _("Bara chefer för %(unit)s, eller för en enhet ovanför, får ändra åtgärderna.")
        % {"unit": unit.name}
    )
