"""A chart as a file that leaves the page: with its caption, its source and its text alternative."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from markupsafe import Markup, escape

from samkoll.stats.charts.characters import printable
from samkoll.stats.charts.model import Chart
from samkoll.stats.charts.picture import Picture, draw

INK, MUTED = "#1c2530", "#55616d"
MARGIN, LINE, SMALL = 8, 20, 16
CHARACTERS = 8.2
"""Pixels of one character of the caption, at most."""


def standalone(chart: Chart, source: str) -> Picture:
    """The chart under its caption and above the line that says where it comes from."""
    inner = draw(chart)
    room = round((inner.width - 2 * MARGIN) / CHARACTERS)
    above, below = wrap(printable(chart.caption), room), wrap(printable(source), round(room * 1.2))
    top = MARGIN + LINE * len(above)
    height = top + inner.height + SMALL * len(below) + MARGIN
    texts = (
        *_texts(above, MARGIN + 14, LINE, f'font-size="15" font-weight="600" fill="{INK}"'),
        *_texts(below, top + inner.height + 11, SMALL, f'font-size="11" fill="{MUTED}"'),
    )
    placed = inner.svg.replace("<svg ", f'<svg y="{top}" ', 1)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{inner.width:g}" height="{height:g}" '
        f'viewBox="0 0 {inner.width:g} {height:g}" role="img" '
        'font-family="Inter, system-ui, Arial, sans-serif">'
        f"<title>{escape(chart.caption)}</title><desc>{escape(chart.alt)}</desc>"
        f'<rect width="100%" height="100%" fill="white"/>{"".join(texts)}{placed}</svg>'
    )
    return Picture(svg, inner.width, height)


def _texts(lines: Sequence[str], first: float, step: int, look: str) -> Iterator[Markup]:
    for number, line in enumerate(lines):
        place = Markup(f'<text x="{MARGIN}" y="{first + step * number:g}" {look}>')
        yield place + line + Markup("</text>")
