"""Whether a checked file may count as it is, or needs a confirmation first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkoll.core.errors import DomainError
from samkoll.core.text import listing, number
from samkoll.imports import faults
from samkoll.imports.comparison import MonthChange
from samkoll.imports.models import Batch

if TYPE_CHECKING:
    from samkoll.imports.examining import Findings


class FaultyRows(DomainError):
    """Rows have faults, and nobody has confirmed that the others may be imported without them."""


class LargeDrop(DomainError):
    """A month would lose more than ten per cent of its rows, and nobody has confirmed it."""


class NothingAccepted(DomainError):
    """No row of the file is faultless."""


def decide(
    findings: Findings,
    changes: Sequence[MonthChange],
    *,
    accept_partial: bool,
    confirm_drop: bool,
) -> None:
    """Go on only when the file is faultless, or what is odd about it has been confirmed.

    Raises: NothingAccepted, FaultyRows, LargeDrop.
    """
    if not findings.accepted:
        raise NothingAccepted(
            _("Ingen rad i filen är godkänd. %(faults)s") % {"faults": findings.faults.examples()}
        )
    if findings.quarantined and not accept_partial:
        raise FaultyRows(_faulty(findings.quarantined, findings.faults.examples()))
    _check_drops(changes, confirm_drop)


def decide_again(
    batch: Batch, changes: Sequence[MonthChange], *, accept_partial: bool, confirm_drop: bool
) -> None:
    """The same decision from what a preview has written down.

    Raises: FaultyRows, LargeDrop.
    """
    if batch.rows_quarantined and not accept_partial:
        first = " ".join(
            str(faults.RowFault(f.row, f.column, f.kind, f.reason)) for f in batch.faults.all()[:3]
        )
        raise FaultyRows(_faulty(batch.rows_quarantined, first))
    _check_drops(changes, confirm_drop)


def _check_drops(changes: Sequence[MonthChange], confirmed: bool) -> None:
    drops = [change for change in changes if change.is_large_drop]
    if drops and not confirmed:
        raise LargeDrop(_dropped(drops))


def _faulty(count: int, examples: str) -> str:
    return ngettext(
        "%(count)s rad har fel. %(faults)s Rätta filen, eller läs in övriga rader utan den.",
        "%(count)s rader har fel. %(faults)s Rätta filen, eller läs in övriga rader utan dem.",
        count,
    ) % {"count": number(count), "faults": examples}


def _dropped(drops: Sequence[MonthChange]) -> str:
    shown = listing(
        _("%(month)s (från %(old)s till %(new)s)")
        % {
            "month": change.month,
            "old": number(change.old.rows if change.old else 0),
            "new": number(change.new.rows),
        }
        for change in drops[:3]
    )
    more = len(drops) - 3
    rest = ngettext(" och %(count)s månad till", " och %(count)s månader till", more)
    return _(
        "Antalet rader minskar med mer än 10 procent: %(months)s%(rest)s. "
        "Kontrollera filen, eller bekräfta minskningen."
    ) % {"months": shown, "rest": rest % {"count": more} if more > 0 else ""}
