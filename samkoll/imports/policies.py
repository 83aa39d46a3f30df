"""Who may see and do what with imported files, as verdicts that buttons and services share."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from samkoll.accounts.models import User
from samkoll.audit.services import CommandLine
from samkoll.core.access import ALLOW, Verdict, deny
from samkoll.imports.models import Batch, BatchState
from samkoll.org import queries as org

Actor = User | CommandLine


def can_read(actor: Actor, today: date) -> Verdict:
    """See the list of imports, their counts and their faults."""
    if _may(actor, "import:read", today):
        return ALLOW
    return deny(_("Importer av personaldata ses av HR-strategen och administratören."))


def can_import(actor: Actor, today: date) -> Verdict:
    """Upload a file and have it read."""
    if _may(actor, "import:write", today):
        return ALLOW
    return deny(_("Personaldata läses in av HR-strategen eller administratören."))


def can_change_profiles(actor: Actor, today: date) -> Verdict:
    """Make, change, copy, retire and bring in mapping profiles."""
    if _may(actor, "import:write", today):
        return ALLOW
    return deny(_("Mappningsprofiler ändras av HR-strategen eller administratören."))


def can_commit(actor: Actor, batch: Batch, today: date) -> Verdict:
    """Let a checked file count, or drop it."""
    if batch.state != BatchState.PREVIEWED:
        return deny(_("Bara en kontrollerad fil som väntar på besked kan läsas in."))
    if not batch.rows_accepted:
        return deny(_("Ingen rad i filen är godkänd. Rätta filen och ladda upp den igen."))
    return can_import(actor, today)


def can_discard(actor: Actor, batch: Batch, today: date) -> Verdict:
    """Drop a file that waits for an answer."""
    if batch.state not in (BatchState.RECEIVED, BatchState.PREVIEWED):
        return deny(_("Filen är redan avgjord."))
    return can_import(actor, today)


def can_undo(actor: Actor, batch: Batch, today: date) -> Verdict:
    """Take a batch back: each of its months becomes what it was before."""
    if batch.state != BatchState.COMMITTED:
        return deny(_("Bara en inläst fil kan ångras."))
    if batch.corrections.committed().exists():
        return deny(_("Filen har rättade rader inlästa. Ångra rättelsen först."))
    return can_import(actor, today)


def can_correct(actor: Actor, batch: Batch, today: date) -> Verdict:
    """Fetch the faulty rows of an import, and load them corrected."""
    if batch.state != BatchState.COMMITTED:
        return deny(_("Rader med fel finns att rätta när filen är inläst utan dem."))
    if not batch.quarantined.filter(expires_on__gte=today).exists():
        return deny(_("Det finns inga sparade rader. De tas bort när tiden för att rätta är ute."))
    return can_import(actor, today)


def _may(actor: Actor, permission: str, today: date) -> bool:
    return isinstance(actor, CommandLine) or org.may(actor, permission, today)
