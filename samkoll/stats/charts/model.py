"""What a chart shows, before it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Role = Literal["total", "women", "men", "now", "before", "first", "second", "third", ""]


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a series. ``label``: month ("2023-12") for lines, category for bars.

    ``value`` None is a gap: protected or missing.
    """

    label: str
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class Series:
    """One line, or one colour of bars. ``role`` decides shape, dash and colour."""

    name: str
    points: tuple[Point, ...]
    role: Role = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of numbers. ``alt`` is the sentence that says what it shows.

    ``lines``: months on the x axis. ``bars``: one bar per point and series, from zero.
    """

    kind: Literal["lines", "bars"]
    caption: str
    alt: str
    unit: str
    series: tuple[Series, ...]
    decimals: int = 1
