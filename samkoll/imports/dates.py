"""Days and months from the texts of cells, in the profile's way of writing and in no other.

A date that a workbook keeps as a date comes as ``2023-01-31 00:00:00`` and is read whatever the
profile says: it cannot mean anything else.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from samkoll.core.months import Month
from samkoll.imports.faults import Rejected

EARLIEST: Final = Month.of(1990, 1)
MONTH_FORMAT: Final = "month_format"
BETWEEN: Final = "\x1f"
"""Between the year and the month of a file that has them in two columns."""

_CELL = re.compile(r"(\d{4})-(\d\d)-(\d\d) 00:00:00")
_SERIAL = re.compile(r"(\d{1,7})(?:[.,]0+)?")
_OPEN: Final = (2099, 9999)
_AHEAD: Final = 10  # a year of two digits is at most so far ahead

_DAYS: Final = {
    "ÅÅÅÅ-MM-DD": re.compile(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?:[ T]\d\d:\d\d(?::\d\d)?)?"),
    "ÅÅÅÅMMDD": re.compile(r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)"),
    "ÅÅMMDD": re.compile(r"(?P<y>\d\d)(?P<m>\d\d)(?P<d>\d\d)"),
    "DD/MM/ÅÅÅÅ": re.compile(r"(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})"),
    "DD.MM.ÅÅÅÅ": re.compile(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})"),
    "MM/DD/ÅÅÅÅ": re.compile(r"(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})"),
}
_MONTHS: Final = {
    "ÅÅÅÅ-MM": re.compile(r"(?P<y>\d{4})-(?P<m>\d\d)"),
    "ÅÅÅÅMM": re.compile(r"(?P<y>\d{4})(?P<m>\d\d)"),
    "ÅÅÅÅ-MM-DD": re.compile(r"(?P<y>\d{4})-(?P<m>\d\d)-\d\d"),
    "ÅÅÅÅ-MMM": re.compile(r"(?P<y>\d{4})[- ]?(?P<m>[^\W\d_]+)\.?"),
    "MMM ÅÅÅÅ": re.compile(r"(?P<m>[^\W\d_]+)\.?[- ]?(?P<y>\d{4})"),
    "MM/ÅÅÅÅ": re.compile(r"(?P<m>\d{1,2})/(?P<y>\d{4})"),
    "MM": re.compile(rf"(?P<y>\d{{4}}){BETWEEN}(?P<m>\d{{1,2}})"),
    "MMM": re.compile(rf"(?P<y>\d{{4}}){BETWEEN}(?P<m>[^\W\d_]+)\.?"),
}
_NAMES: Final = (
    ("januari", "january"), ("februari", "february"), ("mars", "march"), ("april",),
    ("maj", "may"), ("juni", "june"), ("juli", "july"), ("augusti", "august"),
    ("september", "sept"), ("oktober", "october"), ("november",), ("december",),
)  # fmt: skip
_NUMBERS: Final = {
    text: number
    for number, names in enumerate(_NAMES, 1)
    for name in names
    for text in (name, name[:3])
}


def day(text: str, written: str, today: date) -> date | None:
    """The day; None for a blank cell and for an open end (31 December 2099 or 9999).

    Raises: Rejected, naming the format when the text follows another one.
    """
    plain = text.strip()
    if not plain:
        return None
    found = _day(plain, written, today)
    if found is None:
        for other, pattern in _DAYS.items():
            if pattern.fullmatch(plain) and other != written:
                raise Rejected(
                    "date_format", f"datumet är skrivet som {other}, men profilen väntar {written}."
                )
        raise Rejected("date", f"värdet är inte ett datum. Skriv det som {_called(written)}.")
    if (found.month, found.day) == (12, 31) and found.year in _OPEN:
        return None
    if not 1900 <= found.year <= today.year + 100:
        raise Rejected("date", "datumet ligger för långt bort för att stämma.")
    return found


def _day(plain: str, written: str, today: date) -> date | None:
    if cell := _CELL.fullmatch(plain):
        return _date(int(cell[1]), int(cell[2]), int(cell[3]))
    if written in ("1900", "1904"):
        serial = _SERIAL.fullmatch(plain)
        return _from_serial(int(serial[1]), written) if serial else None
    match = _DAYS[written].fullmatch(plain)
    if match is None:
        return None
    year = int(match["y"])
    if len(match["y"]) == 2:
        newest = today.year + _AHEAD
        year = newest - (newest - year) % 100
    return _date(year, int(match["m"]), int(match["d"]))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _from_serial(number: int, system: str) -> date | None:
    """Day numbers of a spreadsheet. That of 1900 has a 29 February 1900, which never was."""
    if system == "1904":
        start = date(1904, 1, 1)
    elif number in (0, 60):
        return None
    else:
        start = date(1899, 12, 30) if number > 60 else date(1899, 12, 31)
    try:
        return start + timedelta(days=number)
    except OverflowError:
        return None


def month_of_date(text: str, written: str, today: date) -> int:
    """``Month.index`` of a date; 0 for a blank or an open end. Raises: Rejected."""
    found = day(text, written, today)
    return Month.containing(found).index if found else 0


def needed(read: Callable[..., date | None], text: str, **how: object) -> date:
    """A day that may not be blank or open. Raises: Rejected."""
    found = read(text, **how)
    if found is None:
        raise Rejected("blank", "datumet saknas.")
    return found


def month(text: str, written: str, last: Month) -> int:
    """``Month.index`` from the profile's way of writing months, from 1990 up to ``last``.

    Raises: Rejected; of the kind ``month_format`` for a month in another way of writing, which
    tells that the whole file does not follow the profile.
    """
    year, number = _parts(text.strip(), written)
    if not 1 <= number <= 12:
        raise Rejected("month", "månadens nummer ligger inte mellan 01 och 12.")
    found = Month.of(year, number)
    if not EARLIEST <= found <= last:
        raise Rejected("month_range", f"månaden ligger inte mellan {EARLIEST} och {last}.")
    return found.index


def _parts(plain: str, written: str) -> tuple[int, int]:
    """Year and number of the month. Raises: Rejected."""
    if cell := _CELL.fullmatch(plain):
        return int(cell[1]), int(cell[2])
    if written in ("1900", "1904"):
        serial = _SERIAL.fullmatch(plain)
        found = _from_serial(int(serial[1]), written) if serial else None
        if found is None:
            raise Rejected("month", f"värdet är inte en månad. Skriv den som {_called(written)}.")
        return found.year, found.month
    match = _MONTHS[written].fullmatch(plain)
    number = _number(match["m"]) if match else None
    if match is None or number is None:
        for other, pattern in _MONTHS.items():
            known = pattern.fullmatch(plain)
            if other != written and known and _number(known["m"]) is not None:
                raise Rejected(
                    MONTH_FORMAT, f"månaden är skriven som {other}, men profilen väntar {written}."
                )
        raise Rejected("month", f"värdet är inte en månad. Skriv den som {written}.")
    return int(match["y"]), number


def _number(text: str) -> int | None:
    return int(text) if text.isdigit() else _NUMBERS.get(text.casefold())


def _called(written: str) -> str:
    return f"dagnummer från {written}" if written.isdigit() else written
