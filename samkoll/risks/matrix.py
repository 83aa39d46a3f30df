"""The risk matrix as frozen values: probability x consequence gives a level, levels make bands.

No Django here. ``queries.matrices`` finds the stored versions; this module reads their content,
answers what a cell means, and says what is wrong with one that somebody is writing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml

from samkoll.core.errors import DomainError

FOLDER = Path(__file__).parent / "data"
DEFAULT = "4x4"
FEWEST, MOST = 3, 6
KEYS = ("low", "medium", "high", "very_high")
"""Bands by key; a band's place, from 1, is the severity that the whole of Samkoll sorts by."""
Raw = Mapping[str, Any]
Axis = Literal["probability", "consequence"]
AXES: tuple[Axis, Axis] = ("probability", "consequence")


class OutsideMatrix(DomainError):
    """A probability or consequence that the matrix does not have."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an axis: its number from 1, its word, and when to choose it."""

    value: int
    label: str
    help: str

    @property
    def text(self) -> str:
        """The word with when to choose it: "Möjlig (ungefär en gång om året)"."""
        return f"{self.label} ({self.help})" if self.help else self.label


@dataclass(frozen=True, slots=True)
class Band:
    """Levels from ``lowest`` upward share a word. ``severity``: 1 (low) to 4 (very high)."""

    severity: int
    lowest: int
    label: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """One version of a matrix, in one language. ``name`` ("4x4/1") is what a risk remembers.

    ``grid``: the level of every cell, a row for each step of probability, lowest first.
    """

    code: str
    version: int
    probability: tuple[Step, ...]
    consequence: tuple[Step, ...]
    grid: tuple[tuple[int, ...], ...]
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
        return self.grid[probability - 1][consequence - 1]

    def band(self, level: int) -> str:
        """The word for a level ("Mycket hög")."""
        return self._band(level).label

    def severity(self, level: int) -> int:
        """The band of a level as a number, 1 for low to 4 for very high."""
        return self._band(level).severity

    def proposes_serious(self, probability: int, consequence: int) -> bool:
        """What the matrix proposes as answer to "is the risk serious?"; a person decides."""
        level = self.level(probability, consequence)
        return level >= self.serious_from_level or consequence >= self.serious_from_consequence

    def _band(self, level: int) -> Band:
        return [band for band in self.bands if band.lowest <= level][-1]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that keeps a matrix from being used; ``row`` and ``column`` count from 1."""

    kind: Literal["size", "label", "value", "falls", "no_low", "bands", "serious"]
    row: int = 0
    column: int = 0


@cache
def shipped() -> tuple[dict[str, Any], ...]:
    """The content of every matrix that comes with Samkoll, its grid written out. Not to change."""
    paths = sorted(FOLDER.glob("matrix-*.yaml"))
    read = (yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader) for path in paths)
    return tuple(map(_written_out, read))


def read(content: Raw, language: str) -> Matrix:
    """A stored content as a matrix, in Swedish or in English where it has English words."""
    return _read(json.dumps(content, sort_keys=True), language)


def product(rows: int, columns: int) -> list[list[int]]:
    """The grid that a new matrix begins with: probability times consequence."""
    return [[row * column for column in range(1, columns + 1)] for row in range(1, rows + 1)]


def faults(content: Raw) -> list[Fault]:
    """Everything that is wrong with a content that somebody has written; empty when it is good.

    Each step has a word, each cell a value, no value falls along an axis, the bands begin at or
    below the lowest value and grow, and what is proposed as serious lies in the matrix.
    """
    steps = [content[axis] for axis in AXES]
    found = [Fault("size")] if any(not FEWEST <= len(axis) <= MOST for axis in steps) else []
    for number, axis in enumerate(steps, 1):
        found += [Fault("label", number, n) for n, step in enumerate(axis, 1) if not _sv(step)]
    grid = content["grid"]
    shape = [len(steps[1])] * len(steps[0])
    if [len(row) for row in grid] != shape:
        return [*found, Fault("size")]
    return [*found, *_grid_faults(grid), *_band_faults(content)]


def _grid_faults(grid: Sequence[Sequence[int | None]]) -> Iterator[Fault]:
    for r, row in enumerate(grid, 1):
        for c, value in enumerate(row, 1):
            if value is None or value < 1:
                yield Fault("value", r, c)
            elif any(before and before > value for before in _before(grid, r, c)):
                yield Fault("falls", r, c)


def _before(grid: Sequence[Sequence[int | None]], row: int, column: int) -> Iterator[int | None]:
    """The values of the cells one step lower on either axis."""
    if row > 1:
        yield grid[row - 2][column - 1]
    if column > 1:
        yield grid[row - 1][column - 2]


def _band_faults(content: Raw) -> Iterator[Fault]:
    bands = content["bands"]
    lows = [band["from"] for band in bands]
    values = [value for row in content["grid"] for value in row if value]
    if not bands or bands[0]["key"] != KEYS[0] or not values or lows[0] > min(values):
        yield Fault("no_low")
    if lows != sorted(set(lows)) or any(not _sv(band) for band in bands):
        yield Fault("bands")
    columns = len(content["consequence"])
    if content["serious_from_level"] < 1 or not 1 <= content["serious_from_consequence"] <= columns:
        yield Fault("serious")


def _sv(item: Raw) -> str:
    return str(item["label"].get("sv", "")).strip()


def _written_out(content: dict[str, Any]) -> dict[str, Any]:
    sizes = [len(content[axis]) for axis in AXES]
    return {"grid": product(*sizes), **content}


@lru_cache(maxsize=64)
def _read(canonical: str, language: str) -> Matrix:
    raw = json.loads(canonical)
    return Matrix(
        code=raw["code"],
        version=raw["version"],
        probability=_steps(raw["probability"], language),
        consequence=_steps(raw["consequence"], language),
        grid=tuple(map(tuple, raw["grid"])),
        bands=tuple(
            Band(KEYS.index(band["key"]) + 1, band["from"], in_language(band["label"], language))
            for band in raw["bands"]
        ),
        serious_from_level=raw["serious_from_level"],
        serious_from_consequence=raw["serious_from_consequence"],
    )


def _steps(items: Iterable[Raw], language: str) -> tuple[Step, ...]:
    return tuple(
        Step(n, in_language(item["label"], language), in_language(item.get("help", {}), language))
        for n, item in enumerate(items, 1)
    )


def in_language(words: Mapping[str, str], language: str) -> str:
    """The words in a language, in Swedish where they have not been translated."""
    return words.get(language) or words.get("sv", "")
