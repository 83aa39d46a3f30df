"""The funnel: every group against the whole, by size, so that nobody reads it as a league table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

import numpy as np
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samkoll.core.months import Month
from samkoll.core.text import number, sort_key
from samkoll.stats import metrics
from samkoll.stats import queries as stats
from samkoll.stats.chance.ratio import FEWEST_UNITS, Spread
from samkoll.stats.charts import Dot, Edge, Funnel
from samkoll.stats.engine.hierarchy import Hierarchy, Scope
from samkoll.stats.queries import BoundFacts, Figure
from samkoll.web.page import Words
from samkoll.web.tables import Cell, Fact, Head, Kind, Row, Table

METRICS = ("sick_leave", "sick_leave_short", "sick_leave_long")
LEVELS: dict[str, Words] = {
    "unit": gettext_lazy("Enheter"),
    "department": gettext_lazy("Avdelningar"),
    "administration": gettext_lazy("Förvaltningar"),
    "board": gettext_lazy("Nämnder"),
}
STEPS = 60
"""Sizes along the limits' curves."""
THOUSAND = 100_000
"""Hundredths of an hour in a thousand hours."""
NOTABLE = 0.005
"""Spread beyond chance that is worth a sentence: half a percentage point."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for. An unknown word falls back to the default.

    ``under``: code of the administration whose units are shown, empty for all. ``wide``: limits
    that count in how groups differ beyond chance.
    """

    metric: str
    month: Month
    level: str
    under: str
    wide: bool
    ends: tuple[Month, ...]

    @classmethod
    def of(cls, query: QueryDict, facts: BoundFacts) -> Self | None:
        """None without twelve months of facts."""
        cube = facts.statistics.cube
        pairs = zip(cube.window_ends, cube.complete, strict=True)
        ends = tuple(Month(end) for end, complete in pairs if complete)
        if not ends:
            return None
        months = {str(end): end for end in ends}
        return cls(
            metric=_among(query.get("matt", ""), METRICS),
            month=months.get(query.get("manad", ""), ends[-1]),
            level=_among(query.get("niva", ""), tuple(LEVELS)),
            under=query.get("inom", "").strip().upper(),
            wide=query.get("spridning") == "med",
            ends=ends,
        )


@dataclass(frozen=True, slots=True)
class Page:
    """What the page shows. ``notes``: further sentences, under the first."""

    sentence: str
    notes: tuple[str, ...]
    chart: Funnel
    table: Table
    how: tuple[Fact, ...]


def page(asked: Asked, facts: BoundFacts) -> Page | None:
    """The funnel of one metric, month and level; None when no group may be shown."""
    groups = list(_groups(asked, facts))
    figures = [
        stats.figure(scope, asked.metric, "total", asked.month, facts) for scope, _n, _u in groups
    ]
    found = stats.funnel(figures, facts, wide=asked.wide)
    if found is None:
        return None
    words = {scope: (name, url) for scope, name, url in groups}
    hidden = sum(figure.state == "protected" for figure in figures)
    sentence = _sentence(found)
    return Page(
        sentence=sentence,
        notes=tuple(_notes(asked, found, hidden)),
        chart=_chart(asked, found, words, sentence),
        table=_table(asked, found, words),
        how=_how(asked, found, figures),
    )


def administrations(facts: BoundFacts) -> list[tuple[str, str]]:
    """Code and name of each administration, in Swedish order."""
    units = facts.statistics.cube.hierarchy.units
    found = [(u.code, u.name) for u in units if u.kind == "administration"]
    return sorted(found, key=lambda each: sort_key(each[1]))


def _groups(asked: Asked, facts: BoundFacts) -> Iterable[tuple[Scope, str, str]]:
    """Scope, name and address of every group of the level, by name."""
    hierarchy = facts.statistics.cube.hierarchy
    control = reverse("explore:control")
    if asked.level == "board":
        boards = sorted(hierarchy.boards.items(), key=lambda each: sort_key(each[1]))
        return [(Scope(board=key), name, "") for key, name in boards]
    start, end = _range(hierarchy, asked.under)
    units = [unit for unit in hierarchy.units[start:end] if unit.kind == asked.level]
    more = f"&matt={asked.metric}" if asked.metric != METRICS[0] else ""
    return [
        (Scope(unit.id), unit.name, f"{control}?enhet={unit.code}{more}")
        for unit in sorted(units, key=lambda unit: sort_key(unit.name))
    ]


def _range(hierarchy: Hierarchy, code: str) -> tuple[int, int]:
    """The positions below an administration; of everything where there is none of the code."""
    for unit in hierarchy.units:
        if unit.kind == "administration" and unit.code == code:
            return hierarchy.range_of(Scope(unit.id))
    return 0, len(hierarchy)


def _sentence(found: stats.FunnelOf) -> str:
    placed = found.placed
    above, below = (sum(each.place * sign > 0 for each in placed) for sign in (1, -1))
    said = {"all": len(placed), "within": len(placed) - above - below, "above": above}
    if len(placed) == said["within"]:
        return ngettext(
            "Den enda gruppen som visas ligger inom slumpvariationen.",
            "Alla %(all)s grupper ligger inom slumpvariationen.",
            len(placed),
        ) % {"all": len(placed)}
    return _(
        "Av %(all)s grupper ligger %(within)s inom slumpvariationen, %(above)s över och "
        "%(below)s under."
    ) % {**said, "below": below}


def _notes(asked: Asked, found: stats.FunnelOf, hidden: int) -> Iterable[str]:
    if not asked.wide and (expected := round(len(found.placed) * 0.05)):
        yield ngettext(
            "Av ren slump väntas ungefär %(n)s ligga utanför 95-procentsgränserna.",
            "Av ren slump väntas ungefär %(n)s ligga utanför 95-procentsgränserna.",
            expected,
        ) % {"n": expected}
    if asked.wide:
        yield _(
            "Gränserna räknar in att grupper skiljer sig åt även utan slump: %(points)s "
            "procentenheter (standardavvikelse)."
        ) % {"points": _per_cent(found.between)}
    elif found.between >= NOTABLE:
        yield _(
            "Grupperna skiljer sig mer än slumpen förklarar: därutöver är spridningen %(points)s "
            "procentenheter (standardavvikelse)."
        ) % {"points": _per_cent(found.between)}
    if hidden:
        yield ngettext(
            "%(n)s grupp visas inte: den är för liten, eller skyddar en som är det.",
            "%(n)s grupper visas inte: de är för små, eller skyddar någon som är det.",
            hidden,
        ) % {"n": hidden}


def _chart(
    asked: Asked, found: stats.FunnelOf, words: dict[Scope, tuple[str, str]], alt: str
) -> Funnel:
    dots = tuple(
        Dot(words[each.figure.scope][0], each.hours / THOUSAND, _rate(each.figure), abs(each.place))
        for each in found.placed
    )
    label = stats.label(metrics.lookup(asked.metric))
    return Funnel(
        caption=f"{label}, R12 {asked.month}",
        alt=_("Trattdiagram. %(what)s") % {"what": alt},
        unit="%",
        size_unit=_("Ordinarie arbetstid, tusental timmar"),
        centre=100 * found.spread.rate,
        centre_name=_("Kommunen"),
        dots=dots,
        edges=_edges(found.spread, [each.hours for each in found.placed]),
    )


def _edges(spread: Spread, hours: Sequence[float]) -> tuple[Edge, ...]:
    first, last = min(hours), max(*hours, min(hours) * 1.5)
    rows = []
    for size in np.geomspace(first, last, STEPS).tolist():
        at = spread.limits(min(size, spread.hours))
        limits = (at.low998, at.low95, at.high95, at.high998)
        rows.append(Edge(size / THOUSAND, *(100 * limit for limit in limits)))
    return tuple(rows)


def _table(asked: Asked, found: stats.FunnelOf, words: dict[Scope, tuple[str, str]]) -> Table:
    heads = (
        Head(LEVELS[asked.level]),
        Head(stats.label(metrics.lookup(asked.metric)), Kind.NUMBER),
        Head(_("Ordinarie arbetstid, tusental timmar"), Kind.NUMBER),
        Head(_("Slumpen brukar ge (95 %)"), Kind.NUMBER),
        Head(_("Bedömning")),
    )
    rows = []
    for each in found.placed:
        name, url = words[each.figure.scope]
        low, high = _per_cent(each.limits.low95), _per_cent(each.limits.high95)
        hours = number(Decimal(each.hours) / THOUSAND, 0)
        cells = (Cell(name, url), Cell(each.figure.text), Cell(hours), Cell(f"{low}–{high}"))
        rows.append(Row((*cells, Cell(str(PLACES[each.place])))))
    caption = _("Grupperna i bokstavsordning")
    return Table(caption, heads, tuple(rows))


PLACES: dict[int, Words] = {
    -2: gettext_lazy("Lägre, utanför 99,8 %"),
    -1: gettext_lazy("Lägre än slumpen brukar ge"),
    0: gettext_lazy("Inom slumpvariationen"),
    1: gettext_lazy("Högre än slumpen brukar ge"),
    2: gettext_lazy("Högre, utanför 99,8 %"),
}


def _how(asked: Asked, found: stats.FunnelOf, figures: Sequence[Figure]) -> tuple[Fact, ...]:
    few = _("Räknas inte ut för färre än %(n)s grupper.") % {"n": FEWEST_UNITS}
    beyond = _per_cent(found.between) if len(found.placed) >= FEWEST_UNITS else few
    facts = (
        Fact(_("Måttet"), stats.definition(metrics.lookup(asked.metric))),
        Fact(_("Period"), f"{asked.month - 11} – {asked.month}"),
        Fact(
            _("Gränserna"),
            _(
                "Så långt från kommunens värde kommer en lika stor grupp som är dragen på måfå "
                "bland kommunens anställda. Slumpen räknas per person och inte per timme: en enda "
                "lång sjukskrivning är mycket i en liten grupp."
            ),
        ),
        Fact(_("Spridning utöver slumpen, procentenheter"), beyond),
        Fact(_("Ordningen"), _("Bokstavsordning. Grupper av olika storlek kan inte rangordnas.")),
        Fact(_("Små grupper"), _("Visas inte för tio personer eller färre.")),
        Fact(_("Underlagets kontrollsumma"), ", ".join(s[:12] for s in figures[0].snapshots)),
    )
    return tuple(fact for fact in facts if fact.text)


def _among(word: str, known: Sequence[str]) -> str:
    """The word, or the first of those that exist."""
    return word if word in known else known[0]


def _rate(figure: Figure) -> float:
    return 100 * (figure.numerator or 0) / (figure.denominator or 1)


def _per_cent(share: float) -> str:
    return number(Decimal(repr(100 * share)), 1)
