"""What all charts share: colours, sizes, fonts, and the axes."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Literal

from samkoll.stats.charts.characters import printable

INK, MUTED, RULE = "#1c2530", "#55616d", "#dbe1e6"
PLOT = 460
"""Pixels between the ends of the x axis of a wide picture."""
NARROW = 320
"""Pixels of a whole narrow picture: a phone of 360 with its margins."""

Spec = dict[str, Any]
Size = Literal["wide", "narrow"]

CONFIG: Spec = {
    "font": "Inter, system-ui, Arial, sans-serif",
    "background": "white",
    "padding": 4,
    "view": {"stroke": None},
    "axis": {
        "labelColor": MUTED, "titleColor": MUTED, "labelFontSize": 11, "titleFontSize": 11,
        "titleFontWeight": "normal", "gridColor": RULE, "domainColor": MUTED, "tickColor": MUTED,
    },
    "text": {"fontSize": 11.5, "color": INK},
}  # fmt: skip


def month_axis(months: Collection[int], width: int) -> Spec:
    """Months along x, with years as labels that never meet; ``width`` in pixels."""
    first, last = min(months, default=0), max(months, default=1)
    years = [index for index in range(first, last + 1) if index % 12 == 0]
    step = 1 + len(years) * 60 // width  # labels that never meet
    ticks = years[::step] if len(years) > 1 else [first, last]
    label = "floor(datum.value / 12) + '-' + pad(datum.value % 12 + 1, 2, '0', 'left')"
    axis = {"values": ticks, "labelExpr": label, "grid": False, "title": None, "labelFlush": False}
    return {
        "field": "month",
        "type": "quantitative",
        "scale": {"domain": [first, max(last, first + 1)], "nice": False, "zero": False},
        "axis": axis,
    }


def value_axis(unit: str, top: float) -> Spec:
    """Values from zero along y, the unit above the axis."""
    axis = {
        "title": printable(unit), "titleAngle": 0, "titleAlign": "left", "titleAnchor": "end",
        "titleY": -12, "titleX": -24, "tickCount": 5, "domain": False, "ticks": False,
        "format": ",~f", "labelPadding": 6,
    }  # fmt: skip
    scale = {"domainMin": 0, "domainMax": float(top) * 1.08 or 1, "nice": 5}
    return {"field": "value", "type": "quantitative", "scale": scale, "axis": axis}
