"""The risk matrix as versioned data: probability x consequence gives the level."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from samkoll.core.errors import DomainError

_FOLDER = Path(__file__).parent / "data"
DEFAULT = "4x4"


class OutsideMatrix(DomainError):
    """A probability or consequence that the matrix does not have."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an axis: its number from 1, its word, and when to choose it."""

    value: int
    label: str
    help: str


@dataclass(frozen=True, slots=True)
class Band:
    """Levels from ``lowest`` upward share a word."""

    lowest: int
    label: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """One version of a matrix. ``name`` ("4x4/1") is what a risk remembers."""

    code: str
    version: int
    probability: tuple[Step, ...]
    consequence: tuple[Step, ...]
    bands: tuple[Band, ...]
    serious_from_level: int
    serious_from_consequence: int

    @property
    def name(self) -> str:
        return f"{self.code}/{self.version}"

    def level(self, probability: int, consequence: int) -> int:
        """The level of a cell. Raises: OutsideMatrix."""
        if not 1 <= probability <= len(self.probability):
            raise OutsideMatrix(f"Sannolikheten ska vara 1–{len(self.probability)}.")
        if not 1 <= consequence <= len(self.consequence):
            raise OutsideMatrix(f"Konsekvensen ska vara 1–{len(self.consequence)}.")
        return probability * consequence

    def band(self, level: int) -> str:
        """The word for a level ("Mycket hög")."""
        return [band.label for band in self.bands if band.lowest <= level][-1]

    def severity(self, level: int) -> int:
        """The band of a level as a number, 1 for the lowest."""
        return sum(band.lowest <= level for band in self.bands)

    def proposes_serious(self, probability: int, consequence: int) -> bool:
        """What the matrix proposes as answer to "is the risk serious?"; a person decides."""
        level = self.level(probability, consequence)
        return level >= self.serious_from_level or consequence >= self.serious_from_consequence


@cache
def load(code: str = DEFAULT) -> Matrix:
    """The newest version of a matrix that ships with Samkoll."""
    data = yaml.safe_load((_FOLDER / f"matrix-{code}.yaml").read_text(encoding="utf-8"))
    return Matrix(
        code=data["code"],
        version=data["version"],
        probability=_steps(data["probability"]),
        consequence=_steps(data["consequence"]),
        bands=tuple(Band(item["from"], item["label"]) for item in data["bands"]),
        serious_from_level=data["serious_from_level"],
        serious_from_consequence=data["serious_from_consequence"],
    )


def _steps(items: list[dict[str, str]]) -> tuple[Step, ...]:
    return tuple(Step(n, item["label"], item["help"]) for n, item in enumerate(items, 1))
