"""Charts over time: the picture, the sentence that says what it shows, and the table beside it."""

from __future__ import annotations

from samkoll.core.months import Month
from samkoll.core.text import number
from samkoll.documents.content import Block, Cell, Column, Row, Table
from samkoll.reports.composition.context import Context
from samkoll.reports.composition.tables import cell
from samkoll.reports.figures import FigureKey, Shown
from samkoll.reports.template_data import ChartPart, Sex
from samkoll.stats import metrics
from samkoll.stats.charts import Chart, Point, Role, Series

STEP = 3
LONGEST = 5 * 12
NAMES: tuple[tuple[Sex, str, Role], ...] = (
    ("total", "Totalt", "total"),
    ("women", "Kvinnor", "women"),
    ("men", "Män", "men"),
)
MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip


def chart(context: Context, part: ChartPart) -> list[Block]:
    """A metric by sex, a point for every third month up to five years back."""
    ends = _ends(context)
    if len(ends) < 2:
        return []
    shown = {
        sex: [context.figures.shown(context.report.scope, part.metric, sex, end) for end in ends]
        for sex, _name, _role in NAMES
    }
    decimals = metrics.lookup(part.metric).terms.decimals
    series = tuple(
        Series(name, tuple(Point(str(e), s.value) for e, s in _pairs(ends, shown[sex])), role)
        for sex, name, role in NAMES
        if any(figure.value is not None for figure in shown[sex])
    )
    if not series:
        return []
    alt = _sentence(part, ends, shown, decimals)
    picture = Chart("lines", part.caption, alt, part.unit, series, decimals)
    return [picture, _table(part, ends, shown, decimals)]


def _ends(context: Context) -> list[Month]:
    """The last months of the windows shown, oldest first: all of them have facts."""
    have, last = context.figures.months, context.report.month
    ends = []
    for back in range(0, LONGEST + 1, STEP):
        end = last - back
        if not all(month in have for month in range(end.index - 11, end.index + 1)):
            break
        ends.append(end)
    return ends[::-1]


def _pairs(ends: list[Month], shown: list[Shown]) -> list[tuple[Month, Shown]]:
    return list(zip(ends, shown, strict=True))


def _sentence(
    part: ChartPart, ends: list[Month], shown: dict[Sex, list[Shown]], decimals: int
) -> str:
    """What a listener needs: first and last value of the total, and the last ones by sex."""

    def value(figure: Shown) -> str:
        return number(figure.value, decimals) if figure.value is not None else "skyddad"

    first, last = (f"{MONTHS[end.month - 1]} {end.year}" for end in (ends[0], ends[-1]))
    total, women, men = (shown[sex] for sex, _name, _role in NAMES)
    return (
        f"Linjediagram över {part.caption[0].lower()}{part.caption[1:]}. "
        f"{part.unit} i {last}: totalt {value(total[-1])}, kvinnor {value(women[-1])}, "
        f"män {value(men[-1])}. I {first} var värdet totalt {value(total[0])}."
    )


def _table(
    part: ChartPart, ends: list[Month], shown: dict[Sex, list[Shown]], decimals: int
) -> Table:
    rows = tuple(
        Row(
            (
                Cell(f"R12 {end}", head=True),
                *(
                    cell(shown[sex][place], decimals, str(FigureKey(part.metric, sex, end)))
                    for sex, _name, _role in NAMES
                ),
            )
        )
        for place, end in enumerate(ends)
    )
    columns = tuple(Column(name, "number") for _sex, name, _role in NAMES)
    return Table(
        f"Värden: {part.caption}", (Column("Tolv månader till och med", weight=1.6), *columns), rows
    )
