"""The figures of a unit's page: cards, the units below with the deviating ones first, and how.

Everybody gets published figures. Who leads the unit (``stats:internal`` there) also gets totals of
groups of five to ten persons, on screen only; which ones were read is logged by the page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from samkoll.core.months import Month
from samkoll.core.text import MISSING, number
from samkoll.org.models import Unit
from samkoll.stats import queries as stats
from samkoll.stats.engine.facts import FactSet
from samkoll.stats.engine.hierarchy import Scope
from samkoll.stats.metrics import difference
from samkoll.stats.queries import Figure
from samkoll.web.spark import Spark, spark
from samkoll.web.tables import Fact, State, Tone

SICK, TURNOVER, HOURS, PEOPLE = "sick_leave", "turnover", "extra_hours", "employees"
NEAR = Decimal(1)
"""Percentage points from the municipality that still count as "like the municipality"."""


@dataclass(frozen=True, slots=True)
class Card:
    """One card. ``note`` tells the change, the municipality, or why there is no figure."""

    title: str
    value: str
    note: str
    spark: Spark | None = None


@dataclass(frozen=True, slots=True)
class Deviation:
    """Sick leave of a unit below, and how it stands against the municipality."""

    text: str
    change: str
    state: State | None
    order: Decimal


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """Everything with figures on a unit's page."""

    month: Month
    sentence: str
    cards: tuple[Card, ...]
    how: tuple[Fact, ...]


@dataclass
class Reader:
    """Asks for figures of one month on behalf of one person.

    ``inner``: units whose small groups the person may see. ``read`` collects what was shown only
    because of that, as (unit, metric), for the log.
    """

    facts: FactSet
    month: Month
    inner: frozenset[int]
    top: int
    read: set[tuple[int, str]] = field(default_factory=set)

    def figure(self, unit: int, metric: str, month: Month | None = None) -> Figure:
        """The total as published, else as the unit's own line may see it."""
        when, scope = month or self.month, Scope(unit)
        found = stats.figure(scope, metric, "total", when, self.facts)
        if found.state == "protected" and unit in self.inner:
            closer = stats.figure(scope, metric, "total", when, self.facts, "internal")
            if closer.state == "shown":
                self.read.add((unit, metric))
                return closer
        return found

    def change(self, unit: int, metric: str) -> tuple[Figure, Decimal | None]:
        """The figure, and the difference from a year before."""
        now, then = self.figure(unit, metric), self.figure(unit, metric, self.month - 12)
        return now, difference(now.value, then.value)


def reader_for(unit: Unit, inner: Iterable[int], top: int) -> Reader | None:
    """A reader for the latest month that the unit has lived through; None without facts."""
    facts = stats.current_facts()
    last = Month.containing(unit.valid_to).index if unit.valid_to else max(facts.months, default=0)
    months = [index for index in facts.months if index <= last]
    return Reader(facts, Month(max(months)), frozenset(inner), top) if months else None


def unit_figures(reader: Reader, unit: int) -> UnitFigures:
    """The cards of a unit."""
    sick, change = reader.change(unit, SICK)
    whole = reader.figure(reader.top, SICK)
    return UnitFigures(
        month=reader.month,
        sentence=_sentence(sick, change),
        cards=(
            _sick_card(reader, unit, sick, change, whole),
            _card(reader, unit, TURNOVER, _("Personalomsättning"), points=True),
            _card(reader, unit, HOURS, _("Mertid och övertid")),
            _card(reader, unit, PEOPLE, _("Anställda")),
        ),
        how=_how(sick),
    )


def deviation(reader: Reader, unit: int) -> Deviation:
    """One line of the table of the units below."""
    sick, change = reader.change(unit, SICK)
    whole = reader.figure(reader.top, SICK)
    gap = difference(sick.value, whole.value)
    return Deviation(
        text=_text(sick),
        change=_signed(change, 1) if change is not None else MISSING,
        state=_state(gap),
        order=-gap if gap is not None else Decimal("Infinity"),
    )


def _state(gap: Decimal | None) -> State | None:
    if gap is None:
        return None
    if gap > NEAR:
        return State(_("Högre än kommunen"), Tone.WARNING)
    if gap < -NEAR:
        return State(_("Lägre än kommunen"), Tone.SUCCESS)
    return State(_("Som kommunen"))


def _sick_card(
    reader: Reader, unit: int, sick: Figure, change: Decimal | None, whole: Figure
) -> Card:
    series = [reader.figure(unit, SICK, reader.month - back).value for back in range(12, -1, -1)]
    alt = _("Sjukfrånvaron månad för månad det senaste året, rullande tolv månader.")
    compared = [] if unit == reader.top else [_("Kommunen: %(text)s.") % {"text": _text(whole)}]
    note = " ".join([_change(change, points=True), *compared, _why(sick)]).strip()
    return Card(_("Sjukfrånvaro"), _text(sick), note, spark(series, alt))


def _card(reader: Reader, unit: int, metric: str, title: str, *, points: bool = False) -> Card:
    figure, change = reader.change(unit, metric)
    return Card(title, _text(figure), f"{_change(change, points=points)} {_why(figure)}".strip())


def _text(figure: Figure) -> str:
    if figure.value is None:
        return figure.text
    return f"{figure.text}\u00a0{figure.unit}"


def _signed(value: Decimal, decimals: int) -> str:
    return f"+{number(value, decimals)}" if value > 0 else number(value, decimals)


def _change(change: Decimal | None, *, points: bool) -> str:
    if change is None:
        return ""
    if points:
        said = _("%(change)s procentenheter på ett år.")
        return said % {"change": _signed(change, 1)}
    return _("%(change)s på ett år.") % {"change": _signed(change, 0)}


def _why(figure: Figure) -> str:
    if figure.state == "protected":
        return _("Gruppen är för liten för att siffran ska visas.")
    if figure.state == "missing":
        return _("Alla månader är inte inlästa.")
    if figure.size is not None and figure.size <= 10:
        return _("Intern siffra: 5–10 personer. Den får inte spridas.")
    return ""


def _sentence(sick: Figure, change: Decimal | None) -> str:
    if sick.value is None:
        return _("Det finns ingen sjukfrånvaro att visa för enheten.")
    said = {"value": sick.text, "month": sick.window.last, "change": ""}
    if change is None:
        return _("Sjukfrånvaron var %(value)s procent (R12 %(month)s).") % said
    said["change"] = number(abs(change), 1)
    if change > 0:
        more = _("högre")
    elif change < 0:
        more = _("lägre")
    else:
        return _("Sjukfrånvaron var %(value)s procent (R12 %(month)s), som ett år innan.") % said
    return _(
        "Sjukfrånvaron var %(value)s procent (R12 %(month)s), %(change)s procentenheter "
        "%(more)s än ett år innan."
    ) % {**said, "more": more}


def _how(sick: Figure) -> tuple[Fact, ...]:
    facts = [
        Fact(_("Mått"), _("Sjukfrånvarons timmar som andel av ordinarie arbetstid")),
        Fact(_("Period"), f"{sick.window.first} – {sick.window.last}"),
        Fact(_("Små grupper"), _("Visas inte för tio personer eller färre.")),
    ]
    if sick.numerator is not None and sick.denominator is not None:
        facts[2:2] = [
            Fact(_("Sjuktimmar"), number(Decimal(sick.numerator) / 100, 0)),
            Fact(_("Ordinarie timmar"), number(Decimal(sick.denominator) / 100, 0)),
        ]
    return (*facts, Fact(_("Underlag"), ", ".join(sha[:12] for sha in sick.snapshots)))
