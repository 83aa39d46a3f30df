"""The table of control totals on the page of an import, for each kind of file."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samkoll.core.months import Month
from samkoll.core.text import MISSING, listing, number
from samkoll.imports.comparison import MonthChange
from samkoll.imports.models import Batch, BatchState
from samkoll.imports.totals import Totals
from samkoll.web.tables import Cell, Head, Kind, Row, State, Table, Tone

LABELS: Final = {
    "rows": gettext_lazy("Rader"),
    "persons": gettext_lazy("Personer"),
    "permanent": gettext_lazy("Tillsvidareanställda"),
    "departures": gettext_lazy("Avgångar"),
    "ordinary": gettext_lazy("Ordinarie timmar"),
    "sick": gettext_lazy("Sjuktimmar"),
    "sick_short": gettext_lazy("Korta sjuktimmar"),
    "sick_long": gettext_lazy("Långa sjuktimmar"),
    "additional": gettext_lazy("Mertid"),
    "overtime": gettext_lazy("Övertid"),
    "sick_posts": gettext_lazy("Sjukposter"),
    "sick_days": gettext_lazy("Sjukdagar"),
    "open": gettext_lazy("Utan slut"),
    "hours": gettext_lazy("Timmar"),
    "employments": gettext_lazy("Anställningar"),
    "external": gettext_lazy("Avgångar"),
}
_SHOWN: Final = {
    "months": ("rows", "persons", "ordinary", "sick"),
    "absence": ("rows", "persons", "sick_posts", "sick_days", "hours"),
    "employment": ("rows", "persons", "employments", "open"),
    "time": ("rows", "persons", "ordinary", "additional", "overtime"),
    "departure": ("rows", "persons", "external"),
}
_HOURS: Final = frozenset({"ordinary", "sick", "additional", "overtime", "hours"})


def table(batch: Batch, changes: Sequence[MonthChange]) -> Table | None:
    """Each month's totals, with those that it is compared with below."""
    if not changes:
        return None
    beside = _("i dag") if batch.state == BatchState.PREVIEWED else _("före")
    names = [
        name
        for name in _SHOWN[batch.profile.kind]
        if name != "hours" or any(change.new.sums.get(name) for change in changes)
    ]
    heads = (
        Head(_("Månad")),
        Head(_("Jämförelse"), Kind.STATE),
        *(Head(str(LABELS[name]), Kind.NUMBER) for name in names),
    )
    today = Month.containing(batch.created_at.date())
    return Table(
        _("Kontrollsummor per månad, med det som gällde tidigare under"),
        heads,
        tuple(_row(change, names, beside, today) for change in changes),
        caption_hidden=True,
    )


def oddities(changes: Sequence[MonthChange]) -> str:
    """What moved oddly, as one sentence; empty when nothing did."""
    found = [change for change in changes if change.odd]
    if not found:
        return ""
    names = dict.fromkeys(str(LABELS[name]).lower() for change in found for name in change.odd)
    return ngettext(
        "%(months)s rör sig mer än väntat (%(what)s). Kontrollera att filen är hel.",
        "%(count)s månader rör sig mer än väntat (%(what)s). Kontrollera att filen är hel.",
        len(found),
    ) % {"months": _named(found[0]), "count": number(len(found)), "what": listing(names)}


def _row(change: MonthChange, names: Sequence[str], beside: str, today: Month) -> Row:
    old = change.old
    return Row(
        (
            Cell(
                _named(change), note=_("månaden är inte slut") if _unfinished(change, today) else ""
            ),
            Cell("", state=_verdict(change)),
            *(
                Cell(
                    _figure(change.new, name), note=f"{beside} {_figure(old, name)}" if old else ""
                )
                for name in names
            ),
        )
    )


def _unfinished(change: MonthChange, today: Month) -> bool:
    return not change.is_whole_file and change.month >= today


def _named(change: MonthChange) -> str:
    return _("Hela filen") if change.is_whole_file else str(change.month)


def _figure(totals: Totals | None, name: str) -> str:
    if totals is None:
        return MISSING
    own = {"rows": totals.rows, "persons": totals.persons, "sick": totals.sick, **totals.sums}
    value = Decimal(own.get(name, 0))
    return number(value / 100 if name in _HOURS else value)


def _verdict(change: MonthChange) -> State:
    if change.is_large_drop:
        return State(_("stor minskning"), Tone.WARNING)
    if change.odd:
        return State(_("ovanlig ändring"), Tone.WARNING)
    if change.old is None:
        return State(_("ny fil") if change.is_whole_file else _("ny månad"), Tone.INFO)
    return State(_("oförändrad") if change.is_same else _("ändrad"), Tone.NEUTRAL)
