"""Who may do what with a risk, as verdicts that buttons and services share."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from samkoll.accounts.models import User
from samkoll.audit.services import CommandLine
from samkoll.core.access import ALLOW, Verdict, deny
from samkoll.org import queries as org
from samkoll.org.models import Unit


def can_write(actor: User | CommandLine, unit: Unit, today: date) -> Verdict:
    """Judge risks of a unit and report them onward."""
    if isinstance(actor, CommandLine) or org.may(actor, "risk:write", today, unit=unit):
        return ALLOW
    return deny(
        _("Bara chefer för %(unit)s, eller för en enhet ovanför, får bedöma riskerna.")
        % {"unit": unit.name}
    )
