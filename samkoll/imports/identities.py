"""Identity numbers from the texts of cells, however a system or a spreadsheet has written them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from samkoll.imports.faults import Rejected

_IDENTITY = re.compile(r"(\d{2})?(\d{6})([-+]?)([0-9A-Z]{4})", re.ASCII)
_SHORT = re.compile(r"\d{7,9}", re.ASCII)
_POWER = re.compile(r"(\d)[.,](\d+)E\+?(09|9|11)", re.ASCII)
_FLOAT = re.compile(r"(\d{7,12})[.,]0+", re.ASCII)
_YOUNGEST: Final = 13
_WRONG: Final = "personnumret är inte giltigt: datumet stämmer inte eller så är det för kort."
_LOST: Final = (
    "numret är skrivet i grundpotensform och siffror har gått förlorade. Gör kolumnen till text i "
    "kalkylprogrammet och spara om filen."
)
_COMPANY: Final = "numret är ett organisationsnummer, inte en persons nummer."


@dataclass(frozen=True, slots=True)
class Identity:
    """A normalised identity number: twelve characters with century, and what it tells.

    ``verified`` is false for a temporary or reserve number: one with letters, or whose check digit
    does not fit. ``restored``: leading zeros, which a spreadsheet had dropped, were put back.
    """

    number: str
    birth_year: int
    verified: bool
    restored: bool = False


def identity(text: str, today: date) -> Identity:
    """A personnummer or samordningsnummer with ten or twelve digits, or a temporary number.

    Two-digit years mean the person who is 13 to 112 years old today. Seven to nine digits are a
    number that has lost its leading zeros; its check digit must fit. Raises: Rejected; no reason
    ever repeats the number.
    """
    plain = _unspread(text.strip().lstrip("'’").upper().replace(" ", ""))
    restored = _SHORT.fullmatch(plain) is not None
    match = _IDENTITY.fullmatch(plain.zfill(10) if restored else plain)
    if match is None:
        raise Rejected("identity", _WRONG) if plain else Rejected("blank", "personnumret saknas.")
    century, birth, sign, tail = match.groups()
    if century == "16" or (birth[2] >= "2" and tail.isdigit()):
        raise Rejected("identity", _COMPANY)
    year = int(century + birth[:2]) if century else _full_year(int(birth[:2]), sign, today)
    fits = tail.isdigit() and not _luhn(birth + tail)
    if year > today.year or (tail.isdigit() and not _is_date(year, birth)) or restored > fits:
        raise Rejected("identity", _WRONG)
    return Identity(f"{year:04d}{birth[2:]}{tail}", year, verified=fits, restored=restored)


def _unspread(plain: str) -> str:
    """A number that a spreadsheet kept as a number: 1,98001019876E+11 or 198001019876.0.

    Raises: Rejected when digits are lost.
    """
    if power := _POWER.fullmatch(plain):
        if len(power[2]) != int(power[3]):
            raise Rejected("scientific", _LOST)
        return power[1] + power[2]
    if re.fullmatch(r"[\d.,]+E\+?\d+", plain, re.ASCII):
        raise Rejected("scientific", _LOST)
    found = _FLOAT.fullmatch(plain)
    return found[1] if found else plain


def _full_year(short: int, sign: str, today: date) -> int:
    """The year of birth from two digits; a plus sign tells that the person has turned 100."""
    newest = today.year - (100 if sign == "+" else _YOUNGEST)
    return newest - (newest - short) % 100


def _is_date(year: int, birth: str) -> bool:
    """Whether month and day exist. The day of a samordningsnummer is 60 higher, and its date may
    be uncertain: month or day 00."""
    month, day = int(birth[2:4]), int(birth[4:])
    coordination = day >= 60
    day -= 60 * coordination
    if coordination and (month == 0 or day == 0):
        return month <= 12 and day <= 31
    try:
        date(year, month, day)
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
