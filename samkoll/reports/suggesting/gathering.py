"""From a report's material and published figures to what a section shows. No Django here.

Parts that say nothing to the rules are passed over, so a form may get new kinds of parts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from samkoll.core.months import Month
from samkoll.reports.composition import Context
from samkoll.reports.composition.answers import rolled_up
from samkoll.reports.composition.charts import LONGEST, MONTHS, STEP
from samkoll.reports.composition.given import of as given_of
from samkoll.reports.figures import FigureKey, GroupKey
from samkoll.reports.material import Material
from samkoll.reports.suggesting.seen import (
    Asked,
    Boards,
    Compared,
    Counted,
    OfBoard,
    OfGroup,
    Period,
    Seen,
    Series,
    Value,
    Verdict,
)
from samkoll.reports.template_data import (
    BoardFiguresPart,
    BoardsWithMorePart,
    ChartPart,
    FiguresPart,
    GivenField,
    GivenTablePart,
    HeadlinesPart,
    Question,
    QuestionsPart,
    Section,
    Sex,
    StaffGroupsPart,
)
from samkoll.stats import metrics
from samkoll.stats.engine.hierarchy import Scope

WITHOUT_PENSION = "turnover_without_retirement"
ABOUT_CHANCE = ("sick_leave",)
Chance = Callable[[str], tuple[bool | None, bool | None]]
"""For a metric: is its change in a year, and its distance to the whole, more than chance gives?"""


def nothing_known(metric: str) -> tuple[bool | None, bool | None]:
    """A ``Chance`` that cannot say."""
    return None, None


def seen(context: Context, section: Section, chance: Chance = nothing_known) -> Seen:
    """The section as the rules look at it; empty lists for what it does not show."""
    charts = [part for part in section.parts if isinstance(part, ChartPart)]
    tables = FiguresPart | HeadlinesPart
    shown = [part for part in section.parts if isinstance(part, tables)]
    rows = [(row.metric, row.sex) for part in shown for row in part.rows if row.metric]
    if ("retirements", "total") in rows:
        rows.append((WITHOUT_PENSION, "total"))
    scope = context.report.scope
    compared = tuple(_compared(context, scope, metric, sex) for metric, sex in rows)
    main = [metric for metric, sex in rows if sex == "total"]
    verdicts = {m: chance(m) for m in main if m in ABOUT_CHANCE}
    return Seen(
        name=context.report.name,
        period=_period(context),
        rows=compared,
        whole=_whole(context, main[:1]),
        boards=tuple(_boards(context, metric) for metric in _of_boards(section)),
        groups=tuple(_groups(context, section)),
        series=tuple(series for part in charts for series in _series(context, part)),
        counts=tuple(
            _counted(context, field)
            for part in section.parts
            if isinstance(part, GivenTablePart)
            for field in part.fields
        ),
        questions=tuple(
            _asked(context, question)
            for part in section.parts
            if isinstance(part, QuestionsPart)
            for question in part.questions
        ),
        by_chance=_verdicts(context, "year", {m: v[0] for m, v in verdicts.items()}),
        from_whole=_verdicts(context, "whole", {m: v[1] for m, v in verdicts.items()}),
    )


def _period(context: Context) -> Period:
    now, before = context.report.month, context.report.previous_month
    if now.month == 12 and before == now - 12:
        return Period(str(now.year), str(before.year))
    return Period()


def _compared(context: Context, scope: Scope, metric: str, sex: Sex, whose: str = "") -> Compared:
    report = context.report
    now, before = (
        _value(context, scope, FigureKey(metric, sex, month), whose)
        for month in (report.month, report.previous_month)
    )
    return Compared(metric, sex, now, before)


def _value(context: Context, scope: Scope, key: FigureKey, whose: str = "") -> Value | None:
    found = context.figures.shown(scope, key.metric, key.sex, key.month)
    if found.state != "shown" or found.value is None:
        return None
    name = f"{whose}.{key}" if whose else str(key)
    return Value(name, found.value, metrics.lookup(key.metric).terms.decimals)


def _whole(context: Context, main: list[str]) -> tuple[Compared, ...]:
    """The municipality's figures, unless they are the report's own."""
    if context.report.whole_id in (0, context.report.unit_id):
        return ()
    whole = Scope(unit=context.report.whole_id)
    return tuple(_compared(context, whole, metric, "total", "whole") for metric in main)


def _of_boards(section: Section) -> list[str]:
    """Metrics that the section compares the boards by."""
    found = [
        p.metric for p in section.parts if isinstance(p, BoardFiguresPart | BoardsWithMorePart)
    ]
    return list(dict.fromkeys(metric for metric in found if metric))


def _boards(context: Context, metric: str) -> Boards:
    found = [(board, _of_board(context, board, metric)) for board in context.boards]
    known = tuple(OfBoard(b.board_name, row) for b, row in found if row.now)
    return Boards(metric, known, len(found) - len(known))


def _of_board(context: Context, board: Material, metric: str) -> Compared:
    whose = f"{board.unit_code}/{board.board_code}"
    return _compared(context, board.scope, metric, "total", whose)


def _series(context: Context, part: ChartPart) -> Iterator[Series]:
    """The chart's points of both sexes together; nothing when one of them is not shown."""
    have, last = context.figures.months, context.report.month
    ends: list[Month] = []
    for back in range(0, LONGEST + 1, STEP):
        end = last - back
        if not all(month in have for month in range(end.index - 11, end.index + 1)):
            break
        ends.append(end)
    scope = context.report.scope
    keys = [FigureKey(part.metric, "total", end) for end in reversed(ends)]
    values = [_value(context, scope, key) for key in keys]
    points = [(f"R12 {key.month}", v) for key, v in zip(keys, values, strict=True) if v]
    if points and len(points) == len(keys):
        start = keys[0].month - 11
        yield Series(part.metric, tuple(points), f"{MONTHS[start.month - 1]} {start.year}")


def _groups(context: Context, section: Section) -> Iterator[OfGroup]:
    """Staff groups by the first metric of the section's table, those that everybody may see."""
    report = context.report
    part = next((p for p in section.parts if isinstance(p, StaffGroupsPart)), None)
    if part is None:
        return
    metric = part.metrics[0]
    decimals = metrics.lookup(metric).terms.decimals
    for group in context.figures.groups(report.scope, part.metrics, report.month):
        shown = group.values[0]
        if shown.state == "shown" and shown.value is not None and group.name:
            key = str(GroupKey(metric, report.month, group.name))
            yield OfGroup(group.name, metric, Value(key, shown.value, decimals))


def _counted(context: Context, field: GivenField) -> Counted:
    given = given_of(context, field)
    now, before = (given.current, given.previous) if given else (None, None)
    label = context.say(field.label)
    return Counted(
        field.key,
        label,
        _typed(f"given.{field.key}", now, field),
        _typed(f"given.{field.key}.previous", before, field),
    )


def _typed(figure: str, value: Decimal | None, field: GivenField) -> Value | None:
    return None if value is None else Value(figure, value, field.decimals)


def _asked(context: Context, question: Question) -> Asked:
    form, text = context.report.form, context.say(question.text)
    if form.sums_up:
        rolled = rolled_up(context, question)
        deviating = tuple((form.word(v), names) for v, names in rolled.deviating)
        answered = sum(len(names) for _value, names in rolled.distribution)
        value = form.word(rolled.value) if rolled.value else ""
        return Asked(question.key, text, value, not deviating, deviating, answered)
    given = context.report.answers.get(question.key)
    usual = given is None or given.value in (question.expected, "not_applicable")
    return Asked(question.key, text, form.word(given.value) if given else "", usual)


def _verdicts(
    context: Context, of: str, found: dict[str, bool | None]
) -> tuple[tuple[str, Verdict], ...]:
    month = context.report.month
    return tuple(
        (metric, Verdict(f"chance.{of}.{metric}.{month}", certain))
        for metric, certain in found.items()
        if certain is not None
    )
