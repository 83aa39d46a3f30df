"""What the cells of a column look like, and how they may be shown without telling who it is.

Pure functions of texts. A cell is shown as it is only when its shape is one that names nobody (a
number, a date, a month, a word that stands in many rows); all other cells are shown as a pattern.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from itertools import islice
from typing import Final

from samkoll.imports import profiles_known as known

MAJORITY: Final = 0.8
"""So large a share of the cells that are not blank decides what a column looks like."""
MOST_WORDS: Final = 60
ENOUGH: Final = 200
"""So many filled cells are looked at to know what a column looks like."""
_LONGEST: Final = 40


class Shape(StrEnum):
    """What a column's cells look like. One column can look like several."""

    IDENTITY = "identity"
    MONTH = "month"
    DATE = "date"
    YEAR = "year"
    INTEGER = "integer"
    NUMBER = "number"
    CLOCK = "clock"
    PERCENT = "percent"
    SEX = "sex"
    FORM = "form"
    YES_NO = "yes_no"
    DEPARTURE = "departure"
    CAUSE = "cause"
    CODE = "code"
    TEXT = "text"


_MONTH_WORD: Final = r"(?:jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec)[a-zåäö]*\.?"
_YEAR: Final = r"(?:19|20)\d\d"
_MONTH_NUMBER: Final = r"(?:0[1-9]|1[0-2])"
_DAY: Final = r"(?:0[1-9]|[12]\d|3[01])"

_PATTERNS: Final[Mapping[Shape, re.Pattern[str]]] = {
    shape: re.compile(pattern, re.IGNORECASE)
    for shape, pattern in {
        Shape.IDENTITY: rf"(?:{_YEAR})?\d\d{_MONTH_NUMBER}\d\d[-+ ]?[\dA-Z]{{4}}"
        rf"|{_YEAR}{_MONTH_NUMBER}\d\d[-+ ]?[\dA-Z]{{4}}|\d[,.]\d+E\+?1[01]",
        Shape.MONTH: rf"{_YEAR}[-/]?{_MONTH_NUMBER}|{_MONTH_NUMBER}[-/]{_YEAR}"
        rf"|{_YEAR}[- ]{_MONTH_WORD}|{_MONTH_WORD}[- ]{_YEAR}|{_MONTH_WORD}",
        Shape.DATE: rf"{_YEAR}[-/.]{_MONTH_NUMBER}[-/.]{_DAY}(?: 00:00:00)?"
        rf"|{_YEAR}{_MONTH_NUMBER}{_DAY}|\d\d{_MONTH_NUMBER}{_DAY}"
        rf"|{_DAY}[-/.]{_MONTH_NUMBER}[-/.]{_YEAR}|{_MONTH_NUMBER}/{_DAY}/{_YEAR}|9999-12-31",
        Shape.YEAR: _YEAR,
        Shape.INTEGER: r"[-\u2212]?\d{1,9}",
        Shape.NUMBER: r"[-\u2212]?\d{1,3}(?:[ \u00a0\u202f]?\d{3})*(?:[.,]\d+)?[-\u2212]?",
        Shape.CLOCK: r"[-\u2212]?\d{1,4}:[0-5]\d",
        Shape.PERCENT: r"\d{1,3}(?:[.,]\d+)?[ \u00a0\u202f]?%",
        Shape.CODE: r"[A-ZÅÄÖ]{1,6}[-./_ ]?\d{1,6}[A-ZÅÄÖ]?|[A-ZÅÄÖ]{2,5}|\d{1,7}"
        r"|[A-ZÅÄÖ\d]{1,6}(?:[-./_][A-ZÅÄÖ\d]{1,6}){1,3}",
    }.items()
}
_WORD_SHAPES: Final = (Shape.SEX, Shape.FORM, Shape.YES_NO, Shape.DEPARTURE, Shape.CAUSE)
_OPEN: Final = frozenset({"9999-12-31", "2099-12-31", "99991231", "20991231"})
_SAFE: Final = frozenset(
    {Shape.MONTH, Shape.YEAR, Shape.NUMBER, Shape.CLOCK, Shape.PERCENT, *_WORD_SHAPES}
)
_NAMES: Final = re.compile(r"[A-ZÅÄÖÉÜ][\w'-]+(?:,? [A-ZÅÄÖÉÜ][\w'-]*\.?)+")
_SCIENTIFIC: Final = re.compile(r"\d[,.]\d+E\+?\d+", re.IGNORECASE)
_LONG_NUMBER: Final = re.compile(r"\d(?:[-+. ]?\d){5,}")
_RUNS: Final = (
    (re.compile(r"[A-ZÅÄÖÉÜÆØ]"), "A"),
    (re.compile(r"[^\W\d_A]"), "a"),
    (re.compile(r"\d"), "N"),
)


def shapes_of(text: str) -> frozenset[Shape]:
    """Every shape that one cell can be read as; none for a blank cell."""
    plain = " ".join(text.split())
    if not plain:
        return frozenset()
    found = {shape for shape, pattern in _PATTERNS.items() if pattern.fullmatch(plain)}
    word = known.key(plain)
    found |= {shape for shape in _WORD_SHAPES if word in known.codes_of(shape.value)}
    if Shape.INTEGER in found:
        found.add(Shape.NUMBER)
    return frozenset(found or {Shape.TEXT})


def looks_like(cells: Iterable[str]) -> frozenset[Shape]:
    """The shapes that at least four fifths of a column's filled cells have; none when all blank."""
    filled = [shapes_of(cell) for cell in islice(filter(str.strip, cells), ENOUGH)]
    counts = Counter(shape for shapes in filled for shape in shapes)
    return frozenset(s for s, count in counts.items() if count >= MAJORITY * len(filled))


def shown(head: str, cells: Sequence[str], count: int = 10) -> list[str]:
    """A column's first cells as they may be shown: as they are, or as a pattern of their signs.

    Nothing of a column whose head tells of persons is shown, nor of one that looks like names or
    identity numbers; a text is shown only when it is a word that comes back in many rows.
    """
    first = cells[:count]
    if names_persons(head, cells):
        return [pattern_of(cell) for cell in first]
    words = repeated_words(cells)
    return [cell if _harmless(cell, words) else pattern_of(cell) for cell in first]


def names_persons(head: str, cells: Iterable[str]) -> bool:
    """Whether a column may tell who somebody is, by its head or by its cells."""
    if known.personal() & set(known.tokens(head)) or any(
        word in known.key(head) for word in ("namn", "adress", "personn", "persnr", "pnr")
    ):
        return not _is_label(head)
    filled = [" ".join(cell.split()) for cell in islice(filter(str.strip, cells), ENOUGH)]
    looks = looks_like(filled)
    if Shape.IDENTITY in looks and Shape.DATE not in looks:
        return True
    names = sum(1 for cell in filled if _NAMES.fullmatch(cell))
    return names >= MAJORITY * len(filled) > 0


def repeated_words(cells: Iterable[str]) -> frozenset[str]:
    """The words of a column that has few of them, most often several times each."""
    filled = [" ".join(cell.split()) for cell in cells if cell.strip()]
    counts = Counter(filled)
    few = len(counts) <= MOST_WORDS and 3 * len(counts) <= len(filled)
    return frozenset(word for word in counts if few and len(word) <= _LONGEST)


def pattern_of(text: str) -> str:
    """``ÅÅÅÅMMDD-NNNN`` for an identity number, else the kinds of sign: ``Aaaa Aaaaaa``."""
    plain = " ".join(text.split())
    if not plain:
        return ""
    if _PATTERNS[Shape.IDENTITY].fullmatch(plain) and not _SCIENTIFIC.fullmatch(plain):
        sign = next((each for each in "-+ " if each in plain), "")
        digits = len(plain) - len(sign)
        return f"{'ÅÅÅÅ' if digits == 12 else 'ÅÅ'}MMDD{sign}NNNN"
    for kind, sign in _RUNS:
        plain = kind.sub(sign, plain)
    return plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST - 1]}…"


def shown_head(head: str) -> str:
    """A head as it may be shown: a file without heads has a person in its first row."""
    plain = " ".join(head.split())
    return pattern_of(plain) if holds_number(plain) else plain[:100]


def holds_number(text: str) -> bool:
    """Whether a text has six digits or more in a row, as identity and telephone numbers have."""
    return _LONG_NUMBER.search(text) is not None


def _harmless(cell: str, words: frozenset[str]) -> bool:
    plain = " ".join(cell.split())
    if not plain or plain in _OPEN:
        return True
    found = shapes_of(plain)
    if found & _SAFE and len(plain) < 10:
        return True
    if Shape.DATE in found:
        return True
    if Shape.CODE in found and not holds_number(plain):
        return True
    return plain in words and not holds_number(plain) and _NAMES.fullmatch(plain) is None


def _is_label(head: str) -> bool:
    """Heads with "namn" that name no person: the name of a unit, of a post."""
    return any(
        word in known.key(head)
        for word in ("enhetsnamn", "enhetnamn", "avdelningsnamn", "orgnamn", "arbetsplatsnamn")
    )
