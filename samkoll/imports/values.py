"""How one cell is read. Plain functions of a text; each distinct text of a file is read once.

Hours and extents become integers (hundredths) straight from the digits: no float anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from samkoll.core.months import Month
from samkoll.core.text import MINUS
from samkoll.imports.faults import Rejected, meant

MOST_HOURS: Final = 74_400
"""Hundredths of an hour in the longest month: 31 days of 24 hours."""
MOST_DAYS: Final = 31
FULL_TIME: Final = 10_000
EARLIEST: Final = Month.of(1990, 1)
MONTH_FORMAT: Final = "month_format"

_MONTHS: Final = {
    "ÅÅÅÅ-MM": re.compile(r"(\d{4})-(\d\d)"),
    "ÅÅÅÅMM": re.compile(r"(\d{4})(\d\d)"),
    "ÅÅÅÅ-MM-DD": re.compile(r"(\d{4})-(\d\d)-\d\d(?: 00:00:00)?"),
}
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?: 00:00:00)?")
_IDENTITY = re.compile(r"(\d{2})?(\d{6})([-+]?)([0-9A-Z]{4})")
_OPEN_END: Final = ("9999-12-31", "2099-12-31")
_YOUNGEST: Final = 13


def hundredths(text: str, decimal: str, unit: str = "hours") -> int:
    """Hundredths of an hour (or per cent) from ``168,00``; a blank cell is nothing, 0.

    Spaces between thousands are read. Raises: Rejected.
    """
    plain = "".join(text.split()).replace(MINUS, "-")
    if not plain:
        return 0
    negative, plain = plain.startswith("-"), plain.lstrip("-")
    whole, sign, part = plain.partition(decimal)
    if (
        not whole.isascii()
        or not whole.isdigit()
        or (sign and not (part.isascii() and part.isdigit()))
    ):
        raise _not_a_number(plain, decimal)
    if unit == "hundredths":
        value = int(whole[:12]) if not part.strip("0") else _too_fine()
    elif part[2:].strip("0"):
        value = _too_fine()
    else:
        value = int(whole[:12] + (part[:2] + "00")[:2])
    if negative and value:
        raise Rejected("negative", "värdet är negativt.")
    return value


def _too_fine() -> int:
    raise Rejected("decimals", "värdet har fler än två decimaler.")


def _not_a_number(plain: str, decimal: str) -> Rejected:
    if re.search(r"[^\W\d_]", plain):
        return Rejected("letters", "värdet har bokstäver där det ska stå ett tal.")
    if ":" in plain:
        return Rejected("clock", f"värdet är skrivet som timmar:minuter. Skriv 7{decimal}50.")
    other = {",": ".", ".": ","}[decimal]
    if other in plain:
        words = {",": "decimalkomma", ".": "decimalpunkt"}
        return Rejected(
            "decimal_sign", f"värdet har {words[other]}, profilen väntar {words[decimal]}."
        )
    return Rejected("number", "värdet är inte ett tal.")


def hours(text: str, decimal: str, unit: str) -> int:
    """Hours of one month in hundredths. Raises: Rejected above 744 hours, no month is longer."""
    value = hundredths(text, decimal, unit)
    if value > MOST_HOURS:
        raise Rejected("impossible", "fler timmar än de 744 som den längsta månaden har.")
    return value


def count(text: str) -> int:
    """Days or occasions in a month; a blank cell is none. Raises: Rejected above 31."""
    plain = text.strip()
    if plain and not (plain.isascii() and plain.isdigit()):
        raise Rejected("number", "värdet är inte ett heltal.")
    value = int(plain[:12] or 0)
    if value > MOST_DAYS:
        raise Rejected("impossible", "fler än de 31 dagar som den längsta månaden har.")
    return value


def extent(text: str, decimal: str) -> int:
    """Share of full time in hundredths of a per cent. Raises: Rejected above 100 per cent."""
    value = hundredths(text.strip().removesuffix("%"), decimal)
    if value > FULL_TIME:
        raise Rejected("impossible", "sysselsättningsgraden är högre än 100 procent.")
    return value


def month(text: str, written: str, last: Month) -> int:
    """``Month.index`` from the profile's way of writing months, from 1990 up to ``last``.

    Raises: Rejected; of the kind ``month_format`` for a month in another way of writing, which
    tells that the whole file does not follow the profile.
    """
    plain = text.strip()
    match = _MONTHS[written].fullmatch(plain)
    if match is None:
        for other, pattern in _MONTHS.items():
            if pattern.fullmatch(plain):
                raise Rejected(
                    MONTH_FORMAT, f"månaden är skriven som {other}, men profilen väntar {written}."
                )
        raise Rejected("month", f"värdet är inte en månad. Skriv den som {written}.")
    year, number = int(match[1]), int(match[2])
    if not 1 <= number <= 12:
        raise Rejected("month", "månadens nummer ligger inte mellan 01 och 12.")
    found = Month.of(year, number)
    if not EARLIEST <= found <= last:
        raise Rejected("month_range", f"månaden ligger inte mellan {EARLIEST} och {last}.")
    return found.index


def month_of_date(text: str) -> int:
    """``Month.index`` of a date; 0 for a blank or an open end (9999-12-31). Raises: Rejected."""
    plain = text.strip()
    if not plain or plain in _OPEN_END:
        return 0
    match = _DATE.fullmatch(plain)
    try:
        if match is not None:
            return Month.containing(date(int(match[1]), int(match[2]), int(match[3]))).index
    except ValueError:
        pass
    raise Rejected("date", "värdet är inte ett datum. Skriv det som ÅÅÅÅ-MM-DD.")


def word(text: str, words: Mapping[str, int], blank: int | None = None) -> int:
    """The code of a word, whatever its case. Raises: Rejected, naming the nearest word."""
    plain = " ".join(text.split())
    if not plain and blank is not None:
        return blank
    code = {known.casefold(): number for known, number in words.items()}.get(plain.casefold())
    if code is not None:
        return code
    if not plain:
        raise Rejected("blank", "värdet saknas.")
    raise Rejected("word", meant(plain, words))


@dataclass(frozen=True, slots=True)
class Identity:
    """A normalised identity number: twelve characters with century, and what it tells.

    ``verified`` is false for a temporary number with letters, whose check digit says nothing.
    """

    number: str
    birth_year: int
    verified: bool


def identity(text: str, today: date) -> Identity:
    """A personnummer or samordningsnummer with ten or twelve digits, or a temporary number.

    Two-digit years mean the person who is 13 to 112 years old today. Raises: Rejected; no reason
    ever repeats the number.
    """
    match = _IDENTITY.fullmatch(text.strip().upper().replace(" ", ""))
    if match is None:
        kind = "blank" if not text.strip() else "identity"
        raise Rejected(kind, "personnumret saknas." if kind == "blank" else _WRONG)
    century, birth, sign, tail = match.groups()
    year = int(century + birth[:2]) if century else _full_year(int(birth[:2]), sign, today)
    number = f"{year:04d}{birth[2:]}{tail}"
    if not tail.isdigit():
        return Identity(number, year, verified=False)
    if not _is_date(year, birth) or _luhn(birth + tail) or year > today.year:
        raise Rejected("identity", _WRONG)
    return Identity(number, year, verified=True)


_WRONG: Final = "personnumret är inte giltigt: datum eller kontrollsiffra stämmer inte."


def _full_year(short: int, sign: str, today: date) -> int:
    """The year of birth from two digits; a plus sign tells that the person has turned 100."""
    newest = today.year - (100 if sign == "+" else _YOUNGEST)
    return newest - (newest - short) % 100


def _is_date(year: int, birth: str) -> bool:
    """Whether month and day exist; the day of a samordningsnummer is 60 higher."""
    day = int(birth[4:])
    try:
        date(year, int(birth[2:4]), day - 60 if day > 60 else day)
    except ValueError:
        return False
    return True


def _luhn(digits: str) -> int:
    """0 when the check digit of ten digits is right."""
    total = 0
    for position, digit in enumerate(digits):
        value = int(digit) * (2 - position % 2)
        total += value - 9 if value > 9 else value
    return total % 10
