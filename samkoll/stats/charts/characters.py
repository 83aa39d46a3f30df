"""Characters that a document cannot carry: filtered everywhere, replaced where a font lacks them.

A missing glyph is an error in PDF/UA, so the PDF shows ``REPLACEMENT`` instead, and
``missing`` tells which text it was. HTML and DOCX keep such characters: the reader's own
machine has other fonts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

REPLACEMENT = "□"
_GLYPHS = Path(__file__).parent / "fonts" / "glyphs.txt"
_SPACES = str.maketrans({"\t": " ", "\u2028": "\n", "\u2029": "\n", "\r": "\n"})
# Controls, lone surrogates and non-characters are illegal in XML; overrides of the writing
# direction can make a name read as another one.
_ILLEGAL = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
# A run without a place to break would leave the page: give it one every thirty characters.
_ENDLESS = re.compile(r"\S{30}(?=\S{10})")


@dataclass(frozen=True, slots=True)
class Missing:
    """Characters of one text that the PDF's font lacks; ``text`` is cut to sixty characters."""

    text: str
    characters: str


def clean(text: str) -> str:
    """The text composed (NFC) and without what no format may carry. Line feeds stay."""
    if text.isascii() and text.isprintable():
        return text
    plain = text.replace("\r\n", "\n").translate(_SPACES)
    return unicodedata.normalize("NFC", _ILLEGAL.sub("", plain))


def printable(text: str) -> str:
    """The cleaned text with what the PDF's font lacks replaced by one sign per character."""
    text = _ENDLESS.sub("\\g<0>\u200b", clean(text))
    return text if text.isascii() else "".join(map(_shown, text))


def missing(texts: Iterable[str]) -> tuple[Missing, ...]:
    """Which of the texts lose characters in the PDF, in order, each once."""
    found: dict[Missing, None] = {}
    for text in map(clean, texts):
        lost = "".join(sorted({c for c in text if _shown(c) == REPLACEMENT != c}))
        if lost:
            found[Missing(text[:60], lost)] = None
    return tuple(found)


def _shown(character: str) -> str:
    """Itself, the replacement, or nothing: joiners and variation selectors only steer glyphs."""
    if character in _glyphs() or character == "\n":
        return character
    steers = unicodedata.category(character) == "Cf" or "\ufe00" <= character <= "\ufe0f"
    return "" if steers else REPLACEMENT


@cache
def _glyphs() -> frozenset[str]:
    """The characters of the PDF's font: all cuts have the same, those of ``glyphs.txt`` (tests).

    Read from a list of ranges, because finding them in the font takes a third of a second.
    """
    ranges = (line.split("-") for line in _GLYPHS.read_text("ascii").split())
    return frozenset(chr(code) for first, *last in ranges for code in _codes(first, *last))


def _codes(first: str, last: str = "") -> range:
    return range(int(first, 16), int(last or first, 16) + 1)
