"""Numbers, hours and extents from the texts of cells: integers straight from the digits, no float.

What can be read in two ways is rejected, never guessed.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from samkoll.core.text import MINUS
from samkoll.imports.faults import Rejected

MOST_HOURS: Final = 74_400
"""Hundredths of an hour in the longest month: 31 days of 24 hours."""
MOST_DAYS: Final = 31
FULL_TIME: Final = 10_000
FULL_TIME_MILLE: Final = 1_000

_NUMBER = re.compile(r"(-?)([0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(?:([.,])([0-9]+))?(-?)")
_CLOCK = re.compile(r"(-?)([0-9]{1,5}):([0-5][0-9])(?::([0-5][0-9]))?(-?)")
_CLOCK_TEXT = re.compile(r"(-?)([0-9]{1,5})(?:[:.,]([0-5][0-9]))?(-?)")
_TIME_CELL = re.compile(r"(1899|190[04])-\d\d-\d\d \d\d:\d\d:\d\d")
_TOO_LONG: Final = 15  # digits; no figure of ours has so many


def _plain(text: str) -> str:
    return " ".join(text.split()).replace(MINUS, "-")


def scaled(text: str, decimal: str, digits: int) -> int:
    """The number times ten to the power ``digits``, exactly; a blank cell is 0.

    Spaces between thousands, and a minus before or after, are read. ``decimal`` "both" takes comma
    and point, but not with three decimals, which could be thousands. Raises: Rejected.
    """
    plain = _plain(text)
    if not plain:
        return 0
    match = _NUMBER.fullmatch(plain)
    if match is None or (match[1] and match[5]):
        raise _not_a_number(plain)
    before, whole, sign, part, after = match.groups(default="")
    if sign and decimal not in (sign, "both"):
        words = {",": "decimalkomma", ".": "decimalpunkt"}
        raise Rejected(
            "decimal_sign", f"värdet har {words[sign]}, profilen väntar {words[decimal]}."
        )
    if decimal == "both" and len(part) == 3:
        raise Rejected("ambiguous", "värdet kan vara tusental eller decimaler.")
    if part[digits:].strip("0"):
        raise Rejected("decimals", f"värdet har fler än {_WORDS[digits]} decimaler.")
    shown = whole.replace(" ", "")[:_TOO_LONG] + (part + "0" * digits)[:digits]
    return -int(shown) if before or after else int(shown)


_WORDS: Final = {0: "noll", 2: "två", 3: "tre", 4: "fyra"}


def _not_a_number(plain: str) -> Rejected:
    if re.search(r"[^\W\d_]", plain):
        return Rejected("letters", "värdet har bokstäver där det ska stå ett tal.")
    if ":" in plain:
        return Rejected("clock", "värdet är inte timmar och minuter. Skriv till exempel 7:30.")
    return Rejected("number", "värdet är inte ett tal.")


def signed_hours(text: str, decimal: str, unit: str) -> int:
    """Hours in hundredths, below 0 in a correction; minutes are rounded half up.

    ``unit``: hours (7,5 and 7:30), clock (7.30 is seven and a half), minutes or hundredths.
    Raises: Rejected.
    """
    plain = _plain(text)
    if not plain:
        return 0
    pattern = _CLOCK_TEXT if unit == "clock" else _CLOCK
    match = pattern.fullmatch(plain) if unit in ("hours", "clock") else None
    if match is not None and not (match[1] and match[match.lastindex or 0] == "-"):
        hours, minutes, *seconds = match.groups(default="0")[1:-1]
        all_seconds = int(hours) * 3600 + int(minutes) * 60 + int(seconds[0] if seconds else 0)
        return _negated(_half_up(all_seconds, 36), "-" in plain)
    if unit in ("hours", "clock") and _TIME_CELL.fullmatch(plain):
        return _half_up(_seconds(plain), 36)
    if unit == "clock":
        raise Rejected("clock", "värdet är inte timmar och minuter. Skriv till exempel 7:30.")
    if unit == "hours":
        return scaled(plain, decimal, 2)
    value = scaled(plain, decimal, 0)
    return value if unit == "hundredths" else _negated(_half_up(abs(value) * 5, 3), value < 0)


def _half_up(value: int, divisor: int) -> int:
    return (2 * value + divisor) // (2 * divisor)


def _negated(value: int, negative: bool) -> int:
    return -value if negative else value


def _seconds(cell: str) -> int:
    """Seconds of a workbook's time, which it keeps as a moment after its first day."""
    base = datetime(1904, 1, 1) if cell.startswith("1904") else datetime(1899, 12, 31)
    return int((datetime.fromisoformat(cell) - base).total_seconds())


def hours(text: str, decimal: str, unit: str) -> int:
    """Hours of one month in hundredths. Raises: Rejected below 0, and above 744 hours."""
    value = month_hours(text, decimal, unit)
    if value < 0:
        raise Rejected("negative", "värdet är negativt.")
    return value


def month_hours(text: str, decimal: str, unit: str) -> int:
    """The same, below 0 in a correction."""
    value = signed_hours(text, decimal, unit)
    if abs(value) > MOST_HOURS:
        raise Rejected("impossible", "fler timmar än de 744 som den längsta månaden har.")
    return value


def count(text: str) -> int:
    """Days or occasions in a month; a blank cell is none. Raises: Rejected above 31."""
    value = whole(text)
    if value > MOST_DAYS:
        raise Rejected("impossible", "fler än de 31 dagar som den längsta månaden har.")
    return value


def whole(text: str) -> int:
    """A whole number; a blank cell is 0. Raises: Rejected."""
    plain = text.strip()
    if plain and not (plain.isascii() and plain.isdigit()):
        raise Rejected("number", "värdet är inte ett heltal.")
    return int(plain[:12] or 0)


def signed_extent(text: str, decimal: str, unit: str) -> int:
    """Share of full time in hundredths of a per cent, below 0 in a correction. Raises: Rejected.

    ``unit``: percent (75,5 or 75,5 %) or share (0,755); a sign of per cent goes before the unit.
    """
    plain = _plain(text)
    if unit == "share" and not plain.endswith("%"):
        value = scaled(plain, decimal, 4)
    else:
        value = scaled(plain.removesuffix("%"), decimal, 2)
    if abs(value) > FULL_TIME:
        raise Rejected("impossible", "omfattningen är högre än 100 procent.")
    return value


def extent(text: str, decimal: str, unit: str) -> int:
    """The same, not below 0."""
    value = signed_extent(text, decimal, unit)
    if value < 0:
        raise Rejected("negative", "värdet är negativt.")
    return value


def per_mille(hundredths: int) -> int:
    """Hundredths of a per cent as whole per mille, half up: 33,33 % is 333."""
    return _half_up(hundredths, 10)
