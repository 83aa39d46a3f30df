"""Where in this file each logical column stands, found from the row of heads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from samkoll.core.text import listing, nearest
from samkoll.imports import encoding
from samkoll.imports.faults import FileFault
from samkoll.imports.profiles import Profile


@dataclass(frozen=True, slots=True)
class Layout:
    """The file's heads, and at which of them each logical column stands."""

    heads: tuple[str, ...]
    positions: dict[str, int]

    @property
    def unused(self) -> tuple[str, ...]:
        """Heads that no logical column reads."""
        used = set(self.positions.values())
        return tuple(h[:60] for i, h in enumerate(self.heads) if i not in used and h)


def find(heads: Sequence[str], profile: Profile, raw: bytes = b"") -> Layout:
    """Match the file's heads with the profile's, whatever the case and the spaces around them.

    Raises: FileFault for a missing or doubled head, naming the nearest that was found.
    """
    by_head: dict[str, int] = {}
    for position, head in enumerate(heads):
        key = _key(head)
        if key in by_head and key in {_key(name) for name in profile.columns.values()}:
            raise FileFault(f"Rubriken ”{head.strip()}” står två gånger i filens första rad.")
        by_head.setdefault(key, position)
    missing = [head for head in profile.columns.values() if _key(head) not in by_head]
    if missing:
        raise FileFault(_missing(missing, list(heads), profile, raw))
    positions = {column: by_head[_key(head)] for column, head in profile.columns.items()}
    return Layout(tuple(head.strip() for head in heads), positions)


def _key(head: str) -> str:
    return " ".join(head.split()).casefold()


def _missing(missing: list[str], heads: list[str], profile: Profile, raw: bytes) -> str:
    """Why the heads do not fit: another separator, another encoding, another file, or a column."""
    wanted = frozenset(map(_key, profile.columns.values()))
    other = encoding.guess(raw, wanted, profile.separator) if raw else None
    if other:
        return f"Filen är skriven i {other}. Spara om den som CSV UTF-8 och försök igen."
    if len(missing) == len(profile.columns):
        return f"Filen följer inte profilen {profile.label}: {_stranger(heads, profile)}"
    near = nearest(missing[0], heads)
    hint = f" Närmast kommer ”{near[0].strip()}”." if near else ""
    others = f" Även {listing(f'”{h}”' for h in missing[1:6])} saknas." if missing[1:] else ""
    return f"Kolumnen ”{missing[0]}” saknas på rad 1.{hint}{others}"


def _stranger(heads: list[str], profile: Profile) -> str:
    names = {"\t": "tabb", ",": "komma", ";": "semikolon", "|": "lodstreck"}
    wanted = {_key(head) for head in profile.columns.values()}
    for separator, name in names.items():
        cells = {_key(cell.strip('" ')) for head in heads for cell in head.split(separator)}
        if separator != profile.separator and len(cells & wanted) > 1:
            return f"fälten skiljs åt av {name}, profilen väntar {names[profile.separator]}."
    first = profile.columns["month"]
    return f"ingen av profilens kolumner finns på rad 1 (den första är ”{first}”)."
