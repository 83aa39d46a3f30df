"""Charts that show how far chance reaches: funnel, control chart, forecast."""

from __future__ import annotations

from dataclasses import dataclass

from samkoll.stats.charts.model import Point


@dataclass(frozen=True, slots=True)
class Dot:
    """One group in a funnel. ``reach``: 0 within the limits, 1 outside 95, 2 outside 99.8 per
    cent."""

    name: str
    size: float
    value: float
    reach: int


@dataclass(frozen=True, slots=True)
class Edge:
    """The limits at one size."""

    size: float
    low998: float
    low95: float
    high95: float
    high998: float


@dataclass(frozen=True, slots=True)
class Funnel:
    """Groups by size, with the limits of chance around ``centre``. ``size_unit`` is the x axis."""

    caption: str
    alt: str
    unit: str
    size_unit: str
    centre: float
    centre_name: str
    dots: tuple[Dot, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class ControlChart:
    """Months with the centre and limits that earlier months give.

    ``signals``: labels of months that chance does not explain. ``names``: of centre, upper and
    lower limit.
    """

    caption: str
    alt: str
    unit: str
    points: tuple[Point, ...]
    signals: frozenset[str]
    centre: float
    low: float
    high: float
    names: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Step:
    """One month ahead, with its limits of 80 and 95 per cent."""

    label: str
    value: float
    low80: float
    high80: float
    low95: float
    high95: float


@dataclass(frozen=True, slots=True)
class Fan:
    """What is known, and what is forecast. ``names``: of the two lines."""

    caption: str
    alt: str
    unit: str
    known: tuple[Point, ...]
    ahead: tuple[Step, ...]
    names: tuple[str, str]


Uncertain = Funnel | ControlChart | Fan
