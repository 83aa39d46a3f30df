"""Drawing: a specification becomes SVG or PNG through vl-convert, inside this process."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from markupsafe import Markup

from samkoll.stats.charts.layout import Size
from samkoll.stats.charts.model import Chart
from samkoll.stats.charts.specification import specification
from samkoll.stats.charts.uncertain import Uncertain

FONTS = Path(__file__).parent / "fonts"
LOCALE = {
    "decimal": ",",
    "thousands": "\u202f",
    "minus": "\u2212",
    "grouping": [3],
    "currency": ["", " kr"],
}
_SIZES: tuple[Size, ...] = ("wide", "narrow")
_OPENING = '<svg aria-hidden="true" focusable="false"'
_ROLES = re.compile(r' (?:role|class|aria-[a-z]+)="[^"]*"')


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn chart. ``width`` and ``height`` are in CSS pixels (1/96 inch)."""

    svg: str
    width: float
    height: float

    def png(self) -> bytes:
        """The same picture in pixels, at three times the size, for Word."""
        return _png(self.svg)


@lru_cache(maxsize=256)
def draw(chart: Chart | Uncertain, size: Size = "wide") -> Picture:
    """The chart as SVG, drawn once per process however many writers ask for it.

    The SVG has no style attribute, no script and no text alternative of its own.
    """
    svg = _engine().vegalite_to_svg(specification(chart, size), format_locale=LOCALE)
    width, height = re.findall(r'(?:width|height)="([\d.]+)"', svg)[:2]
    svg = _ROLES.sub("", svg)  # the picture has one text alternative, not thirty
    key = sha256(svg.encode()).hexdigest()[:8]
    svg = re.sub(r'(id="|url\(#|href="#)', rf"\g<1>c{key}-", svg)
    return Picture(svg, float(width), float(height))


def inline(chart: Chart | Uncertain) -> Markup:
    """The chart for a page: a wide and a narrow picture, of which the style sheet shows one.

    ``web/chart.html`` takes it as ``svg`` with ``chart.alt`` as ``alt``, its text alternative.
    """
    return Markup().join(
        Markup(draw(chart, size).svg.replace("<svg ", f'{_OPENING} class="chart-{size}" ', 1))
        for size in ("wide", "narrow")
    )


_OPENING = '<svg aria-hidden="true" focusable="false"'


@lru_cache(maxsize=256)
def _png(svg: str) -> bytes:
    return bytes(_engine().svg_to_png(svg, scale=3))


@cache
def _engine() -> Any:
    import vl_convert  # 60 MB that only charts need

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert
