"""Funnel, control chart and forecast as Vega-Lite specifications.

Marks differ by shape and filling, lines by dash, so nothing hangs on colour.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import chain
from typing import Any

from samkoll.core.months import Month
from samkoll.core.text import number
from samkoll.stats.charts.characters import printable
from samkoll.stats.charts.layout import INK, MUTED, NARROW, PLOT, Size, Spec, month_axis, value_axis
from samkoll.stats.charts.uncertain import ControlChart, Dot, Fan, Funnel, Uncertain

SIGNAL, LINE, FAINT, FILL = "#a63a1e", "#0f5468", "#7c939e", "#d5e3e8"
HEIGHT = 260
NAMED = 5
"""Dots that carry their name: those that lie farthest out."""
CLOSE = 0.06
"""Names at least this part of the axis apart do not meet."""
STRONG, WEAK = [5, 3], [2, 3]
_KNOWN: Spec = {"shape": "circle", "size": 30, "fill": LINE, "stroke": LINE}


def uncertain(chart: Uncertain, size: Size) -> Spec:
    """The chart as a specification without its frame."""
    if isinstance(chart, Funnel):
        return funnel(chart, size)
    return control_chart(chart, size) if isinstance(chart, ControlChart) else fan(chart, size)


def funnel(chart: Funnel, size: Size) -> Spec:
    """Dots by size; the limits narrow where groups are large. Never sorted by value."""
    top = max(chain((dot.value for dot in chart.dots), (2 * chart.centre,)), default=1) * 1.1
    width = PLOT + 60 if size == "wide" else NARROW - 50
    x = {
        "field": "size", "type": "quantitative",
        "scale": {"type": "log", "nice": False},
        "axis": {"title": printable(chart.size_unit), "grid": False, "format": ",~r",
                 "tickCount": 5 if size == "wide" else 3, "labelFlush": False},
    }  # fmt: skip
    y = value_axis(chart.unit, top)
    lines = [
        _curve(chart, x, y, name, dash)
        for name, dash in (
            ("low998", WEAK), ("high998", WEAK), ("low95", STRONG), ("high95", STRONG),
        )
    ]  # fmt: skip
    middle = {
        "data": {"values": [{"value": chart.centre}]},
        "mark": {"type": "rule", "color": MUTED, "strokeWidth": 1.5},
        "encoding": {"y": y},
    }
    layer = [*lines, middle, _dots(chart, x, y), *_funnel_texts(chart, x, y, top, size)]
    return {"width": width, "height": HEIGHT, "layer": layer}


def _curve(chart: Funnel, x: Spec, y: Spec, name: str, dash: list[int]) -> Spec:
    rows = [{"size": edge.size, "value": getattr(edge, name)} for edge in chart.edges]
    return {
        "data": {"values": rows},
        "mark": {"type": "line", "color": LINE, "strokeDash": dash, "strokeWidth": 1.4,
                 "clip": True},
        "encoding": {"x": x, "y": y},
    }  # fmt: skip


def _dots(chart: Funnel, x: Spec, y: Spec) -> Spec:
    """Within: an open ring. Outside 95 per cent: a square; outside 99.8: a filled diamond."""
    rows = [{"size": dot.size, "value": dot.value, "reach": str(dot.reach)} for dot in chart.dots]
    looks = {"domain": ["0", "1", "2"]}
    return {
        "data": {"values": rows},
        "mark": {"type": "point", "size": 42, "opacity": 1, "strokeWidth": 1.4},
        "encoding": {
            "x": x, "y": y,
            "shape": _by_reach(looks | {"range": ["circle", "square", "diamond"]}),
            "stroke": _by_reach(looks | {"range": [FAINT, SIGNAL, SIGNAL]}),
            "fill": _by_reach(looks | {"range": ["white", "white", SIGNAL]}),
        },
    }  # fmt: skip


def _by_reach(scale: Spec) -> Spec:
    return {"field": "reach", "type": "nominal", "scale": scale, "legend": None}


def _funnel_texts(chart: Funnel, x: Spec, y: Spec, top: float, size: Size) -> Iterable[Spec]:
    """Names beside what they name: the limits, the whole, and the few dots farthest out."""
    said = [("high95", "95 %"), ("high998", "99,8 %")]
    rows = []
    for name, text in said:
        inside = [e for e in chart.edges if getattr(e, name) < top * 0.97]
        if inside:
            rows.append({"size": inside[0].size, "value": getattr(inside[0], name), "text": text})
    if chart.edges:
        middle = f"{chart.centre_name} {number_of(chart.centre)}"
        whole = {"size": chart.edges[0].size, "value": chart.centre, "text": middle}
        yield _halo([whole], x, y, align="left", dx=3, dy=-7)
        yield _text([whole], x, y, align="left", dx=3, dy=-7, weight=600)
    yield _text(rows, x, y, align="left", dy=-6, weight=400)
    if size == "wide":
        named = [_named(dot) for dot in _farthest(chart, top)]
        yield _text(named, x, y, align="left", dx=7, weight=400)


def _farthest(chart: Funnel, top: float) -> list[Dot]:
    """The few dots that lie farthest out, without those whose names would meet another."""
    out = [dot for dot in chart.dots if dot.reach == 2]
    out.sort(key=lambda dot: -abs(dot.value - chart.centre) * dot.size**0.5)
    chosen: list[Dot] = []
    for dot in out:
        if all(abs(dot.value - other.value) > CLOSE * top for other in chosen):
            chosen.append(dot)
    return chosen[:NAMED]


def _named(dot: Dot) -> Spec:
    name = dot.name if len(dot.name) <= 26 else f"{dot.name[:25].rstrip()}…"
    return {"size": dot.size, "value": dot.value, "text": printable(name)}


def control_chart(chart: ControlChart, size: Size) -> Spec:
    """A line of months; signals are filled diamonds; centre and limits carry their names."""
    values = [float(p.value) for p in chart.points if p.value is not None]
    top = max(*values, chart.high, chart.centre)
    width = PLOT - 40 if size == "wide" else NARROW - 135
    x = month_axis([Month.parse(point.label).index for point in chart.points], width)
    y = value_axis(chart.unit, top)
    rows = [
        {"month": Month.parse(p.label).index, "value": None if p.value is None else float(p.value),
         "signal": p.label in chart.signals}
        for p in chart.points
    ]  # fmt: skip
    last = max((Month.parse(point.label).index for point in chart.points), default=0)
    levels = [
        {"value": at, "month": last, "text": f"{printable(name)} {number_of(at)}", "dash": dash}
        for at, name, dash in zip(
            (chart.centre, chart.high, chart.low), chart.names, ([1, 0], STRONG, STRONG),
            strict=True,
        )
    ]  # fmt: skip
    apart = [level["value"] for level in levels]
    _move_apart(levels, CLOSE * top)
    rules = [
        {"data": {"values": [{"value": at}]},
         "mark": {"type": "rule", "color": MUTED, "strokeDash": level["dash"]},
         "encoding": {"y": y}}
        for level, at in zip(levels, apart, strict=True)
    ]  # fmt: skip
    line = {
        "data": {"values": rows},
        "mark": {"type": "line", "color": LINE, "invalid": "break-paths-show-domains"},
        "encoding": {"x": x, "y": y},
    }
    there = [row for row in rows if row["value"] is not None]
    marks = [
        _marks([row for row in there if row["signal"] is told], x, y, look)
        for told, look in (
            (False, _KNOWN),
            (True, {"shape": "diamond", "size": 90, "fill": SIGNAL, "stroke": SIGNAL}),
        )
    ]  # fmt: skip
    texts = _text(levels, x, y, align="left", dx=9, weight=400)
    return {"width": width, "height": 200, "layer": [*rules, line, *marks, texts]}


def _move_apart(levels: list[Spec], gap: float) -> None:
    """The names of upper limit, centre and lower limit never meet."""
    centre, high, low = levels
    high["value"] = max(high["value"], centre["value"] + gap)
    low["value"] = min(low["value"], centre["value"] - gap)


def _marks(rows: list[Spec], x: Spec, y: Spec, look: Spec) -> Spec:
    return {
        "data": {"values": rows},
        "mark": {"type": "point", "opacity": 1, **look},
        "encoding": {"x": x, "y": y},
    }


def fan(chart: Fan, size: Size) -> Spec:
    """The known months as a line, the coming ones dashed within two bands."""
    ahead: list[Spec] = [
        {"month": Month.parse(s.label).index, "value": s.value, "low80": s.low80,
         "high80": s.high80, "low95": s.low95, "high95": s.high95}
        for s in chart.ahead
    ]  # fmt: skip
    known: list[Spec] = [
        {"month": Month.parse(p.label).index, "value": float(p.value)}
        for p in chart.known if p.value is not None
    ]  # fmt: skip
    months = [row["month"] for row in known + ahead]
    top = max([row["value"] for row in known] + [row["high95"] for row in ahead], default=1)
    width = PLOT - 20 if size == "wide" else NARROW - 110
    x, y = month_axis(months, width), value_axis(chart.unit, top)
    joined = known[-1:] + ahead
    bands = [
        {"data": {"values": ahead},
         "mark": {"type": "area", "color": FILL, "opacity": opacity},
         "encoding": {"x": x, "y": {**y, "field": f"low{level}"}, "y2": {"field": f"high{level}"}}}
        for level, opacity in (("95", 0.55), ("80", 1))
    ]  # fmt: skip
    lines = [
        _line(rows, x, y, dash)
        for rows, dash in ((known, [1, 0]), (joined, STRONG))
    ]  # fmt: skip
    names = [
        {**rows[-1], "text": f"{printable(name)} {number_of(rows[-1]['value'])}"}
        for rows, name in ((ahead, chart.names[1]),)
        if rows
    ]
    marks = _marks(known[-1:] + ahead[-1:], x, y, _KNOWN)
    texts = _text(names, x, y, align="left", dx=9, weight=600)
    return {"width": width, "height": 200, "layer": [*bands, *lines, marks, texts]}


def _line(rows: list[Spec], x: Spec, y: Spec, dash: list[int]) -> Spec:
    return {
        "data": {"values": rows},
        "mark": {"type": "line", "color": LINE, "strokeDash": dash, "strokeWidth": 2},
        "encoding": {"x": x, "y": y},
    }


def _halo(rows: list[Spec], x: Spec, y: Spec, **mark: Any) -> Spec:
    """White under a text that stands among dots."""
    around = {"stroke": "white", "strokeWidth": 4, "color": "white"}
    return _text(rows, x, y, weight=600, **around, **mark)


def _text(rows: list[Spec], x: Spec, y: Spec, *, weight: int, **mark: Any) -> Spec:
    return {
        "data": {"values": rows},
        "mark": {"type": "text", "fontWeight": weight, "color": INK} | mark,
        "encoding": {"x": x, "y": y, "text": {"field": "text"}},
    }


def number_of(value: float) -> str:
    """One decimal, Swedish."""
    return number(Decimal(str(round(value, 4))), 1)
