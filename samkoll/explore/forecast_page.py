"""The page of a forecast: the year's end, the coming months, the parts, and how well it did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from samkoll.core.months import Month
from samkoll.core.text import number, sort_key
from samkoll.explore import forecast as forecasting
from samkoll.explore.models import Forecast
from samkoll.stats import metrics
from samkoll.stats import queries as stats
from samkoll.stats.charts import Fan, Point, Step
from samkoll.stats.engine.hierarchy import Hierarchy
from samkoll.stats.forecast.backtest import Score
from samkoll.stats.forecast.plan import Part, Result
from samkoll.stats.forecast.series import FEW
from samkoll.stats.queries import BoundFacts
from samkoll.web.tables import Cell, Fact, Head, Kind, Row, Table

SHOWN = 36
"""Known months in the picture."""
HUNDREDTHS = 100
HELD_TOO_SELDOM = 0.85
"""An interval of 95 per cent that has held less often deserves a warning."""


@dataclass(frozen=True, slots=True)
class Page:
    """What the page shows of one part. ``outdated``: the facts or the times left out have changed.

    ``chart``, ``table``: nothing where the part has no forecast; ``sentence`` says why.
    """

    name: str
    sentence: str
    warning: str
    outdated: bool
    chart: Fan | None
    table: Table | None
    parts: Table
    tried: tuple[Fact, ...]
    how: tuple[Fact, ...]


def page(made: Forecast, facts: BoundFacts, code: str) -> Page:
    """The forecast of the unit with the code, of the municipality where there is no such part."""
    hierarchy, result = facts.statistics.cube.hierarchy, Result.of(made.result)
    known = forecasting.known(facts, made.metric)
    visible = [part for part in result.parts if part.key in known.parts]
    found = [part for part in visible if _unit(hierarchy, part.key)[0] == code]
    part = found[0] if found else result.whole
    hours = known.parts.get(part.key, known.whole)
    basis = forecasting.basis_of(facts, forecasting.periods())
    sentence = _sentence(made.metric, part)
    return Page(
        name=_unit(hierarchy, part.key)[1],
        sentence=sentence,
        warning=_warning(part),
        outdated=made.basis != basis,
        chart=_chart(made.metric, result, part, hours, sentence),
        table=_months(result, part),
        parts=_parts(hierarchy, result, visible, made.metric),
        tried=_tried(part.score),
        how=_how(made, part),
    )


def choices(made: Forecast, facts: BoundFacts) -> list[tuple[str, str]]:
    """Code and name of what has a forecast, the municipality first."""
    hierarchy, result = facts.statistics.cube.hierarchy, Result.of(made.result)
    parts = [_unit(hierarchy, part.key) for part in result.parts]
    top = hierarchy.units[0]
    return [(top.code, top.name), *sorted(parts, key=lambda each: sort_key(each[1]))]


def _unit(hierarchy: Hierarchy, key: int) -> tuple[str, str]:
    """Code and name; a unit that the organisation no longer has keeps its place without a name."""
    if key not in hierarchy.position:
        return "", _("Avslutad")
    unit = hierarchy.units[hierarchy.position[key]]
    return unit.code, unit.name


def _sentence(metric: str, part: Part) -> str:
    if part.months is None:
        return part.refusal
    if part.end is None:
        return _("Prognosen når inte fram till årets slut.")
    said = {
        "metric": stats.label(metrics.lookup(metric)),
        "rate": _per_cent(part.end.rate),
        "month": Month(part.end.month),
        "low": _per_cent(part.end.low95),
        "high": _per_cent(part.end.high95),
    }
    sentence = _(
        "%(metric)s väntas bli %(rate)s procent för R12 %(month)s, troligen mellan %(low)s "
        "och %(high)s (95 procent)."
    )
    return sentence % said


def _warning(part: Part) -> str:
    if part.months is None or part.learnt >= FEW:
        return ""
    return _(
        "Prognosen bygger på bara %(n)s vanliga månader. Under tre år är årstidens mönster osäkert."
    ) % {"n": part.learnt}


def _chart(
    metric: str, result: Result, part: Part, hours: Mapping[int, tuple[int, int]], sentence: str
) -> Fan | None:
    months = part.months
    if months is None:
        return None
    before = [m for m in sorted(hours) if m < result.first][-SHOWN:]
    known = tuple(Point(str(Month(m)), _points(hours[m][0] / hours[m][1])) for m in before)
    rows = zip(months.rate, months.low80, months.high80, months.low95, months.high95, strict=True)
    ahead = tuple(
        Step(str(Month(result.first + n)), *(100 * value for value in row))
        for n, row in enumerate(rows)
    )
    return Fan(
        caption=_("%(metric)s månad för månad, med prognos")
        % {"metric": stats.label(metrics.lookup(metric))},
        alt=_("Linjediagram med prognos. %(what)s") % {"what": sentence},
        unit="%",
        known=known,
        ahead=ahead,
        names=(_("Känt"), _("Prognos")),
    )


def _months(result: Result, part: Part) -> Table | None:
    months = part.months
    if months is None:
        return None
    heads = (
        Head(_("Månad")),
        Head(_("Prognos, procent"), Kind.NUMBER),
        Head(_("80 procent"), Kind.NUMBER),
        Head(_("95 procent"), Kind.NUMBER),
        Head(_("Sjuktimmar"), Kind.NUMBER),
    )
    rows = tuple(
        Row(
            (
                Cell(str(Month(result.first + n))),
                Cell(_per_cent(months.rate[n])),
                Cell(_between(months.low80[n], months.high80[n])),
                Cell(_between(months.low95[n], months.high95[n])),
                Cell(_hours(months.sick[n])),
            )
        )
        for n in range(len(months.rate))
    )
    return Table(_("Prognos månad för månad"), heads, rows)


def _parts(hierarchy: Hierarchy, result: Result, visible: list[Part], metric: str) -> Table:
    """The year's end of every part. The hours of the coming months add up to the whole's."""
    heads = (
        Head(_("Förvaltning")),
        Head(_("R12 vid årets slut, procent"), Kind.NUMBER),
        Head(_("95 procent"), Kind.NUMBER),
        Head(_("Sjuktimmar, kommande tolv månader"), Kind.NUMBER),
    )
    ordered = sorted(visible, key=lambda part: sort_key(_unit(hierarchy, part.key)[1]))
    rows = [_part(hierarchy, part, metric) for part in ordered]
    listed = sum(sum(part.months.sick) for part in visible if part.months)
    total = sum(result.whole.months.sick) if result.whole.months else 0.0
    if total - listed > HUNDREDTHS:
        rest = (Cell(_("Övriga")), Cell(""), Cell(""), Cell(_hours(total - listed)))
        rows.append(Row(rest))
    rows.append(_part(hierarchy, result.whole, metric, strong=True))
    return Table(_("Förvaltningarna och kommunen"), heads, tuple(rows))


def _part(hierarchy: Hierarchy, part: Part, metric: str, *, strong: bool = False) -> Row:
    code, name = _unit(hierarchy, part.key)
    end = part.end
    value = _per_cent(end.rate) if end else "–"
    interval = _between(end.low95, end.high95) if end else "–"
    hours = _hours(sum(part.months.sick)) if part.months else "–"
    label = Cell(name, f"?matt={metric}&enhet={code}" if code else "", note=part.refusal)
    return Row((label, Cell(value), Cell(interval), Cell(hours)), strong=strong)


def _tried(score: Score | None) -> tuple[Fact, ...]:
    """The backtest in words."""
    if score is None:
        return ()
    mase = score.mase
    better = _("bättre") if mase is not None and mase < 1 else _("inte bättre")
    counted = _(
        "%(n)s månader från %(origins)s tidpunkter bakåt, var och en med det som var känt då"
    )
    return (
        Fact(_("Prövat på"), counted % {"n": score.forecasts, "origins": score.origins}),
        Fact(
            _("Medelfel"),
            _("%(points)s procentenheter (MAE). Att gissa på samma månad förra året: %(naive)s.")
            % {"points": _plain(score.points, 2), "naive": _plain(score.naive_points, 2)},
        ),
        Fact(
            _("MASE"),
            "–"
            if mase is None
            else _("%(mase)s, alltså %(better)s än att gissa på samma månad förra året")
            % {"mase": _plain(mase, 2), "better": better},
        ),
        Fact(
            _("Intervallens träffsäkerhet"),
            _("80-procentsintervallet höll i %(in80)s procent av fallen, 95-procentsintervallet i "
              "%(in95)s.")
            % {"in80": _plain(100 * score.covered80, 0), "in95": _plain(100 * score.covered95, 0)},
            note=_("Räkna med större osäkerhet än intervallen visar.")
            if score.covered95 < HELD_TOO_SELDOM
            else "",
        ),
    )  # fmt: skip


def _how(made: Forecast, part: Part) -> tuple[Fact, ...]:
    return (
        Fact(
            _("Modellerna"),
            _("Exponentiell utjämning, ARIMA och Theta på logaritmen av andelen, sedan årstiden "
              "tagits bort. Prognosen är medianen av de tre."),
        ),
        Fact(
            _("Delarna och helheten"),
            _("Kommunens prognos styr. Förvaltningarnas sjuktimmar räknas om så att de "
              "tillsammans är kommunens, månad för månad. Procent läggs aldrig ihop."),
        ),
        Fact(
            _("R12 vid årets slut"),
            _("Kända timmar plus prognosens timmar, genom kända plus planerade ordinarie timmar."),
        ),
        Fact(
            _("Planerade timmar"),
            _("Samma månad förra året, ändrade som de tre senaste månaderna mot samma tre ett år "
              "innan."),
        ),
        Fact(_("Lämnas utanför"), "; ".join(made.left_out) or _("Inget")),
        Fact(_("Vanliga månader som prognosen lärt av"), number(part.learnt)),
        Fact(_("Gjord"), f"{made.made_at:%Y-%m-%d}"),
        Fact(_("Underlagets kontrollsumma"), ", ".join(sha[:12] for sha in made.snapshots)),
    )  # fmt: skip


def _between(low: float, high: float) -> str:
    return f"{_per_cent(low)}–{_per_cent(high)}"


def _per_cent(share: float) -> str:
    return _plain(100 * share, 1)


def _plain(value: float, decimals: int) -> str:
    return number(Decimal(repr(round(value, 6))), decimals)


def _hours(hundredths: float) -> str:
    return _plain(hundredths / HUNDREDTHS, 0)


def _points(share: float) -> Decimal:
    return Decimal(str(round(100 * share, 4)))
