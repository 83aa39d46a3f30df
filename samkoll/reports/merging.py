"""Merging what two people wrote in one text, paragraph by paragraph. No Django here.

``docs/rules/report-parts.md`` has the worked example.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_BREAK = re.compile(r"\n[ \t]*\n\s*")


@dataclass(frozen=True, slots=True)
class _Change:
    """Paragraphs ``first`` to ``last`` (not included) of the base, replaced by others."""

    first: int
    last: int
    paragraphs: tuple[str, ...]


def merge(base: str, mine: str, theirs: str) -> str | None:
    """Both changes of a text in one; None where both changed the same place differently.

    Paragraphs are separated by empty lines. Two insertions at one place are the same place: nobody
    but a person knows their order.
    """
    if theirs in (mine, base):
        return mine
    if mine == base:
        return theirs
    original = paragraphs(base)
    ours, others = _changes(original, mine), _changes(original, theirs)
    if any(_collide(one, other) for one in ours for other in others):
        return None
    return _apply(original, sorted({*ours, *others}, key=lambda c: (c.first, c.last)))


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, without the empty lines between them."""
    return [part for part in _BREAK.split(text.replace("\r\n", "\n").strip()) if part]


def _changes(original: list[str], text: str) -> list[_Change]:
    new = paragraphs(text)
    found = SequenceMatcher(None, original, new, autojunk=False).get_opcodes()
    return [_Change(i, j, tuple(new[a:b])) for what, i, j, a, b in found if what != "equal"]


def _collide(one: _Change, other: _Change) -> bool:
    """Whether two changes touch. The same change made by both is no collision."""
    if one == other:
        return False
    inserting = one.first == one.last or other.first == other.last
    if inserting:
        return one.first <= other.last and other.first <= one.last
    return one.first < other.last and other.first < one.last


def _apply(original: list[str], changes: list[_Change]) -> str:
    def pieces() -> Iterator[str]:
        place = 0
        for change in changes:
            yield from original[place : change.first]
            yield from change.paragraphs
            place = change.last
        yield from original[place:]

    return "\n\n".join(pieces())
