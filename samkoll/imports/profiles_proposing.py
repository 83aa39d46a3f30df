"""Which head of a file is which logical column, proposed from spelling and from content.

A pure function of heads and cells: the same file gives the same proposal, no head is proposed for
two columns, and no column gets two heads. The rules with worked examples are in
``docs/rules/mapping-profiles.md``.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from samkoll.imports import profiles_known as known
from samkoll.imports import profiles_shapes as shapes
from samkoll.imports.kinds import KINDS
from samkoll.imports.profiles_shapes import Shape

EXACT: Final = 100
PART: Final = 60
NEAR: Final = 40
CONTENT: Final = 20
AGREES: Final = 15
"""What content that agrees adds to what the spelling is worth."""
_ALIKE: Final = 0.84
_COMPOUND: Final = 6  # so long a word may begin a longer one: övertid, övertidstimmar


class Why(StrEnum):
    """Why a head was proposed."""

    KNOWN = "known"
    PART = "part"
    NEAR = "near"
    CONTENT = "content"


class Confidence(StrEnum):
    """How sure a proposal is."""

    SURE = "sure"
    LIKELY = "likely"
    GUESS = "guess"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A head for a logical column: its position among the file's heads, and how sure it is.

    ``doubt``: the head fits, but the cells do not look like what the column holds.
    """

    column: str
    position: int
    confidence: Confidence
    why: Why
    doubt: bool = False


@dataclass(frozen=True, slots=True)
class _Pair:
    """What a head is worth for a column, and why. ``agrees``: the cells look like the column."""

    worth: float
    why: Why
    doubt: bool
    agrees: bool

    @property
    def confidence(self) -> Confidence:
        if self.why is Why.CONTENT or self.doubt:
            return Confidence.GUESS
        if self.why is Why.KNOWN:
            return Confidence.SURE
        return Confidence.LIKELY if self.agrees else Confidence.GUESS


@dataclass(frozen=True, slots=True, order=True)
class _Candidate:
    """A possible pair; the order of its fields is the order in which pairs are taken."""

    rank: float
    column_at: int
    position: int
    column: str
    pair: _Pair


_NUMBERS: Final = frozenset({Shape.NUMBER, Shape.INTEGER, Shape.CLOCK})
_DATES: Final = frozenset({Shape.DATE})
_NAMES: Final = frozenset({Shape.CODE, Shape.TEXT, Shape.INTEGER, Shape.CAUSE, Shape.FORM})
HOLDS: Final[Mapping[str, frozenset[Shape]]] = {
    "month": frozenset({Shape.MONTH, Shape.DATE, Shape.INTEGER}),
    "person": frozenset({Shape.IDENTITY}),
    "employment": frozenset({Shape.CODE, Shape.INTEGER, Shape.TEXT}),
    "unit": frozenset({Shape.CODE, Shape.INTEGER, Shape.TEXT}),
    "sex": frozenset({Shape.SEX}),
    "form": frozenset({Shape.FORM, Shape.TEXT, Shape.CODE}),
    "main": frozenset({Shape.YES_NO}),
    "staff_group": _NAMES,
    "extent": frozenset({Shape.NUMBER, Shape.INTEGER, Shape.PERCENT}),
    **dict.fromkeys(
        ("ordinary", "sick_short", "sick_long", "sick_60", "additional", "overtime", "hours",
         "full_time_week"),
        _NUMBERS,
    ),
    **dict.fromkeys(("end_date", "first", "last", "started", "valid_from", "valid_to"), _DATES),
    "departure": frozenset({Shape.DEPARTURE, Shape.TEXT, Shape.CODE}),
    "cause": frozenset({Shape.CAUSE, Shape.DEPARTURE, Shape.TEXT, Shape.CODE}),
    "protected": frozenset({Shape.YES_NO}),
    "reversal": frozenset({Shape.YES_NO}),
    "year": frozenset({Shape.YEAR}),
    "birth_year": frozenset({Shape.YEAR, Shape.DATE}),
    "sick_days": frozenset({Shape.INTEGER}),
    "occasions": frozenset({Shape.INTEGER}),
    "day_number": frozenset({Shape.INTEGER}),
    "manager": frozenset({Shape.IDENTITY}),
}  # fmt: skip
"""What the cells of each logical column can look like."""
_TELLING: Final = frozenset(
    {Shape.IDENTITY, Shape.SEX, Shape.FORM, Shape.CAUSE, Shape.DEPARTURE, Shape.DATE, Shape.MONTH}
)
"""Shapes that propose a column by themselves, where no head does; required columns only."""


def propose(heads: Sequence[str], cells: Sequence[Sequence[str]], kind: str) -> dict[str, Proposal]:
    """The proposed head of each logical column of a kind; columns without any are left out.

    ``cells`` holds the sample's cells head by head. Pairs are taken best first: a known spelling,
    known words among others, a spelling close to a known one, and last the content alone; content
    that agrees goes before content that is silent. Heads that stand several times are not proposed.
    """
    looks = [shapes.looks_like(column) for column in cells]
    keys = [known.key(head) for head in heads]
    counts = Counter(keys)
    usable = [at for at, key in enumerate(keys) if key and counts[key] == 1]
    columns = KINDS[kind].columns
    found = [
        _Candidate(-pair.worth, column_at, at, column, pair)
        for column_at, column in enumerate(columns)
        for at in usable
        if (pair := _pair(kind, column, heads[at], looks[at]))
    ]
    return _taken(sorted(found))


def propose_kind(heads: Sequence[str], cells: Sequence[Sequence[str]]) -> str:
    """The kind of file that the heads fit best: most of its required columns, then most in all."""

    def fit(kind: str) -> tuple[float, int]:
        found = propose(heads, cells, kind)
        sure = {name for name, each in found.items() if each.why is not Why.CONTENT}
        required = KINDS[kind].required
        return len(sure & set(required)) / len(required), len(sure)

    return max(KINDS, key=fit)


def propose_words(list_: str, words: Iterable[str]) -> dict[str, int | None]:
    """What each word of the sample means, by known words; None where nobody can tell."""
    return {word: _meaning(word, list_) for word in words}


def _pair(kind: str, column: str, head: str, looks: frozenset[Shape]) -> _Pair | None:
    fits = looks & HOLDS[column]
    doubt = bool(looks) and not fits
    worth, why = _spelling(kind, column, head)
    if worth < EXACT - 1 and doubt:
        return None
    if not worth:
        if column not in KINDS[kind].required or not fits & _TELLING or len(looks & _TELLING) > 1:
            return None
        worth, why = CONTENT, Why.CONTENT
    return _Pair(worth + AGREES * (bool(fits) - doubt), why, doubt, bool(fits))


def _spelling(kind: str, column: str, head: str) -> tuple[float, Why]:
    """What the head's spelling is worth for a column."""
    key, words = known.key(head), set(known.tokens(head))
    best, why = 0.0, Why.NEAR
    for place, (spelling, tokens) in enumerate(known.heads_of(kind, column)):
        if key == spelling:
            return EXACT - place / 100, Why.KNOWN
        begins = len(spelling) >= _COMPOUND and key.startswith(spelling)
        if begins or (len(spelling) > 2 and set(tokens) <= words):
            worth, reason = PART + 10 * len(spelling) / len(key), Why.PART
        else:
            alike = _alike(key, spelling)
            worth, reason = (NEAR + 10 * alike if alike >= _ALIKE else 0.0), Why.NEAR
        if worth > best:
            best, why = worth, reason
    return best, why


def _alike(a: str, b: str) -> float:
    if abs(len(a) - len(b)) > 3 or min(len(a), len(b)) < 4:
        return 0.0
    return difflib.SequenceMatcher(None, a, b, autojunk=False).ratio()


def _taken(candidates: Iterable[_Candidate]) -> dict[str, Proposal]:
    """The best pairs, each column and each head once."""
    taken: dict[str, Proposal] = {}
    used: set[int] = set()
    for each in candidates:
        if each.column not in taken and each.position not in used:
            used.add(each.position)
            pair = each.pair
            taken[each.column] = Proposal(
                each.column, each.position, pair.confidence, pair.why, pair.doubt
            )
    return taken


def _meaning(word: str, list_: str) -> int | None:
    """The code of a word: known as it is, the longest known words in it, or the nearest."""
    key, tokens, codes = known.key(word), set(known.tokens(word)), known.codes_of(list_)
    if key in codes:
        return codes[key]
    inside = [(len(each), each) for each, parts in known.parts_of(list_) if parts <= tokens]
    if inside and max(inside)[0] > 2:
        return codes[max(inside)[1]]
    near = difflib.get_close_matches(key, codes, 1, _ALIKE) if len(key) > 3 else []
    return codes[near[0]] if near else None
