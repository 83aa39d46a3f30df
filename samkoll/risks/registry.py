"""What upper packages tell the risks, filled in their ``AppConfig.ready()``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


def _never(board: int, year: int) -> bool:
    return False


@dataclass(slots=True)
class Reports:
    """``decided``: whether a board (its id) has decided its report of a year.

    What was reported onward in a decided report stays in it.
    """

    decided: Callable[[int, int], bool] = _never


reports = Reports()
"""The one registry of the process."""
