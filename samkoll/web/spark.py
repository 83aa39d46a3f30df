"""Sparklines as numbers for an inline SVG: no style attributes, no script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT, MARGIN = 160, 40, 4


@dataclass(frozen=True, slots=True)
class Spark:
    """A line for ``web/spark.html``: pieces of points (gaps stay gaps), the last point, words."""

    alt: str
    pieces: tuple[str, ...]
    last_x: str
    last_y: str
    width: int = WIDTH
    height: int = HEIGHT


def spark(values: Sequence[Decimal | int | None], alt: str) -> Spark | None:
    """A series in equal steps as a line; None when fewer than two values are known.

    ``alt`` is the sentence that says what the line shows. A single value between gaps is not
    drawn. The height stands for a quarter of the largest value at least, so that noise in the last
    decimal does not look like a mountain; read the figure beside it.
    """
    known = [(i, Decimal(v)) for i, v in enumerate(values) if v is not None]
    if len(known) < 2:
        return None
    low, high = _scale([v for _, v in known])
    points = {i: (_x(i, len(values)), _y(v, low, high)) for i, v in known}
    last_x, last_y = points[known[-1][0]]
    return Spark(alt, _pieces(points), last_x, last_y)


def _scale(values: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    low, high = min(values), max(values)
    missing = max(abs(low), abs(high)) / 4 - (high - low)
    return (low - missing / 2, high + missing / 2) if missing > 0 else (low, high)


def _x(index: int, count: int) -> str:
    return f"{MARGIN + (WIDTH - 2 * MARGIN) * index / (count - 1):.1f}"


def _y(value: Decimal, low: Decimal, high: Decimal) -> str:
    share = (value - low) / (high - low) if high > low else Decimal("0.5")
    return f"{HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * float(share):.1f}"


def _pieces(points: dict[int, tuple[str, str]]) -> tuple[str, ...]:
    pieces: list[list[str]] = []
    for index in sorted(points):
        if index - 1 not in points:
            pieces.append([])
        pieces[-1].append(",".join(points[index]))
    return tuple(" ".join(piece) for piece in pieces if len(piece) > 1)
