"""Figures: one definition, from pinned facts, with everything that its birth certificate needs."""

from __future__ import annotations

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, cast

from django.conf import settings
from django.utils.translation import gettext as _

from samkoll.core.errors import DomainError
from samkoll.core.months import Month, Window
from samkoll.core.text import MISSING, PROTECTED, nearest, number
from samkoll.org.models import Board, BoardUnit, Unit
from samkoll.stats import metrics
from samkoll.stats.engine.cells import leaf_cells
from samkoll.stats.engine.cube import CellSums, Cube, Sex
from samkoll.stats.engine.disclosure import Protection, internal, protect
from samkoll.stats.engine.facts import Convention, FactFile, FactSet
from samkoll.stats.engine.hierarchy import BoardSpan, Hierarchy, Scope, UnitNode
from samkoll.stats.metrics import Metric
from samkoll.stats.models import MonthVersion, Snapshot

Audience = Literal["published", "internal"]
State = Literal["shown", "protected", "missing", "empty"]
KEPT_CUBES = 3


class FactsGone(DomainError):
    """A pinned snapshot is not on this server."""


class UnknownUnit(DomainError):
    """No unit has that code or name."""


class UnknownBoard(DomainError):
    """No board has that name or code."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure and where it comes from.

    ``value`` is rounded as printed; ``numerator`` and ``denominator`` are the exact sums in the
    measures' own units (hundredths of an hour, person-months). All three are None unless the
    state is shown or empty. ``size``: persons in the smallest month, for internal figures only.
    """

    metric: str
    label: str
    unit: str
    decimals: int
    scope: Scope
    scope_label: str
    sex: Sex
    window: Window
    state: State
    value: Decimal | None
    numerator: int | None
    denominator: int | None
    size: int | None
    convention: Convention | None
    snapshots: tuple[str, ...]

    @property
    def text(self) -> str:
        """As printed: ``4,2``, ``..`` when protected, ``–`` when there is nothing."""
        if self.state == "protected":
            return PROTECTED
        return MISSING if self.value is None else number(self.value, self.decimals)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A figure, the same figure twelve months earlier, and the difference of the shown values."""

    current: Figure
    previous: Figure
    change: Decimal | None

    @property
    def text(self) -> str:
        """The change as printed."""
        if self.change is not None:
            return number(self.change, self.current.decimals)
        hidden = "protected" in (self.current.state, self.previous.state)
        return PROTECTED if hidden else MISSING


@dataclass(frozen=True)
class BoundFacts(FactSet):
    """Facts together with the organisation as it was recorded when a figure was first asked for.

    Ask for many figures of one of these: the database is asked once.
    """

    @cached_property
    def statistics(self) -> Statistics:
        """The cube of these facts, and what of it may be shown."""
        return statistics_for(self)


class Statistics:
    """The cube of a set of facts and an organisation, and the decisions on what may be shown."""

    def __init__(self, facts: FactSet, hierarchy: Hierarchy) -> None:
        self.cube = Cube(leaf_cells(facts), hierarchy, facts.months)
        self._protections: dict[str, Protection] = {}
        self._lock = threading.Lock()

    def protection(self, population: str) -> Protection:
        """The decisions for a population, made when first asked for."""
        with self._lock:
            if population not in self._protections:
                self._protections[population] = protect(self.cube, population)
            return self._protections[population]


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
    return FactFile(path, snapshot.sha256, tuple(months), convention)


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


def figure(  # noqa: PLR0917 - the order of a sentence: whose, what, which, when
    scope: Scope,
    metric: Metric | str,
    sex: Sex,
    month: Month,
    facts: FactSet,
    audience: Audience = "published",
) -> Figure:
    """The metric for a scope and sex over its window that ends with ``month``.

    A window with a month without facts is missing, never a partial sum. What may be shown
    depends on the audience; the page that shows internal figures logs the reading.
    Raises: UnknownMetric, UnknownScope, MixedConventions for short or long sick leave.
    Source: docs/sources.md#small-groups
    """
    known = metrics.lookup(metric) if isinstance(metric, str) else metric
    statistics = facts.statistics if isinstance(facts, BoundFacts) else statistics_for(facts)
    window = Window.rolling(month, known.terms.months)
    found = statistics.cube.sums(scope, sex, window.first.index, window.last.index)
    state = _state(
        statistics, known, scope=scope, sex=sex, month=month, found=found, audience=audience
    )
    visible = found.sums if state in ("shown", "empty") else None
    above, below = _parts(known, visible)
    months = [each.index for each in window]
    size = found.sizes[known.terms.population]
    return Figure(
        metric=known.key,
        label=known.label,
        unit=known.terms.unit,
        decimals=known.terms.decimals,
        scope=scope,
        scope_label=_label(statistics.cube.hierarchy, scope),
        sex=sex,
        window=window,
        state=state,
        value=known.value(visible, months=len(window)) if visible else None,
        numerator=above,
        denominator=below,
        size=size if audience == "internal" and visible else None,
        convention=_convention(known, facts, months),
        snapshots=facts.hashes_of(months),
    )


def comparison(  # noqa: PLR0917 - as ``figure``
    scope: Scope,
    metric: Metric | str,
    sex: Sex,
    month: Month,
    facts: FactSet,
    audience: Audience = "published",
) -> Comparison:
    """The figure beside that of twelve months earlier. Raises: as ``figure``."""
    current = figure(scope, metric, sex, month, facts, audience)
    previous = figure(scope, metric, sex, month - 12, facts, audience)
    return Comparison(current, previous, metrics.difference(current.value, previous.value))


def scope_of(*, unit: str = "", board: str = "") -> Scope:
    """The scope of a unit's code or name, a board's code or name, or both.

    Raises: UnknownUnit, UnknownBoard, naming the nearest.
    """
    from samkoll.org import queries as org

    found = None
    if unit:
        named = Unit.objects.filter(name__iexact=unit).order_by("-valid_from").first()
        try:
            found = org.unit_by_code(unit.upper()) if named is None else named
        except Unit.DoesNotExist as error:
            raise UnknownUnit(org.unknown_unit(unit)) from error
    return Scope(found.pk if found else None, _board(board).pk if board else None)


def _board(text: str) -> Board:
    boards = {word.lower(): b for b in Board.objects.all() for word in (b.code, b.name)}
    if text.lower() not in boards:
        near = nearest(text, [word for b in Board.objects.all() for word in (b.code, b.name)])
        said = _("Det finns ingen nämnd som heter eller har koden ”%(text)s”.") % {"text": text}
        asked = _("Menade du %(near)s?") % {"near": ", ".join(near)} if near else ""
        raise UnknownBoard(f"{said} {asked}".strip())
    return boards[text.lower()]


def _state(
    statistics: Statistics,
    metric: Metric,
    *,
    scope: Scope,
    sex: Sex,
    month: Month,
    found: CellSums,
    audience: Audience,
) -> State:
    if found.missing:
        return "missing"
    population = metric.terms.population
    size = found.sizes[population]
    if size == 0 and audience == "internal":
        return "empty"
    if audience == "internal":
        return "shown" if internal(size, sex) else "protected"
    if 0 < size < metric.terms.smallest_group:
        return "protected"
    return statistics.protection(population).state(scope, sex, month.index)


def _parts(metric: Metric, sums: Mapping[str, int] | None) -> tuple[int | None, int | None]:
    """Exact numerator and denominator; a sum has no denominator."""
    if sums is None:
        return None, None
    if isinstance(metric.expression, metrics.Ratio):
        above = sum(sums[name] for name in metric.expression.numerator)
        return above, sum(sums[name] for name in metric.expression.denominator)
    return sum(sums[name] for name in metric.expression.measures), None


def _convention(metric: Metric, facts: FactSet, months: list[int]) -> Convention | None:
    """How short and long are told apart, for the metrics that depend on it."""
    split = {"sick_short", "sick_long"}.intersection(metric.expression.measures)
    return facts.convention_of(months) if len(split) == 1 else None


def _label(hierarchy: Hierarchy, scope: Scope) -> str:
    """Board, unit, or both: ``Förskolenämnden (Barn- och utbildningsförvaltningen)``."""
    unit = "" if scope.unit is None else hierarchy.units[hierarchy.range_of(scope)[0]].name
    board = "" if scope.board is None else hierarchy.boards[scope.board]
    return f"{board} ({unit})" if unit and board else unit or board
