"""Figures in words: with unit, with the change, with the reason when there is none."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from samkoll.core.text import MISSING, PROTECTED, number
from samkoll.stats import metrics
from samkoll.stats import queries as stats
from samkoll.stats.queries import Figure


def with_unit(figure: Figure) -> str:
    """``3,9 %``; the bare sign where there is no value."""
    if figure.value is None:
        return figure.text
    return stats.with_unit(figure.value, metrics.lookup(figure.metric))


def signed(value: Decimal, decimals: int) -> str:
    """``+0,3``, ``−0,3`` or ``0,0``."""
    return f"+{number(value, decimals)}" if value > 0 else number(value, decimals)


def change_text(change: Decimal | None, now: Figure, then: Figure) -> str:
    """The difference of two shown values for a table."""
    if change is not None:
        return signed(change, now.decimals)
    return PROTECTED if "protected" in (now.state, then.state) else MISSING


def change_note(change: Decimal | None, *, points: bool) -> str:
    """The change in a year as a sentence of a card."""
    if change is None:
        return ""
    if change == 0:
        return _("Som för ett år sedan.")
    if points:
        said = _("%(change)s procentenheter på ett år.")
        return said % {"change": signed(change, 1)}
    return _("%(change)s på ett år.") % {"change": signed(change, 0)}


def why(figure: Figure) -> str:
    """Why there is no figure, or what to mind with the one that there is."""
    if figure.state == "protected":
        return _("Gruppen är för liten för att siffran ska visas.")
    if figure.state == "missing":
        return _("Alla månader är inte inlästa.")
    if is_internal(figure):
        return _("Intern siffra: 5–10 personer. Den får inte spridas.")
    return ""


def is_internal(figure: Figure) -> bool:
    """Shown only to those who lead the unit."""
    return figure.size is not None


def more_or_less(gap: Decimal) -> str:
    """``0,3 procentenheter högre``, or lower."""
    said = {"gap": number(abs(gap), 1)}
    if gap > 0:
        return _("%(gap)s procentenheter högre") % said
    return _("%(gap)s procentenheter lägre") % said
