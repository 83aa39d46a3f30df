"""One group month by month: is the latest year like the months before it?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samkoll.core.months import Month
from samkoll.core.text import listing, number
from samkoll.explore import forecast as forecasting
from samkoll.explore.exploring_place import Place
from samkoll.stats import metrics
from samkoll.stats import queries as stats
from samkoll.stats.chance.control import (
    FEWEST,
    RUN,
    TESTED,
    Control,
    Signal,
    control,
)
from samkoll.stats.chance.season import Monthly, factors
from samkoll.stats.charts import ControlChart, Point
from samkoll.stats.engine.hierarchy import Scope
from samkoll.stats.queries import BoundFacts
from samkoll.web.page import Words
from samkoll.web.tables import Cell, Fact, Head, Kind, Row, Table

SHOWN = 60
"""Months in the picture and the table, the latest."""


@dataclass(frozen=True, slots=True)
class Page:
    """What the page shows. ``notes``: the year against the one before, and against the whole."""

    sentence: str
    notes: tuple[str, ...]
    chart: ControlChart
    table: Table
    how: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no chart."""

    sentence: str


def page(place: Place, metric: str, facts: BoundFacts) -> Page | Refusal:
    """The control chart of a unit, board or both, with published months only."""
    left_out = forecasting.months_of(forecasting.periods())
    rates = _rates(place.scope, metric, facts)
    pattern = _pattern(place, metric, facts, left_out)
    if not rates:
        return Refusal(_("Gruppens månader visas inte: den är för liten, eller underlag saknas."))
    if pattern is None:
        return Refusal(
            _("Årstidens mönster kräver minst %(n)s månader med underlag för förvaltningen eller "
              "kommunen, utöver de extraordinära.") % {"n": FEWEST}
        )  # fmt: skip
    where, season = pattern
    found = control(rates, season, left_out)
    if found is None:
        said = _("Ett styrdiagram kräver minst %(n)s månader som får visas. Här finns %(there)s.")
        return Refusal(said % {"n": FEWEST, "there": len(set(rates) - left_out)})
    sentence = _sentence(found)
    return Page(
        sentence=sentence,
        notes=tuple(_notes(place, metric, facts, max(rates), found)),
        chart=_chart(metric, found, sentence),
        table=_table(rates, found, left_out),
        how=_how(where, found),
    )


def _rates(scope: Scope, metric: str, facts: BoundFacts) -> Monthly:
    months = stats.monthly(scope, metrics.lookup(metric), facts)
    return {month: above / below for month, (above, below) in months.items() if below}


def _pattern(
    place: Place, metric: str, facts: BoundFacts, left_out: frozenset[int]
) -> tuple[str, tuple[float, ...]] | None:
    """The season of the group itself where it is large, else of the nearest above that is: small
    groups have too much chance in them to have a season of their own."""
    hierarchy = facts.statistics.cube.hierarchy
    scopes = [(place.scope, place.name)] if place.has_groups else []
    position = hierarchy.range_of(Scope(place.unit.pk))[0]
    while position >= 0:
        unit = hierarchy.units[position]
        if unit.kind in ("administration", "municipality"):
            scopes.append((Scope(unit.id), unit.name))
        position = hierarchy.parent[position]
    for scope, name in scopes:
        found = factors(_rates(scope, metric, facts), left_out)
        if found:
            return name, found
    return None


def _sentence(found: Control) -> str:
    latest = sorted(found.values)[-TESTED:]
    signals = [signal for signal in found.signals if signal.month in latest]
    outside = [each for each in signals if each.reason == "outside"]
    row = [each for each in signals if each.reason == "run"]
    said = []
    if outside:
        words = ngettext(
            "%(n)s av de senaste tolv månaderna ligger utanför gränserna: %(which)s.",
            "%(n)s av de senaste tolv månaderna ligger utanför gränserna: %(which)s.",
            len(outside),
        )
        which = listing(f"{Month(each.month)} ({_reason(each)})" for each in outside)
        said.append(words % {"n": len(outside), "which": which})
    if row:
        words = (
            _("Minst åtta månader i rad till och med %(month)s ligger över medelvärdet.")
            if row[-1].above
            else _("Minst åtta månader i rad till och med %(month)s ligger under medelvärdet.")
        )
        said.append(words % {"month": Month(row[-1].month)})
    return " ".join(said) or _(
        "De senaste tolv månaderna ligger inom slumpvariationen jämfört med månaderna innan."
    )


def _notes(
    place: Place, metric: str, facts: BoundFacts, last: int, found: Control
) -> Iterable[str]:
    """In words: the year against the year before, and against the whole municipality."""
    compared = stats.comparison(place.scope, metric, "total", Month(last), facts)
    change = stats.against_last_year(compared, facts)
    row = any(each.reason == "run" and each.month > last - TESTED for each in found.signals)
    if row and not (change and change.certain):
        yield _(
            "Många månader i rad kan ändå vara slump: i en liten grupp räcker det med en enda lång "
            "sjukskrivning. Förändringen på ett år, räknad per person, avgör."
        )
    if change:
        yield change.sentence
    whole = None if place.is_whole else stats.against_whole(compared.current, facts)
    if whole:
        yield whole.sentence


def _reason(signal: Signal) -> str:
    return str(REASONS[signal.reason, signal.above])


REASONS: dict[tuple[str, bool], Words] = {
    ("outside", True): gettext_lazy("över övre gränsen"),
    ("outside", False): gettext_lazy("under undre gränsen"),
    ("run", True): gettext_lazy("minst åtta i rad över medelvärdet"),
    ("run", False): gettext_lazy("minst åtta i rad under medelvärdet"),
}


def _chart(metric: str, found: Control, sentence: str) -> ControlChart:
    label = stats.label(metrics.lookup(metric))
    months = sorted(found.values)
    every = range(max(months[0], months[-1] - SHOWN + 1), months[-1] + 1)
    return ControlChart(
        caption=_("%(metric)s månad för månad, utan årstidens mönster") % {"metric": label},
        alt=_("Styrdiagram. %(what)s") % {"what": sentence},
        unit="%",
        points=tuple(Point(str(Month(m)), _shown(found.values.get(m))) for m in every),
        signals=frozenset(str(Month(signal.month)) for signal in found.signals),
        centre=100 * found.centre,
        low=100 * found.low,
        high=100 * found.high,
        names=(_("medel"), _("övre gräns"), _("undre gräns")),
    )


def _table(rates: Monthly, found: Control, left_out: frozenset[int]) -> Table:
    heads = (
        Head(_("Månad")),
        Head(_("Som det var, procent"), Kind.NUMBER),
        Head(_("Utan årstidens mönster, procent"), Kind.NUMBER),
        Head(_("Bedömning")),
    )
    signals = {signal.month: signal for signal in found.signals}
    rows = []
    for month in sorted(rates, reverse=True)[:SHOWN]:
        judged = _reason(signals[month]) if month in signals else _("inom slumpvariationen")
        words = _("extraordinär tid, bedöms inte") if month in left_out else judged
        cells = (
            Cell(str(Month(month))),
            Cell(_per_cent(rates[month])),
            Cell(_per_cent(found.values[month])),
            Cell(words),
        )
        rows.append(Row(cells))
    return Table(_("Månad för månad"), heads, tuple(rows))


def _how(where: str, found: Control) -> tuple[Fact, ...]:
    first, last = Month(found.base[0]), Month(found.base[-1])
    return (
        Fact(
            _("Utan årstidens mönster"),
            _("Varje månad är delad med sitt vanliga förhållande till året i %(where)s.")
            % {"where": where},
        ),
        Fact(
            _("Gränserna"),
            _(
                "Medelvärdet plus och minus tre standardavvikelser för %(n)s månader, %(first)s – "
                "%(last)s. De senaste tolv månaderna är inte med: det är de som prövas."
            )
            % {"n": len(found.base), "first": first, "last": last},
        ),
        Fact(
            _("När en månad avviker"),
            _("Den ligger utanför gränserna, eller är minst den %(n)s:e i rad på samma sida om "
              "medelvärdet.") % {"n": RUN},
        ),
        Fact(
            _("Varför inte rullande tolv månader"),
            _("Två R12 efter varandra delar elva månader. De rör sig långsamt upp och ner även när "
              "bara slumpen råder, så reglerna skulle larma hela tiden."),
        ),
        Fact(
            _("Lämnas utanför"),
            "; ".join(str(each) for each in forecasting.periods()) or _("Inget"),
        ),
    )  # fmt: skip


def _shown(share: float | None) -> Decimal | None:
    return None if share is None else Decimal(str(round(100 * share, 4)))


def _per_cent(share: float) -> str:
    return number(Decimal(repr(100 * share)), 1)
