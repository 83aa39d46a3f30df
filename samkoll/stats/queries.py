"""Figures: one definition, from pinned facts, with everything that its birth certificate needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from samkoll.core.months import Month, Window
from samkoll.core.text import MISSING, PROTECTED, number, rounded
from samkoll.stats import derived_words, metrics
from samkoll.stats.assessing import (
    Assessment,
    FunnelOf,
    against_last_year,
    against_whole,
    funnel,
    measurable,
    monthly,
)
from samkoll.stats.certificates import (
    CONVENTIONS,
    FigurePage,
    MadeOf,
    Subject,
    batches_of,
    convention_words,
    figure_page,
    lack_words,
)
from samkoll.stats.engine.breakdown import Dimension, Group
from samkoll.stats.engine.cube import CellSums, Sex
from samkoll.stats.engine.disclosure import internal
from samkoll.stats.engine.facts import Convention, FactSet
from samkoll.stats.engine.hierarchy import Hierarchy, Scope
from samkoll.stats.formulas import formula, parts, with_unit
from samkoll.stats.groups import Share, group_label, in_order
from samkoll.stats.loading import (
    BoundFacts,
    FactsGone,
    Statistics,
    cube_for,
    current_facts,
    facts_from_refs,
    parameters_of,
    statistics_for,
)
from samkoll.stats.metrics import Metric
from samkoll.stats.parameters import AMOUNTS, STARTING_SOURCE
from samkoll.stats.parameters import STARTING as STARTING_LIMITS
from samkoll.stats.scopes import UnknownBoard, UnknownUnit, scope_of
from samkoll.stats.sums import (
    NO_PARAMETERS,
    Asked,
    Finder,
    Lack,
    columns_of,
    lacks,
    published,
    window_of,
)
from samkoll.stats.words import (
    CAVEATS,
    FAMILIES,
    POPULATIONS,
    definition,
    history,
    label,
    source,
    title,
    unit_word,
)

__all__ = [
    "AMOUNTS",
    "CAVEATS",
    "CONVENTIONS",
    "FAMILIES",
    "POPULATIONS",
    "STARTING_LIMITS",
    "STARTING_SOURCE",
    "Assessment",
    "Audience",
    "BoundFacts",
    "Comparison",
    "Dimension",
    "FactsGone",
    "Figure",
    "FigurePage",
    "FunnelOf",
    "Group",
    "MadeOf",
    "Share",
    "State",
    "Subject",
    "UnknownBoard",
    "UnknownUnit",
    "against_last_year",
    "against_whole",
    "batches_of",
    "breakdown",
    "comparison",
    "convention_words",
    "cube_for",
    "current_facts",
    "definition",
    "derived_words",
    "facts_from_refs",
    "figure",
    "figure_page",
    "formula",
    "funnel",
    "group_label",
    "history",
    "label",
    "measurable",
    "monthly",
    "parts",
    "scope_of",
    "source",
    "title",
    "unit_word",
    "window_of",
    "with_unit",
    "women_share",
]

Audience = Literal["published", "internal"]
State = Literal["shown", "protected", "missing", "empty"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure and where it comes from.

    ``value`` is rounded as printed; ``numerator`` and ``denominator`` are the exact sums in the
    measures' own units (hundredths of an hour, person-months). All three are None unless the
    state is shown or empty. ``group``: of which group, None for all. ``size``: persons in the
    smallest month, for internal figures only. ``reason`` says why a figure is missing.
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
    reason: str = ""
    group: Group | None = None

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


def figure(  # noqa: PLR0917 - the order of a sentence: whose, what, which, when
    scope: Scope,
    metric: Metric | str,
    sex: Sex,
    month: Month,
    facts: FactSet,
    audience: Audience = "published",
    *,
    window: Window | None = None,
    group: Group | None = None,
) -> Figure:
    """The metric for a scope and sex over its window that ends with ``month``.

    ``window``: another window that ends with it, of at most twelve months, for metrics that are
    sums of months. ``group``: only those of a staff group, age band or form of employment.
    A window with a month without facts is missing, never a partial sum. What may be shown
    depends on the audience; the page that shows internal figures logs the reading.
    Raises: UnknownMetric, UnknownScope, MixedConventions for short or long sick leave.
    Source: docs/sources.md#small-groups
    """
    known = metrics.lookup(metric) if isinstance(metric, str) else metric
    statistics = facts.statistics if isinstance(facts, BoundFacts) else statistics_for(facts)
    asked = Asked(known, scope, sex, _window(known, month, window), group)
    window = asked.window
    found, reason = (_of_group if group else _found)(statistics, asked, facts)
    state = "missing" if reason else _state(statistics, asked, found, audience)
    visible = found.sums if state in ("shown", "empty") else None
    above, below = _parts(known, visible)
    months = [each.index for each in window]
    size = found.sizes.get(known.terms.population, 0)
    return Figure(
        metric=known.key,
        label=label(known),
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
        reason=reason,
        group=group,
    )


def breakdown(  # noqa: PLR0917 - as ``figure``
    scope: Scope,
    metric: Metric | str,
    month: Month,
    facts: FactSet,
    by: Dimension,
    audience: Audience = "published",
    *,
    sex: Sex = "total",
    window: Window | None = None,
) -> tuple[Figure, ...]:
    """The metric for each group of a dimension that somebody belonged to in the window.

    Staff groups by name, bands and forms in their own order. Raises: as ``figure``.
    """
    statistics = facts.statistics if isinstance(facts, BoundFacts) else statistics_for(facts)
    groups = [Group(by, value) for value in in_order(by, statistics.breakdown(by).values)]
    found = (
        figure(scope, metric, sex, month, facts, audience, window=window, group=group)
        for group in groups
    )
    return tuple(each for each in found if each.state != "empty")


def women_share(scope: Scope, month: Month, facts: FactSet, group: Group | None = None) -> Share:
    """Women as a share of the persons with working time in one month, in whole per cent.

    Shown where both the persons and the women among them are. Raises: UnknownScope.
    """
    window = Window(month, month)
    both, women = (
        figure(scope, "employees", sex, month, facts, window=window, group=group)
        for sex in ("total", "women")
    )
    states = (both.state, women.state)
    if both.state != "shown" or not both.numerator or women.state not in ("shown", "empty"):
        state = next((s for s in ("missing", "protected") if s in states), "empty")
        return Share(state, None)
    share = Decimal(100 * (women.numerator or 0)) / both.numerator
    return Share("shown", rounded(share, 0))


def _window(metric: Metric, month: Month, wanted: Window | None) -> Window:
    if wanted is None:
        return window_of(metric, month)
    if wanted.last != month or not 1 <= len(wanted) <= 12:
        raise ValueError("a window ends with its month and has at most twelve")
    return wanted


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


def _found(statistics: Statistics, asked: Asked, facts: FactSet) -> tuple[CellSums, str]:
    """The sums, and why there is no figure; empty when there is one to decide about."""
    first, last = asked.window.first.index, asked.window.last.index
    found = statistics.cube.sums(asked.scope, asked.sex, first, last)
    own = asked.metric.terms.kind == "distinct"
    kept = parameters_of(facts) if own else NO_PARAMETERS
    lack = lacks(asked, facts, kept)
    if lack or not own:
        unknown = facts.unknown_of(columns_of(asked.metric), asked.months)
        return found, lack_words(lack, unknown)
    finder = Finder(statistics.cube, lambda: statistics.people(kept.limits), kept.rates)
    return CellSums(finder.sums(asked), {**found.sizes, **finder.sizes(asked)}), ""


def _of_group(statistics: Statistics, asked: Asked, facts: FactSet) -> tuple[CellSums, str]:
    """As ``_found``, for a group."""
    nothing = CellSums(None, {asked.metric.terms.population: 0})
    lack: Lack = lacks(asked, facts, NO_PARAMETERS)
    if not statistics.cube.hierarchy.by_sex(asked.scope):
        lack = "place"
    if lack or asked.group is None:
        return nothing, lack_words(lack, facts.unknown_of(columns_of(asked.metric), asked.months))
    breakdown = statistics.breakdown(asked.group.dimension)
    return breakdown.cell(asked, asked.metric.expression.measures), ""


def _state(statistics: Statistics, asked: Asked, found: CellSums, audience: Audience) -> State:
    size = found.sizes[asked.metric.terms.population]
    if asked.group:
        return _state_of_group(statistics, asked, size)
    if size == 0 and audience == "internal":
        return "empty"
    if audience == "internal":
        return "shown" if internal(size, asked.sex) else "protected"
    if 0 < size < asked.metric.terms.smallest_group:
        return "protected"
    return published(asked, statistics.state, statistics.top)


def _state_of_group(statistics: Statistics, asked: Asked, size: int) -> State:
    """Groups are shown to everybody or to nobody."""
    assert asked.group is not None
    if 0 < size < asked.metric.terms.smallest_group:
        return "protected"
    shares = statistics.shares(asked.group.dimension, asked.metric.terms.population)
    return shares.state(asked.scope, asked.sex, asked.group.value, asked.window.last.index)


def _parts(metric: Metric, sums: Mapping[str, int] | None) -> tuple[int | None, int | None]:
    """Exact numerator and denominator; a sum has no denominator."""
    if sums is None:
        return None, None
    return metric.expression.parts(sums)


def _convention(metric: Metric, facts: FactSet, months: list[int]) -> Convention | None:
    """How short and long are told apart, for the metrics that depend on it."""
    split = {"sick_short", "sick_long"}.intersection(metric.expression.measures)
    return facts.convention_of(months) if len(split) == 1 else None


def _label(hierarchy: Hierarchy, scope: Scope) -> str:
    """Board, unit, or both: ``Förskolenämnden (Barn- och utbildningsförvaltningen)``."""
    unit = "" if scope.unit is None else hierarchy.units[hierarchy.range_of(scope)[0]].name
    board = "" if scope.board is None else hierarchy.boards[scope.board]
    return f"{board} ({unit})" if unit and board else unit or board
