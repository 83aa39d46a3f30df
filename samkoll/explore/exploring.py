"""The exploring page: one place, one metric or set of them, broken down and over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Self

from django.db import transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from markupsafe import Markup

from samkoll.accounts.models import User
from samkoll.audit import services as audit
from samkoll.core.months import Month
from samkoll.explore import certificate, exploring_towns, windows
from samkoll.explore import exploring_chart as charts
from samkoll.explore import exploring_lines as breaking
from samkoll.explore import exploring_place as places
from samkoll.explore import exploring_tables as tables
from samkoll.explore.exploring_address import BOARD, UNIT, Address
from samkoll.explore.exploring_lines import Line
from samkoll.explore.exploring_place import Place
from samkoll.explore.exploring_reader import Reader, Whose
from samkoll.explore.exploring_towns import Towns
from samkoll.explore.measures import SETS, metrics_of, unit_word
from samkoll.org import queries as org
from samkoll.org.models import UnitKind
from samkoll.stats import metrics
from samkoll.stats import queries as stats
from samkoll.stats.charts import Chart, inline
from samkoll.stats.engine.hierarchy import Scope
from samkoll.stats.queries import BoundFacts
from samkoll.web.lists import Chip, Filter
from samkoll.web.page import Crumb
from samkoll.web.tables import Fact, Table

PAGE_KEY = "statistics"
"""The page's name among saved views."""


@dataclass
class Exploration:
    """What an address shows: the page, its files and its pictures are parts of it."""

    address: Address
    place: Place
    reader: Reader
    top: Scope

    @classmethod
    def of(cls, address: Address, place: Place, facts: BoundFacts, top: int) -> Self:
        """With published figures. Raises: NoFigures, NotAMonth."""
        asked = Month.parse(address.month) if address.month else None
        until = place.unit.valid_to
        last = Month.containing(until) if until else None
        frame = frame_of(address)
        of_law = address.what in SETS and SETS[address.what].statutory
        by = address.by if address.by in breaking.possible(place) and not of_law else ""
        reader = Reader.of(facts, frame, asked, last)
        return cls(address.with_(by=by, order=address.order), place, reader, Scope(top))

    def let_in(self, user: User, today: date) -> None:
        """Show the person totals of small groups of the units that they lead."""
        below = places.children(self.reader.hierarchy, self.place.unit.pk)
        shown = [self.place.unit.pk, *(pk for pk, _code, _name in below)]
        led = org.units_with(user, "stats:internal", today).filter(pk__in=shown)
        self.reader.inner = frozenset(led.values_list("pk", flat=True))

    @cached_property
    def measures(self) -> tuple[str, ...]:
        """The metrics that are shown beside each other."""
        of_set = SETS.get(self.address.what)
        return of_set.metrics if of_set else (self.address.what,)

    @property
    def is_statutory(self) -> bool:
        """Whether the lines are the figures of the law."""
        of_set = SETS.get(self.address.what)
        return of_set is not None and of_set.statutory

    @cached_property
    def label(self) -> str:
        """The metric or set by name."""
        of_set = SETS.get(self.address.what)
        return str(of_set.label) if of_set else stats.title(metrics.lookup(self.address.what))

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The place's own line and those of the breakdown that somebody is in."""
        if self.is_statutory:
            return breaking.statutory(self.place, self.reader, self.top)
        found = breaking.lines(self.place, self.address.by, self.reader, self.top)
        there = (line for line in found[1:] if self._is_there(line))
        return (found[0], *there)

    def _is_there(self, line: Line) -> bool:
        metric = line.metric or self.measures[0]
        return self.reader.figure(line.whose, metric).state != "empty"

    @property
    def filler(self) -> tables.Filler:
        """Makes the cells of the tables."""
        return tables.Filler(self.reader, self.page_of, self.drill, self.towns)

    @cached_property
    def towns(self) -> Towns | None:
        """What other municipalities publish, where that is asked for."""
        if self.address.against != "kommuner" or len(self.measures) > 1:
            return None
        return exploring_towns.beside(self.measures[0], self.reader.month)

    def page_of(self, whose: Whose, metric: str, month: Month) -> str:
        """The address of a figure's birth certificate."""
        place = self._codes(whose.scope)
        return f"{self._page}?{certificate.query(place, whose, metric, self.reader.frame, month)}"

    @cached_property
    def _page(self) -> str:
        return reverse("explore:figure")

    def _codes(self, scope: Scope) -> dict[str, str]:
        """The unit and board of a scope as an address names them."""
        codes = {}
        if scope.unit is not None and scope != self.top:
            hierarchy = self.reader.hierarchy
            codes[UNIT] = hierarchy.units[hierarchy.position[scope.unit]].code
        if scope.board is not None:
            codes[BOARD] = self.place.boards[scope.board][0]
        return codes

    def drill(self, line: Line) -> str:
        """The same page about the unit or board of a line."""
        if not (line.unit or line.board):
            return ""
        return self.address.with_(unit=line.unit, board=line.board, by="").url()

    @cached_property
    def table(self) -> Table:
        """The breakdown at one time."""
        return self.breakdown()

    def breakdown(self, *, alone: bool = False) -> Table:
        """The breakdown at one time; ``alone``: as a file, whose heads say everything."""
        asked = tables.Asked(
            lines=self.lines,
            metrics=self.measures,
            against=self.address.against,
            head=_("Nyckeltal") if self.is_statutory else breaking.head(self.address.by),
            caption=self.caption,
            orders=self._orders,
            alone=alone,
        )
        order = QueryDict(self.address.url().removeprefix("?"))
        return tables.breakdown(asked, self.filler, order)

    @property
    def _orders(self) -> tables.Orders:
        """What the lines may be put in order of. Small units only by name: the order of their
        figures would be a league table of chance."""
        if self.is_statutory or len(self.lines) <= 2:
            return ""
        return "names" if self.of_small_units else "figures"

    @property
    def of_small_units(self) -> bool:
        """Whether the lines are units so small that chance would put them in order."""
        return self.address.by == "enheter" and self.place.unit.kind != UnitKind.MUNICIPALITY

    @property
    def caption(self) -> str:
        """What the table and the picture of the breakdown show."""
        units = list(dict.fromkeys(map(unit_word, self.measures)))
        return ", ".join((self.label, self.place.name, *(units if len(units) == 1 else ())))

    @property
    def main(self) -> tuple[str, ...]:
        """The metrics that the sentence and the curves are about."""
        of_set = SETS.get(self.address.what)
        return of_set.lines if of_set else self.measures

    @property
    def sentence(self) -> str:
        """The main thing: the place's own figure."""
        return charts.sentence(self.lines[0], self.main[0], self.place.name, self.reader)

    @cached_property
    def curves(self) -> tuple[tables.Curve, ...]:
        """The lines over time."""
        lines = breaking.by_sex(self.lines) if self.is_statutory else self.lines
        return charts.curves(lines, self.main, self.address)

    @cached_property
    def over_time(self) -> Table:
        """The table behind the chart."""
        return tables.over_time(self.curves, self.filler, self.caption_over_time)

    @property
    def caption_over_time(self) -> str:
        """What the chart shows."""
        frame = str(windows.FRAMES[self.reader.frame]).lower()
        unit = unit_word(self.curves[0].metric)
        return ", ".join((self.label, self.place.name, frame, unit))

    @cached_property
    def chart(self) -> Chart | None:
        """The curves as a picture."""
        return charts.chart(self.curves, self.reader, self.caption_over_time)

    @cached_property
    def bars(self) -> Chart | None:
        """The breakdown as a picture: not of small units, nor of several metrics at once."""
        if self.of_small_units or len(self.measures) > 1 or not self.address.by:
            return None
        return charts.bars(self.lines[1:], self.measures[0], self.reader, self.caption)

    @cached_property
    def how(self) -> tuple[Fact, ...]:
        """How the figures are computed."""
        window = windows.window_of(self.reader.frame, self.reader.month)
        months = [month.index for month in window]
        found = metrics_of(self.measures)
        convention = ""
        if any(metric.key.startswith("sick_leave") for metric in found):
            convention = stats.convention_words(self.reader.facts, months)
        facts = (
            *(Fact(stats.title(metric), stats.definition(metric)) for metric in found),
            Fact(_("Period"), f"{window.first} – {window.last}"),
            Fact(_("Kort och lång sjukfrånvaro"), convention),
            Fact(_("Små grupper"), _("Visas inte för tio personer eller färre.")),
            Fact(_("Andra kommuner"), self._about_towns()),
            Fact(_("Underlagets kontrollsumma"), ", ".join(self._hashes(months))),
        )
        return tuple(fact for fact in facts if fact.text)

    def _about_towns(self) -> str:
        if self.address.against != "kommuner":
            return ""
        if self.towns is None:
            return _("Inga jämförbara siffror är inlästa från Kolada för det här måttet.")
        return _(
            "Kolada, nyckeltal %(kpi)s, kalenderåret %(year)d: medianen av dem som har ett värde."
        ) % {
            "kpi": self.towns.kpi,
            "year": self.towns.year,
        }

    def _hashes(self, months: list[int]) -> Sequence[str]:
        return [sha[:12] for sha in self.reader.facts.hashes_of(months)]

    @property
    def file_name(self) -> str:
        """The name of its files, without what tells the parts apart."""
        parts = ("statistik", self.address.what, self.place.code, self.address.by)
        return "-".join(filter(None, (*parts, str(self.reader.month)))).lower()


def ask(address: Address) -> Exploration | None:
    """What the address asks for, with the shortest words for it; None before there are facts.

    Raises: UnknownPlace, NoFigures, NotAMonth.
    """
    facts = stats.current_facts()
    if not facts.months:
        return None
    place = places.find(address.unit, address.board)
    top = place.unit.pk if place.unit.parent_id is None else org.municipality().pk
    unit = "" if place.unit.parent_id is None else place.unit.code
    board = place.board.code if place.board else ""
    named = address.with_(unit=unit, board=board, order=address.order)
    return Exploration.of(named, place, facts, top)


def frame_of(address: Address) -> windows.Frame:
    """The frame that is asked for, unless the metric has a window of its own."""
    if address.what in SETS or metrics.lookup(address.what).terms.kind == "additive":
        return address.frame
    terms = metrics.lookup(address.what).terms
    if terms.window == "year":
        return "ar"
    return "manad" if terms.months == 1 else "r12"


@dataclass(frozen=True, slots=True)
class Shown:
    """The page's regions: sentence, pictures, tables, what the signs mean, how it is computed.

    ``above``: the same page about the units above. ``by_chance``: the lines are groups so small
    that chance alone sets them apart. ``has_groups``: figures by sex, age and the like exist.
    """

    sentence: str
    table: Table
    bars: Markup
    bars_alt: str
    curves: Markup
    curves_alt: str
    over_time: Table
    legend: tuple[Fact, ...]
    how: tuple[Fact, ...]
    bys: tuple[Filter, ...]
    above: tuple[Crumb, ...]
    by_chance: bool
    has_groups: bool


@transaction.atomic
def shown(asked: Exploration, user: User, today: date) -> Shown:
    """Everything on the page, and log which internal figures it shows."""
    asked.let_in(user, today)
    bars, curves = asked.bars, asked.chart
    page = Shown(
        sentence=asked.sentence,
        table=asked.table,
        bars=inline(bars) if bars else Markup(),
        bars_alt=bars.alt if bars else "",
        curves=inline(curves) if curves else Markup(),
        curves_alt=curves.alt if curves else "",
        over_time=asked.over_time,
        legend=asked.reader.legend(),
        how=asked.how,
        bys=() if asked.is_statutory else (by_filter(asked),),
        above=above(asked),
        has_groups=asked.place.has_groups,
        by_chance=asked.of_small_units or asked.address.by == "personalgrupp",
    )
    if asked.reader.read:
        read = sorted(f"{unit} {metric}" for unit, metric in asked.reader.read)
        month = str(asked.reader.month)
        audit.read("figures.internal", user, asked.place.unit, month=month, metrics=read)
    return page


def by_filter(asked: Exploration) -> Filter:
    """The breakdowns as chips."""
    chips = (
        Chip(breaking.BYS[by], asked.address.with_(by=by).url(), by == asked.address.by)
        for by in breaking.possible(asked.place)
    )
    return Filter(_("Dela upp"), tuple(chips))


def above(asked: Exploration) -> tuple[Crumb, ...]:
    """The same page about each unit above, the municipality first; above a board that too."""
    hierarchy, unit = asked.reader.hierarchy, asked.place.unit
    found: list[Crumb] = []
    position = hierarchy.position[unit.pk]
    if asked.place.board is None or unit.parent_id is not None:
        position = hierarchy.parent[position]
    while position >= 0:
        node = hierarchy.units[position]
        code = "" if node.parent is None else node.code
        found.insert(0, Crumb(node.name, asked.address.with_(unit=code, board="").url()))
        position = hierarchy.parent[position]
    return tuple(found)
