"""A matrix of two axes as a picture: what a page hands to ``web/matrix.html``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from samkoll.web.page import Words
from samkoll.web.tables import State


class AxisStep(Protocol):
    """One step of an axis: its number, its word, and the word with what it means."""

    @property
    def value(self) -> int: ...
    @property
    def label(self) -> str: ...
    @property
    def text(self) -> str: ...


@dataclass(frozen=True, slots=True)
class PictureCell:
    """One cell: its level, its band as a state, and in words for screen readers (``label``).

    ``count`` with ``url`` where things are counted; ``marks`` where one thing is shown.
    """

    level: int
    state: State
    count: int | None = None
    url: str = ""
    marks: tuple[str, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class PictureRow:
    """One step of the upward axis with a cell for each step of the other."""

    head: AxisStep
    cells: tuple[PictureCell, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A matrix: the highest row first, as people draw it."""

    caption: Words
    columns: tuple[AxisStep, ...]
    rows: tuple[PictureRow, ...]
    probability: tuple[AxisStep, ...]
    bands: tuple[State, ...]
