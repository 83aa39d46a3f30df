"""A sentence and the figures that it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rest:
    """One figure that a sentence rests on: its id in the report and how it is shown."""

    figure: str
    shown: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One suggestion. ``rule`` names it within its section: ``change.sick_leave.total``.

    ``text`` may be two sentences when the second only makes sense after the first.
    """

    rule: str
    text: str
    figures: tuple[Rest, ...]


def capital(text: str) -> str:
    """With a capital letter first; the rest as it is."""
    return text[:1].upper() + text[1:]


def rests(figures: Iterable[Rest | None]) -> tuple[Rest, ...]:
    """Each figure once, without those that are not there."""
    return tuple(dict.fromkeys(figure for figure in figures if figure))
