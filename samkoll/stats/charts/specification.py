"""The numbers of a ``Chart`` as a Vega-Lite specification.

One system for web, DOCX and PDF, with the fonts that the project carries. The specification is
plain data, so the ``altair`` package (0.8 s to import) is not needed to write it.
Women, men and total differ by shape, dash and colour; lines carry their name and last value.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from samkoll.core.months import Month
from samkoll.core.text import number
from samkoll.stats.charts.characters import printable
from samkoll.stats.charts.layout import (
    CONFIG,
    INK,
    NARROW,
    PLOT,
    Size,
    Spec,
    month_axis,
    value_axis,
)
from samkoll.stats.charts.model import Chart, Point, Role, Series
from samkoll.stats.charts.uncertain import Uncertain
from samkoll.stats.charts.uncertain_specification import uncertain


@dataclass(frozen=True, slots=True)
class Look:
    """Colour (3:1 or more against white), dash and point shape of one role."""

    colour: str
    dash: tuple[float, ...]
    shape: str
    stroke: float = 2.0


LOOKS: dict[Role, Look] = {
    "total": Look(INK, (1, 0), "circle", 2.6),
    "women": Look("#9a3a6b", (7, 3), "triangle-up"),
    "men": Look("#1f6a9c", (2, 2.5), "square"),
    "now": Look("#0f5468", (1, 0), "circle"),
    "before": Look("#7c939e", (1, 0), "circle"),
    "first": Look("#1f6a9c", (2, 2.5), "square"),
    "second": Look("#9a3a6b", (7, 3), "triangle-up"),
    "third": Look("#5b6b1e", (9, 2.5, 2, 2.5), "diamond"),
    "": Look("#0f5468", (1, 0), "circle"),
}


def specification(chart: Chart | Uncertain, size: Size = "wide") -> Spec:
    """The chart as a Vega-Lite specification, for a page or a document, or for a phone."""
    if isinstance(chart, Chart):
        chart = replace(chart, series=tuple(_cleaned(series) for series in chart.series))
        body = lines_over_time(chart, size) if chart.kind == "lines" else bars(chart, size)
    else:
        body = uncertain(chart, size)
    return {"$schema": "https://vega.github.io/schema/vega-lite/v5.json", **body, "config": CONFIG}


def _cleaned(series: Series) -> Series:
    points = tuple(Point(printable(p.label), p.value) for p in series.points)
    return replace(series, name=printable(series.name), points=points)


def lines_over_time(chart: Chart, size: Size) -> Spec:
    """Lines over months from zero; a gap where a value is protected; names at the line ends."""
    rows = [row for series in chart.series for row in _line_rows(series)]
    ends = _line_ends(chart)
    top = max((row["value"] for row in rows if row["value"] is not None), default=1)
    longest = max((len(end["text"]) for end in ends), default=0)
    width = PLOT if size == "wide" else max(NARROW - 45 - round(6.2 * longest), 140)
    base = {
        "x": month_axis(_months(chart), width),
        "y": value_axis(chart.unit, top),
        "color": _scale(chart, "colour"),
    }
    marks = {
        "transform": [{"filter": "datum.mark"}],
        "mark": {"type": "point", "filled": True, "size": 44, "opacity": 1},
        "encoding": {**base, "shape": _scale(chart, "shape")},
    }
    lines = {
        "mark": {"type": "line", "invalid": "break-paths-show-domains"},
        "encoding": {
            **base,
            "strokeDash": _scale(chart, "dash"),
            "strokeWidth": _scale(chart, "stroke"),
        },
    }
    names = {
        "data": {"values": ends},
        "mark": {"type": "text", "align": "left", "dx": 9, "fontWeight": 600},
        "encoding": {
            **base,
            "y": {**base["y"], "field": "place"},
            "text": {"field": "text"},
        },
    }
    return {
        "width": width, "height": 165, "data": {"values": rows}, "layer": [lines, marks, names],
    }  # fmt: skip


def _line_rows(series: Series) -> Iterator[Spec]:
    """One row per month. Marked: each half-year, the last value, and one that stands alone."""
    values = [point.value for point in series.points]
    last = max((i for i, value in enumerate(values) if value is not None), default=-1)
    for i, point in enumerate(series.points):
        month = Month.parse(point.label)
        alone = all(v is None for v in (*values[max(i - 1, 0) : i], *values[i + 1 : i + 2]))
        yield {
            "month": month.index,
            "value": None if point.value is None else float(point.value),
            "series": series.name,
            "mark": point.value is not None and (i == last or alone or month.month in (6, 12)),
        }


def _line_ends(chart: Chart) -> list[Spec]:
    """Name and last value of each series, moved apart so that no two texts meet."""
    ends: list[Spec] = []
    for series in chart.series:
        known = [p for p in series.points if p.value is not None]
        if known and (value := known[-1].value) is not None:
            text = f"{series.name} {number(value, chart.decimals)}"
            index = Month.parse(known[-1].label).index
            ends.append(
                {"month": index, "place": float(value), "series": series.name, "text": text}
            )
    ends.sort(key=lambda end: end["place"])
    values = [float(p.value) for s in chart.series for p in s.points if p.value is not None]
    gap = max(values, default=1) * 0.1
    for below, above in pairwise(ends):
        above["place"] = max(above["place"], below["place"] + gap)
    return ends


def _months(chart: Chart) -> list[int]:
    return [Month.parse(p.label).index for s in chart.series for p in s.points]


def _scale(chart: Chart, what: str) -> Spec:
    """The looks of the series as a scale without a legend: the lines carry their names."""
    looks = [getattr(LOOKS[series.role], what) for series in chart.series]
    names = [series.name for series in chart.series]
    scale = {"domain": names, "range": looks}
    return {"field": "series", "type": "nominal", "scale": scale, "legend": None}


def bars(chart: Chart, size: Size) -> Spec:
    """Bars from zero, grouped by category; each bar carries its period or name and its value.

    Wide: names to the left. Narrow: the category stands above its bars.
    """
    rows = [row for series in chart.series for row in _bar_rows(series, chart.decimals)]
    one, wide = len(chart.series) == 1, size == "wide"
    longest = max((len(row["text"]) for row in rows), default=0)
    names = 0 if one else 8 + round(6.2 * max(len(series.name) for series in chart.series))
    width = PLOT - 60 if wide else max(NARROW - 24 - round(6.6 * longest) - names, 120)
    layer = _bar_layer(chart, rows, "label" if one and wide else "series", named=wide or not one)
    room: Spec = {"width": width, "height": {"step": 24}}
    if one and wide:
        return {"data": {"values": rows}, "layer": layer, **room}
    place = (
        {"labelAngle": 0, "labelAlign": "right", "labelOrient": "left", "labelPadding": 14}
        if wide
        else {"labelOrient": "top", "labelAnchor": "start", "labelPadding": 2}
    )
    look = {"title": None, "labelFontSize": 12, "labelFontWeight": 600, "labelColor": INK}
    order = list(dict.fromkeys(row["label"] for row in rows))
    row = {"field": "label", "type": "nominal", "sort": order, "header": {**look, **place}}
    return {
        "data": {"values": rows}, "facet": {"row": row},
        "spec": {"layer": layer, **room}, "spacing": 8,
    }  # fmt: skip


def _bar_layer(chart: Chart, rows: list[Spec], category: str, *, named: bool) -> list[Spec]:
    """The bars and their values. ``named``: each bar has its category to the left."""
    top = max((row["value"] for row in rows), default=0) or 1
    y_axis = {"title": None, "domain": False, "ticks": False, "labelLimit": 220, "labelPadding": 8}
    y = {
        "field": category, "type": "nominal", "sort": None, "axis": y_axis if named else None,
        "scale": {"paddingInner": 0.22, "paddingOuter": 0.12},
    }  # fmt: skip
    x = {
        "field": "value", "type": "quantitative", "scale": {"domain": [0, float(top)]},
        "axis": {"title": printable(chart.unit), "grid": False, "tickCount": 5, "format": ",~f",
                 "titleAnchor": "end"},
    }  # fmt: skip
    texts = {"align": "left", "dx": 6, "fontWeight": 600, "type": "text"}
    return [
        {"mark": {"type": "bar", "height": {"band": 1}},
         "encoding": {"y": y, "x": x, "color": _scale(chart, "colour")}},
        {"mark": texts, "encoding": {"y": y, "x": x, "text": {"field": "text"}}},
    ]  # fmt: skip


def _bar_rows(series: Series, decimals: int) -> Iterator[Spec]:
    for point in series.points:
        text = ".." if point.value is None else number(point.value, decimals)
        value = float(point.value or 0)
        yield {"label": point.label, "series": series.name, "value": value, "text": text}
