"""The made-up municipality as values: units of all times, their boards, and where staff sits."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from samkoll.core.months import Month

_FILE = Path(__file__).parent / "organisation.yaml"
KINDS = {
    "municipality": "kommun",
    "administration": "förvaltning",
    "department": "avdelning",
    "unit": "enhet",
}
HEADER = ("kod", "namn", "typ", "överordnad", "nämnd", "gäller från", "gäller till", "ersätter")


@dataclass(frozen=True, slots=True)
class UnitSpec:
    """One unit. ``share`` is its part of the board's staff (0 for units that only hold others).

    ``board`` stands where the board is declared (a department or an administration) and on every
    leaf; ``replaces`` are codes of the units that it carries on.
    """

    code: str
    name: str
    kind: str
    parent: str
    board: str
    valid_from: date
    valid_to: date | None = None
    replaces: tuple[str, ...] = ()
    share: float = 0.0
    profile: str = ""
    declares_board: bool = False


@dataclass(frozen=True)
class Organisation:
    """All units in the order of the tree; ``leaves`` are those that people work in."""

    units: tuple[UnitSpec, ...]
    boards: dict[str, str]

    @cached_property
    def leaves(self) -> tuple[UnitSpec, ...]:
        return tuple(unit for unit in self.units if unit.share > 0)

    def successors(self, month: Month) -> dict[int, int]:
        """Leaves that close before ``month`` begins, to the leaf that carries on, by position."""
        position = {unit.code: index for index, unit in enumerate(self.leaves)}
        return {
            position[old]: position[unit.code]
            for unit in self.leaves
            if unit.replaces and unit.valid_from == month.first_day
            for old in unit.replaces
        }

    def write_csv(self, path: Path) -> None:
        """Write the file of the organisation import: boards, then units in tree order."""
        with path.open("w", encoding="cp1252", newline="") as file:
            writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
            writer.writerow(HEADER)
            since = self.units[0].valid_from.isoformat()
            for code, name in self.boards.items():
                writer.writerow((code, name, "nämnd", "", "", since, "", ""))
            writer.writerows(_row(unit) for unit in self.units)


def _row(unit: UnitSpec) -> tuple[str, ...]:
    return (
        unit.code,
        unit.name,
        KINDS[unit.kind],
        unit.parent,
        unit.board if unit.declares_board else "",
        unit.valid_from.isoformat(),
        unit.valid_to.isoformat() if unit.valid_to else "",
        ",".join(unit.replaces),
    )


def exempelkommunen() -> Organisation:
    """The demo's organisation of ``organisation.yaml``: about 220 units."""
    data = _read()
    units = list(_units(data))
    for merge in data["merges"]:
        _merge(units, merge)
    return Organisation(tuple(units), data["boards"])


def scaled(leaves: int) -> Organisation:
    """The same administrations and departments with about ``leaves`` numbered units.

    Units are spread over departments by staff; every department keeps one at least.
    """
    data = _read() | {"valid_from": date(1990, 1, 1)}
    whole = sum(leaf[1] for _, department in _departments(data) for leaf in department["units"])
    for _, department in _departments(data):
        staff = sum(leaf[1] for leaf in department["units"])
        count = max(1, round(leaves * staff / whole))
        profiles = [leaf[2] for leaf in department["units"]]
        department["units"] = [
            [f"{department['name']} {n + 1}", staff / count, profiles[n % len(profiles)]]
            for n in range(count)
        ]
    return Organisation(tuple(_units(data)), data["boards"])


def _read() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return data


def _departments(data: dict[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for administration in data["administrations"]:
        for department in administration["departments"]:
            yield administration, department


def _units(data: dict[str, Any]) -> Iterator[UnitSpec]:
    top, since = data["municipality"], data["valid_from"]
    yield UnitSpec(top["code"], top["name"], "municipality", "", "", since)
    for adm in data["administrations"]:
        board = adm.get("board", "")
        yield UnitSpec(
            adm["code"], adm["name"], "administration", top["code"], board, since,
            declares_board=bool(board),
        )  # fmt: skip
        for number, department in enumerate(adm["departments"], start=1):
            yield from _department(adm, number, department, since)


def _department(
    adm: dict[str, Any], number: int, department: dict[str, Any], since: date
) -> Iterator[UnitSpec]:
    board = department.get("board") or adm["board"]
    declares = "board" in department or "board" not in adm
    many = len(department["units"])
    step, base = (10, 100 * number) if many <= 9 else (1, 10_000 * number)
    code = f"{adm['code']}-{base}"
    yield UnitSpec(
        code, department["name"], "department", adm["code"], board, since, declares_board=declares
    )
    for place, (name, share, profile) in enumerate(department["units"], start=1):
        leaf = f"{adm['code']}-{base + step * place}"
        yield UnitSpec(leaf, name, "unit", code, board, since, share=float(share), profile=profile)


def _merge(units: list[UnitSpec], merge: dict[str, Any]) -> None:
    """Open the successor on the day, and put the units that it replaces before it."""
    position = next(n for n, unit in enumerate(units) if unit.name == merge["into"])
    successor, stem = units[position], units[position].parent
    last_day = merge["from"] - timedelta(days=1)
    closed = [
        UnitSpec(
            f"{stem[:-2]}{98 + n}", old["name"], "unit", stem, successor.board,
            successor.valid_from, last_day, share=successor.share * old["share"],
            profile=successor.profile,
        )
        for n, old in enumerate(merge["closed"])
    ]  # fmt: skip
    opened = UnitSpec(
        successor.code, successor.name, successor.kind, stem, successor.board, merge["from"],
        replaces=tuple(unit.code for unit in closed), share=successor.share,
        profile=successor.profile,
    )  # fmt: skip
    units[position : position + 1] = [*closed, opened]
