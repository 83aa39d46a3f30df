"""Figures in words: the change, the unit, and the legend of the signs."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samkoll.core.text import MISSING, PROTECTED, number
from samkoll.stats import metrics
from samkoll.stats import queries as stats
from samkoll.stats.queries import Figure
from samkoll.web.tables import Fact


def text(figure: Figure) -> str:
    """As printed; a group that nobody is in says so, because a dash is what is not known."""
    if figure.state == "empty" and figure.value is None:
        return pgettext("figure", "tom")
    return figure.text


def with_unit(figure: Figure) -> str:
    """``3,9 %``; the bare sign where there is no value."""
    if figure.value is None:
        return text(figure)
    return stats.with_unit(figure.value, metrics.lookup(figure.metric))


def signed(value: Decimal, decimals: int) -> str:
    """``+0,3``, ``−0,3`` or ``0,0``."""
    return f"+{number(value, decimals)}" if value > 0 else number(value, decimals)


def change(gap: Decimal | None, now: Figure, then: Figure) -> str:
    """The difference of two shown values for a table."""
    if gap is not None:
        return signed(gap, now.decimals)
    return PROTECTED if "protected" in (now.state, then.state) else MISSING


def points(metric: str) -> str:
    """What a difference of two figures is counted in."""
    known = metrics.lookup(metric)
    return _("procentenheter") if known.terms.unit == "%" else stats.unit_word(known)


def is_internal(figure: Figure) -> bool:
    """Shown only to those who lead the unit."""
    return figure.size is not None


def legend(shown: Iterable[Figure], *, hidden: bool = False) -> tuple[Fact, ...]:
    """What the signs among these figures mean; only those that occur.

    ``hidden``: something else than a figure stands there as protected.
    """
    found = list(shown)
    states = {figure.state for figure in found}
    facts = []
    if hidden or "protected" in states:
        facts.append(
            Fact(PROTECTED, _("Skyddad: gruppen är för liten, eller skyddar en som är det."))
        )
    if "missing" in states:
        reasons = " ".join(sorted({figure.reason for figure in found if figure.reason}))
        facts.append(Fact(MISSING, reasons or _("Underlag saknas.")))
    if any(figure.state == "empty" and figure.value is None for figure in found):
        facts.append(Fact(pgettext("figure", "tom"), _("Ingen ingår i gruppen under perioden.")))
    if zeros := [figure for figure in found if figure.value == 0]:
        said = _("Noll på riktigt: räknat, och det fanns inget.")
        facts.append(Fact(zeros[0].text, said))
    if any(map(is_internal, found)):
        facts.append(
            Fact(
                _("intern"),
                _(
                    "5–10 personer, visas för dig som ansvarig. "
                    "Får inte spridas och följer inte med i filer."
                ),
            )
        )
    return tuple(facts)


def state(figure: Figure) -> str:
    """What a screen reader says after a sign that is no number."""
    if figure.state == "protected":
        return _("skyddad")
    return _("uppgift saknas") if figure.state == "missing" else ""
