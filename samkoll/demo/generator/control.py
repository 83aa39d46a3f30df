"""``control.yaml`` and ``staff.yaml`` as values: totals to meet, shapes to resemble."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from samkoll.core.months import Month, Window

_HERE = Path(__file__).parent
SEXES = ("w", "m")


@dataclass(frozen=True, slots=True)
class StaffGroup:
    """A staff group with published figures: persons and permanent ones (women, men), rates in %."""

    name: str
    board: str
    profile: str
    persons: tuple[int, int]
    permanent: tuple[int, int]
    short: float
    long: float

    @property
    def temporary(self) -> tuple[int, int]:
        return (self.persons[0] - self.permanent[0], self.persons[1] - self.permanent[1])


@dataclass(frozen=True)
class Control:
    """The whole of ``control.yaml``; ``data`` for what is read as it stands."""

    data: dict[str, Any]
    groups: tuple[StaffGroup, ...]

    @property
    def window(self) -> Window:
        months = self.data["months"]
        return Window(Month.parse(months["first"]), Month.parse(months["last"]))

    def season(self, measure: str, month: Month) -> float:
        """How the month differs from its year's mean, waves of infection included."""
        factor = float(self.data["season"][measure][month.month - 1])
        wave = self.data["wave"].get(str(month), 1.0) if measure == "short" else 1.0
        return factor * float(wave)


@cache
def control() -> Control:
    """What the demo is steered towards."""
    data = yaml.safe_load((_HERE / "control.yaml").read_text(encoding="utf-8"))
    return Control(data, tuple(_group(item) for item in data["staff_groups"]))


@cache
def staff() -> dict[str, Any]:
    """Staff groups by profile of a unit, and how likely men are there."""
    data: dict[str, Any] = yaml.safe_load((_HERE / "staff.yaml").read_text(encoding="utf-8"))
    return data


def _group(item: dict[str, Any]) -> StaffGroup:
    (women, women_permanent), (men, men_permanent) = item["women"], item["men"]
    short, long = _inside(item["total"], item["short"], item["long"])
    return StaffGroup(
        item["group"], item["board"], item["profile"], (women, men),
        (women_permanent, men_permanent), short, long,
    )  # fmt: skip


def _inside(total: float, short: float, long: float) -> tuple[float, float]:
    """Unrounded rates that show as the three published figures at once.

    4.8 + 12.2 shown beside 16.9 means that both lie a little below: 4.76 + 12.16 = 16.92.
    """
    gap = round(10 * (short + long - total))
    return short - 0.04 * gap, long - 0.04 * gap
