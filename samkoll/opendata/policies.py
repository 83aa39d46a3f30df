"""Who may load open figures, as verdicts that buttons and services share."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from samkoll.accounts.models import User
from samkoll.audit.services import CommandLine
from samkoll.core.access import ALLOW, Verdict, deny
from samkoll.opendata.models import Load, LoadState
from samkoll.org import policies as org_policies
from samkoll.org import queries as org

Actor = User | CommandLine


def can_load(actor: Actor, today: date) -> Verdict:
    """Fetch figures, read a file, answer and undo (``statistics:write``)."""
    if isinstance(actor, CommandLine):
        return ALLOW
    return org_policies.verdict("statistics:write", held=org.may(actor, "statistics:write", today))


def can_answer(actor: Actor, load: Load, today: date) -> Verdict:
    """Let a read load count."""
    if load.state != LoadState.STAGED:
        return deny(_("Bara en inläsning som väntar på besked kan läsas in."))
    return can_load(actor, today)


def can_discard(actor: Actor, load: Load, today: date) -> Verdict:
    """Drop a load that does not count yet."""
    if load.state not in (LoadState.RECEIVED, LoadState.STAGED):
        return deny(_("Bara en inläsning som väntar på besked kan tas bort."))
    return can_load(actor, today)


def can_undo(actor: Actor, load: Load, today: date) -> Verdict:
    """Take the newest load back: an older one may be what the newer ones stand on."""
    if load.state != LoadState.APPLIED:
        return deny(_("Bara en genomförd inläsning kan ångras."))
    newest = Load.objects.applied().first()
    if newest is not None and newest.pk != load.pk:
        return deny(_("Ångra den senaste inläsningen först."))
    return can_load(actor, today)
