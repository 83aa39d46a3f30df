"""Mapping profiles (mappningsprofiler): how one payroll system writes what we need to know.

A profile is versioned data. It names encoding, separator and decimal sign, the head of every
logical column, and the words for sex, form of employment, cause of departure, yes and no.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from samkoll.core.errors import DomainError
from samkoll.core.text import listing, nearest

FOLDER: Final = Path(__file__).parent / "data" / "profiles"
DEFAULT: Final = "lon-manad"

COLUMNS: Final = (
    "month", "person", "employment", "unit", "sex", "form", "main", "staff_group", "extent",
    "ordinary", "sick_short", "sick_long", "additional", "overtime", "end_date", "departure",
    "protected",
)  # fmt: skip
"""The logical columns. Every profile says under which head each of them stands."""
OPTIONAL: Final = ("sick_60", "sick_days", "occasions", "manager")
"""Logical columns that a profile may leave out; figures that need them are then missing."""

_CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "convention": ("day_split", "whole_spell"),
    "encoding": ("auto", "utf-8", "windows-1252"),
    "separator": (";", ",", "\t", "|"),
    "decimal": (",", "."),
    "hours_unit": ("hours", "hundredths"),
    "month_format": ("ÅÅÅÅ-MM", "ÅÅÅÅMM", "ÅÅÅÅ-MM-DD"),
}
_MEANINGS: Final[Mapping[str, frozenset[int]]] = {
    "sex": frozenset({1, 2}),
    "form": frozenset({1, 2, 3}),
    "yes_no": frozenset({0, 1}),
    "departure": frozenset(range(1, 8)),
}


class UnusableProfile(DomainError):
    """The profile does not exist, or something in it is missing or not understood."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One version of a mapping profile.

    ``columns`` maps logical columns to heads; ``values`` maps the words of the file to the codes
    of the fact schema. ``convention`` tells how sick hours are split (day_split | whole_spell).
    """

    name: str
    version: int
    title: str
    source: str
    convention: str
    encoding: str
    separator: str
    decimal: str
    hours_unit: str
    month_format: str
    columns: Mapping[str, str]
    values: Mapping[str, Mapping[str, int]]

    def head(self, column: str) -> str:
        """The head of a logical column, as the user knows it."""
        return self.columns[column]

    @property
    def knows(self) -> str:
        """The optional columns that its files have, as ``SnapshotWriter`` wants them."""
        return ",".join(name for name in OPTIONAL if name in self.columns)

    @property
    def label(self) -> str:
        return f"{self.name} version {self.version}"

    @property
    def sha256(self) -> str:
        """Hash of everything that the profile says; a file is the same only under one profile."""
        content = {name: getattr(self, name) for name in self.__slots__}
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def available() -> dict[str, Path]:
    """The shipped profiles: name to file."""
    return {path.stem: path for path in sorted(FOLDER.glob("*.yaml"))}


def load(name: str = DEFAULT) -> Profile:
    """The shipped profile of that name. Raises: UnusableProfile."""
    known = available()
    if name not in known:
        near = nearest(name, known) or list(known)
        raise UnusableProfile(f"Profilen ”{name}” finns inte. Välj {listing(near)}.")
    return parse(known[name].read_text(encoding="utf-8"))


def parse(text: str) -> Profile:
    """A profile from its YAML text, or UnusableProfile with the first thing that is wrong."""
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise UnusableProfile("Profilen är inte läsbar YAML.") from error
    if not isinstance(data, dict):
        raise UnusableProfile("Profilen är tom eller inte en lista av namn och värden.")
    return from_dict(data)


def from_dict(data: Mapping[str, Any]) -> Profile:
    """A profile from plain data (as stored with a batch). Raises: UnusableProfile."""
    fields = set(Profile.__slots__)
    _same("Profilen", wanted=fields, found=set(data))
    _check_version(data["version"])
    for name, allowed in _CHOICES.items():
        if data[name] not in allowed:
            raise UnusableProfile(
                f"Profilens ”{name}” är ”{data[name]}”. Den ska vara en av: {', '.join(allowed)}."
            )
    if data["separator"] == data["decimal"]:
        raise UnusableProfile("Profilens ”separator” och ”decimal” kan inte vara samma tecken.")
    return Profile(
        **{
            **{name: data[name] for name in fields},
            "columns": _columns(data["columns"]),
            "values": _values(data["values"]),
        }
    )


def _check_version(version: object) -> None:
    if not isinstance(version, int) or version < 1:
        raise UnusableProfile("Profilens ”version” ska vara ett heltal från 1.")


def _columns(found: Mapping[str, str]) -> dict[str, str]:
    """The heads, one for each logical column, optional ones as they are, and no head twice."""
    optional = [name for name in OPTIONAL if name in found]
    _same("Profilens ”columns”", wanted={*COLUMNS, *optional}, found=set(found))
    heads = [str(head).strip().casefold() for head in found.values()]
    double = next((head for head in heads if heads.count(head) > 1), None)
    if double is not None:
        raise UnusableProfile(f"Rubriken ”{double}” står för två kolumner i profilen.")
    return {column: str(found[column]).strip() for column in (*COLUMNS, *optional)}


def _values(found: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, int]]:
    """The words for each code; every code that the rules need must have a word."""
    _same("Profilens ”values”", wanted=set(_MEANINGS), found=set(found))
    values = {}
    for name, meanings in _MEANINGS.items():
        words = {str(word).strip(): int(code) for word, code in found[name].items()}
        wrong = sorted(set(words.values()) - meanings)
        missing = sorted(meanings - set(words.values())) if name != "departure" else []
        if wrong or missing:
            what = f"okänd kod {wrong[0]}" if wrong else f"inget ord för koden {missing[0]}"
            raise UnusableProfile(f"Profilens ”values.{name}” har {what}.")
        values[name] = words
    return values


def _same(what: str, *, wanted: set[str], found: set[str]) -> None:
    missing, unknown = sorted(wanted - found), sorted(map(str, found - wanted))
    if missing:
        raise UnusableProfile(f"{what} saknar ”{missing[0]}”.")
    if unknown:
        near = nearest(unknown[0], wanted)
        hint = f" Menade du ”{near[0]}”?" if near else ""
        raise UnusableProfile(f"{what} har det okända namnet ”{unknown[0]}”.{hint}")
