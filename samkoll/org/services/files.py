"""The organisation from a file: kept, previewed, confirmed, done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.utils.translation import gettext as _

from samkoll.accounts.models import User
from samkoll.audit import services as audit
from samkoll.core.access import require
from samkoll.core.errors import DomainError
from samkoll.core.text import number
from samkoll.org import policies, queries
from samkoll.org.importing.lines import Fault
from samkoll.org.importing.plan import Plan
from samkoll.org.models import OrganisationFile, Unit
from samkoll.org.registry import changes
from samkoll.org.services.permission import holds
from samkoll.org.services.units import (
    Opening,
    close_unit,
    open_board,
    open_units,
    rename_unit,
    serve_board,
    succeed,
)


class FileRefused(DomainError):
    """The organisation file has faults; nothing was changed. ``faults`` has them all."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        more = len(self.faults) - 1
        tail = _(" Och %(more)s fel till.") % {"more": number(more)} if more else ""
        super().__init__(f"{self.faults[0]}{tail}")


class ChangedMeanwhile(DomainError):
    """The organisation is no longer the one that the preview was made from."""


@transaction.atomic
def store_file(
    *, name: str, content: bytes, day: date, actor: User, now: datetime
) -> OrganisationFile:
    """Keep an uploaded organisation file until its preview is confirmed, a day at most.

    Raises: PermissionDenied, FileUnreadable.
    """
    require(policies.can_change(held=holds(actor, "org:write", now.date())))
    queries.preview(content, day)
    OrganisationFile.objects.filter(uploaded_at__lt=now - timedelta(days=1)).delete()
    file = OrganisationFile.objects.create(
        owner=actor, name=name[:200], content=content, day=day, uploaded_at=now
    )
    audit.record("organisation_file.stored", actor, file, bytes=len(content))
    return file


@transaction.atomic
def confirm_file(*, file: OrganisationFile, expected: str, actor: User, today: date) -> Plan:
    """Do what the preview of an uploaded file showed, and forget the file.

    Raises: PermissionDenied, FileRefused, ChangedMeanwhile.
    """
    plan = import_organisation(
        content=bytes(file.content), day=file.day, expected=expected, actor=actor, today=today
    )
    audit.record("organisation_file.confirmed", actor, file, changes=plan.changes)
    file.delete()
    return plan


@transaction.atomic
def import_organisation(
    *, content: bytes, day: date, expected: str = "", actor: audit.Actor, today: date
) -> Plan:
    """Change the organisation to what a file says: all of it or nothing.

    Renames and changes of board count from ``day``. ``expected`` is the fingerprint of the plan
    that was shown; empty on the command line. The same file twice changes nothing.

    Raises: PermissionDenied, FileUnreadable, FileRefused, ChangedMeanwhile.
    Source: docs/rules/organisation-file.md
    """
    require(policies.can_change(held=holds(actor, "org:write", today)))
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE org_unit IN SHARE ROW EXCLUSIVE MODE")
    plan = queries.preview(content, day)
    if plan.faults:
        raise FileRefused(plan.faults)
    if expected and plan.fingerprint != expected:
        raise ChangedMeanwhile(
            _("Organisationen har ändrats sedan du granskade filen. Granska den igen.")
        )
    if plan.changes:
        _apply(plan, actor)
        audit.record("organisation.imported", actor, queries.municipality(), changes=plan.changes)
        changes.tell(actor, today)
    return plan


def _apply(plan: Plan, actor: audit.Actor) -> None:
    """Close before opening: a unit that moves leaves its code to its successor."""
    for line in plan.boards:
        open_board(code=line.code, name=line.name, valid_from=line.starts, actor=actor)
    units = {(unit.code, unit.valid_from): unit for unit in Unit.objects.all()}
    for closing in plan.closed:
        close_unit(unit=units[closing.key], last_day=closing.last_day, actor=actor)
    _open_by_level(plan, units, actor)
    boards = {board.code: board for board in queries.current_boards()}
    for serving in plan.serving:
        serve_board(
            unit=units[serving.key],
            board=boards[serving.board],
            valid_from=serving.since,
            actor=actor,
        )
    for rename in plan.renamed:
        rename_unit(unit=units[rename.key], name=rename.after, valid_from=rename.since, actor=actor)
    for old, new in plan.successions:
        succeed(predecessor=units[old], successor=units[new], actor=actor)


def _open_by_level(plan: Plan, units: dict[tuple[str, date], Unit], actor: audit.Actor) -> None:
    """Open parents before their children, one round trip per level of the tree."""
    left = list(plan.opened)
    while left:
        ready = [node for node in left if node.parent is None or node.parent in units]
        opened = open_units(
            [
                Opening(
                    node.code,
                    node.name,
                    node.kind,
                    units[node.parent] if node.parent else None,
                    node.starts,
                    node.ends,
                )
                for node in ready
            ],
            actor=actor,
        )
        units.update({(unit.code, unit.valid_from): unit for unit in opened})
        left = [node for node in left if node.key not in units]
