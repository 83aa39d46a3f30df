"""Loading: which facts, joined with which organisation, kept in memory while both stay the same."""

from __future__ import annotations

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.utils.translation import gettext as _

from samkoll.core.errors import DomainError
from samkoll.core.months import Month
from samkoll.org.models import Board, BoardUnit, Unit
from samkoll.stats import parameters
from samkoll.stats.engine.breakdown import Breakdown, Dimension
from samkoll.stats.engine.cells import leaf_cells
from samkoll.stats.engine.cube import POPULATIONS, Cube, Sex
from samkoll.stats.engine.disclosure import Protection, State, protect
from samkoll.stats.engine.distinct import Limits
from samkoll.stats.engine.facts import Convention, FactFile, FactSet
from samkoll.stats.engine.hierarchy import BoardSpan, Hierarchy, Scope, UnitNode
from samkoll.stats.engine.people import People
from samkoll.stats.engine.person_cells import person_cells
from samkoll.stats.engine.sharing import GroupProtection, share_out
from samkoll.stats.memory import give_back
from samkoll.stats.models import MonthVersion, Snapshot
from samkoll.stats.sums import Parameters

KEPT_CUBES = 3


class FactsGone(DomainError):
    """A pinned snapshot is not on this server."""


@dataclass(frozen=True)
class BoundFacts(FactSet):
    """Facts together with the organisation as it was recorded when a figure was first asked for.

    Ask for many figures of one of these: the database is asked once.
    """

    @cached_property
    def statistics(self) -> Statistics:
        """The cube of these facts, and what of it may be shown."""
        return statistics_for(self)

    @cached_property
    def parameters(self) -> Parameters:
        """The limits and costs that the municipality keeps, as they are now."""
        return parameters.current()


class Statistics:
    """The cube of a set of facts and an organisation, and the decisions on what may be shown."""

    def __init__(self, facts: FactSet, hierarchy: Hierarchy) -> None:
        self.cube = Cube(leaf_cells(facts), hierarchy, facts.months)
        give_back()
        self._facts = facts
        self._people: tuple[Limits, People] | None = None
        self._protections: dict[str, Protection] = {}
        self._lock, self._counting = threading.Lock(), threading.Lock()
        self._breakdowns: dict[Dimension, Breakdown] = {}
        self._shares: dict[tuple[Dimension, str], GroupProtection] = {}
        self._grouping = threading.Lock()

    def protection(self, population: str) -> Protection:
        """The decisions for a population, made when first asked for."""
        with self._lock:
            if population not in self._protections:
                self._protections[population] = protect(self.cube, population)
            return self._protections[population]

    def breakdown(self, dimension: Dimension) -> Breakdown:
        """The facts by one thing more, read when first asked for: at most one of each kind."""
        with self._grouping:
            if dimension not in self._breakdowns:
                found = Breakdown(self._facts, self.cube.hierarchy, dimension)
                self._breakdowns[dimension] = found
                give_back()
            return self._breakdowns[dimension]

    def shares(self, dimension: Dimension, population: str) -> GroupProtection:
        """What of a breakdown may be shown, decided when first asked for."""
        breakdown, base = self.breakdown(dimension), self.protection(population)
        with self._grouping:
            key = dimension, population
            if key not in self._shares:
                self._shares[key] = share_out(breakdown, self.cube, base, population)
                give_back()
            return self._shares[key]

    @property
    def top(self) -> Scope:
        """The whole municipality."""
        return Scope(unit=self.cube.hierarchy.units[0].id)

    def state(self, population: str, scope: Scope, sex: Sex, last: int) -> State:
        """May the windows that end in the month be published, as far as the group goes?

        Groups other than those of the base measures are persons counted over the window.
        """
        if population in POPULATIONS:
            return self.protection(population).state(scope, sex, last)
        return self.people().protection(population).state(scope, sex, last)

    def people(self, limits: Limits | None = None) -> People:
        """The counts of persons, made when first asked for; the last ones are kept.

        ``limits`` None: where none matter, so any will do.
        """
        with self._counting:
            if self._people is None or limits not in (None, self._people[0]):
                wanted = limits or Limits()
                found = person_cells(self._facts, wanted)
                self._people = wanted, People(found, self.cube.hierarchy, self.cube.months)
                give_back()
            return self._people[1]


def current_facts(source: str = "payroll") -> BoundFacts:
    """The facts that are current for a source, for pinning and for pages."""
    rows = MonthVersion.objects.current().filter(source=source).select_related("snapshot")
    months: dict[Snapshot, list[int]] = defaultdict(list)
    for row in rows.order_by("month"):
        months[row.snapshot].append(row.month)
    return BoundFacts(tuple(_fact_file(snapshot, found) for snapshot, found in months.items()))


def facts_from_refs(refs: Iterable[Mapping[str, Any]]) -> BoundFacts:
    """The facts that were pinned as ``FactSet.refs()``. Raises: FactsGone."""
    wanted = {str(ref["sha256"]): ref["months"] for ref in refs}
    known = {s.sha256: s for s in Snapshot.objects.filter(sha256__in=wanted)}
    if missing := sorted(set(wanted) - set(known)):
        raise FactsGone(
            _("Underlaget %(hash)s finns inte kvar. Återställ det från säkerhetskopian.")
            % {"hash": missing[0][:12]}
        )
    return BoundFacts(tuple(_fact_file(known[sha], months) for sha, months in wanted.items()))


def _fact_file(snapshot: Snapshot, months: Iterable[int]) -> FactFile:
    path = Path(settings.FACTS) / f"{snapshot.sha256}.parquet"
    if not path.exists():
        raise FactsGone(
            _("Underlaget %(hash)s saknas på disken. Återställ det från säkerhetskopian.")
            % {"hash": snapshot.sha256[:12]}
        )
    convention = cast(Convention, snapshot.convention)
    knows = frozenset(snapshot.knows)
    return FactFile(path, snapshot.sha256, tuple(months), convention, knows)


def parameters_of(facts: FactSet) -> Parameters:
    """The limits and costs as they are kept now; asked for once of bound facts."""
    return facts.parameters if isinstance(facts, BoundFacts) else parameters.current()


_loaded: OrderedDict[tuple[str, int], Statistics] = OrderedDict()
_loading = threading.Lock()


def statistics_for(facts: FactSet) -> Statistics:
    """The cube of these facts and of the organisation as it is recorded now, kept in memory."""
    units = list(Unit.objects.order_by("pk").values_list("pk", "parent", "kind", "code", "name"))
    boards = list(Board.objects.order_by("pk").values_list("pk", "name"))
    spans = list(
        BoardUnit.objects.order_by("pk").values_list("unit", "board", "valid_from", "valid_to")
    )
    key = facts.key, hash((tuple(units), tuple(boards), tuple(spans)))
    with _loading:
        if key not in _loaded:
            nodes = [UnitNode(*row) for row in units]
            hierarchy = Hierarchy(nodes, dict(boards), [_span(*row) for row in spans])
            _loaded[key] = Statistics(facts, hierarchy)
            while len(_loaded) > KEPT_CUBES:
                _loaded.popitem(last=False)
        _loaded.move_to_end(key)
        return _loaded[key]


def cube_for(facts: FactSet) -> Cube:
    """The cube alone, for pages that show many units at once."""
    return statistics_for(facts).cube


def _span(unit: int, board: int, first: date, last: date | None) -> BoardSpan:
    """A board counts for a month when it serves the unit on the month's first day."""
    start = Month.containing(first).index + (first.day > 1)
    return BoardSpan(unit, board, start, Month.containing(last).index if last else 1_000_000)
