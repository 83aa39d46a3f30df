"""Where in this file each logical column stands, found from its rows of heads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from samkoll.core.text import listing, nearest
from samkoll.imports.faults import FileFault
from samkoll.imports.profiles import Profile

SEARCHED: Final = 30
"""Heads are looked for in so many rows below those that the profile skips."""

_NUMBERED = re.compile(r"(.+) \((\d+)\)")

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Layout:
    """The file's heads, and at which of them each logical column stands.

    ``rows``: how many rows end with the heads; ``above``: what they say, as reports write their
    titles and heads again on each page.
    """

    heads: tuple[str, ...]
    positions: dict[str, int]
    rows: int = 1
    above: frozenset[tuple[str, ...]] = frozenset()

    @property
    def unused(self) -> tuple[str, ...]:
        """Heads that no logical column reads."""
        used = set(self.positions.values())
        return tuple(h[:60] for i, h in enumerate(self.heads) if i not in used and h)


def find(rows: Rows, profile: Profile) -> Layout:
    """The first of the ``rows`` (the file's first ones) that have all heads of the profile.

    Case and spaces do not matter. Raises: FileFault for a missing head, naming the nearest that
    was found, or for one that stands twice.
    """
    deep = profile.head_rows
    starts = [
        at
        for at in range(profile.skip_rows, min(len(rows) - deep + 1, profile.skip_rows + SEARCHED))
        if any(cell.strip() for cell in rows[at])
    ]
    for start in starts:
        found = _Heads(rows[start : start + deep])
        if not found.missing(profile):
            above = frozenset(said(row) for row in rows[: start + deep])
            return Layout(found.shown, found.positions(profile), start + deep, above - {()})
    if not starts:
        raise FileFault("Filen är tom: den har ingen rad med rubriker.")
    best = min(starts, key=lambda at: len(_Heads(rows[at : at + deep]).missing(profile)))
    raise FileFault(_missing(rows[best : best + deep], best, profile))


def fixed(profile: Profile) -> Layout:
    """The layout of a text with fixed positions: the profile's columns, in its order."""
    columns = list(profile.columns)
    return Layout(
        tuple(profile.columns.values()),
        {name: at for at, name in enumerate(columns)},
        profile.skip_rows + profile.head_rows,
    )


def heads_of(rows: Rows) -> tuple[str, ...]:
    """What one or more rows say together as heads of columns."""
    return _Heads(rows).shown


def said(row: Sequence[str]) -> tuple[str, ...]:
    """What a row says, whatever its blanks and its case."""
    return tuple(key for cell in row if (key := _key(cell)))


class _Heads:
    """One or more rows read as the heads of columns."""

    def __init__(self, rows: Rows) -> None:
        width = max(map(len, rows), default=0)
        square = [[*row, *[""] * (width - len(row))] for row in rows]
        plain = [_joined(column) for column in zip(*square, strict=True)]
        merged = [
            _joined(column) for column in zip(*map(_filled, square[:-1]), square[-1], strict=True)
        ]
        self.shown = tuple(p or m for p, m in zip(plain, merged, strict=True))
        self._at: dict[str, list[int]] = {}
        for position, names in enumerate(zip(plain, merged, square[-1], strict=True)):
            for key in {_key(name) for name in names} - {""}:
                self._at.setdefault(key, []).append(position)

    def missing(self, profile: Profile) -> list[str]:
        """The profile's heads that are not here."""
        return [head for head in profile.columns.values() if not self._found(head)]

    def positions(self, profile: Profile) -> dict[str, int]:
        """Where each logical column stands. Raises: FileFault when that is not one place."""
        places = {}
        for column, head in profile.columns.items():
            found = self._found(head)
            if len(found) > 1:
                raise FileFault(
                    f"Rubriken ”{head}” står {_times(len(found))} i filen. Skriv ”{head} (1)” "
                    f"eller ”{head} (2)” i profilen."
                )
            places[column] = found[0]
        return places

    def _found(self, head: str) -> list[int]:
        exact = self._at.get(_key(head))
        numbered = _NUMBERED.fullmatch(_key(head))
        if exact or numbered is None:
            return exact or []
        several = self._at.get(numbered[1], [])
        return several[int(numbered[2]) - 1 : int(numbered[2])] if numbered[2] != "0" else []


def _times(count: int) -> str:
    return {2: "två gånger", 3: "tre gånger"}.get(count, f"{count} gånger")


def _filled(row: Sequence[str]) -> list[str]:
    """A row of merged cells: each blank cell says what the one to its left says."""
    cells, last = [], ""
    for cell in row:
        last = cell if cell.strip() else last
        cells.append(last)
    return cells


def _joined(cells: Sequence[str]) -> str:
    return " ".join(dict.fromkeys(" ".join(cell.split()) for cell in cells if cell.strip()))


def _key(head: str) -> str:
    return " ".join(head.split()).casefold()


def _missing(rows: Rows, above: int, profile: Profile) -> str:
    """Why the heads do not fit: another separator, another file, or a column."""
    found = _Heads(rows)
    missing, heads = found.missing(profile), list(found.shown)
    if len(missing) == len(profile.columns):
        return f"Filen följer inte profilen {profile.label}: {_stranger(heads, profile)}"
    near = nearest(missing[0], heads)
    hint = f" Närmast kommer ”{near[0].strip()}”." if near else ""
    others = f" Även {listing(f'”{h}”' for h in missing[1:6])} saknas." if missing[1:] else ""
    return f"Kolumnen ”{missing[0]}” saknas på rad {above + len(rows)}.{hint}{others}"


def _stranger(heads: list[str], profile: Profile) -> str:
    names = {"\t": "tabb", ",": "komma", ";": "semikolon", "|": "lodstreck"}
    wanted = {_key(head) for head in profile.columns.values()}
    for separator, name in names.items():
        cells = {_key(cell.strip('" ')) for head in heads for cell in head.split(separator)}
        if separator != profile.separator and len(cells & wanted) > 1:
            return f"fälten skiljs åt av {name}, profilen väntar {names[profile.separator]}."
    first = next(iter(profile.columns.values()))
    return f"ingen av profilens kolumner finns på rad 1 (den första är ”{first}”)."
