"""How the cells of a sample are written: months, dates, hours, extents, decimal sign."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from samkoll.imports.kinds import KINDS

_YEAR: Final = r"(?:19|20)\d\d"
_MONTH: Final = r"(?:0[1-9]|1[0-2])"
_DAY: Final = r"(?:0[1-9]|[12]\d|3[01])"
_WORD: Final = r"[a-zåäöA-ZÅÄÖ]{3,9}\.?"
_MONTHS: Final[Mapping[str, str]] = {
    "ÅÅÅÅ-MM": rf"{_YEAR}-{_MONTH}(?:-01 00:00:00)?",
    "ÅÅÅÅMM": rf"{_YEAR}{_MONTH}",
    "ÅÅÅÅ-MM-DD": rf"{_YEAR}-{_MONTH}-{_DAY}(?: 00:00:00)?",
    "ÅÅÅÅ-MMM": rf"{_YEAR}[- ]{_WORD}",
    "MMM ÅÅÅÅ": rf"{_WORD}[- ]{_YEAR}",
    "MM/ÅÅÅÅ": rf"{_MONTH}[/-]{_YEAR}",
    "MMM": _WORD,
    "MM": r"0?[1-9]|1[0-2]",
    "1900": r"[2-6]\d{4}(?:\.0)?",
}
_DATES: Final[Mapping[str, str]] = {
    "ÅÅÅÅ-MM-DD": rf"{_YEAR}-{_MONTH}-{_DAY}(?: 00:00:00)?|9999-12-31",
    "ÅÅÅÅMMDD": rf"{_YEAR}{_MONTH}{_DAY}|99991231",
    "DD/MM/ÅÅÅÅ": rf"{_DAY}/{_MONTH}/{_YEAR}",
    "MM/DD/ÅÅÅÅ": rf"{_MONTH}/{_DAY}/{_YEAR}",
    "DD.MM.ÅÅÅÅ": rf"{_DAY}\.{_MONTH}\.{_YEAR}",
    "ÅÅMMDD": rf"\d\d{_MONTH}{_DAY}",
    "1900": r"[2-6]\d{4}(?:\.0)?",
}
_CLOCK: Final = re.compile(r"[-\u2212]?\d{1,4}:[0-5]\d")
_DECIMAL: Final = re.compile(r"[-\u2212]?[\d \u00a0\u202f]*\d([.,])\d{1,2}%?")
_THOUSANDS: Final = re.compile(r"\d{1,3}([.,])\d{3}$")
_MOST_HOURS: Final = 744


def written(kind: str, cells: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The settings that a sample's cells tell, by the logical columns that they stand under.

    What the cells do not tell is left out.
    """
    form = KINDS[kind]
    dates = [cell for name in form.dates for cell in cells.get(name, ())]
    hours = [cell for name in form.hours for cell in cells.get(name, ())]
    extents = list(cells.get("extent", ()))
    found = {
        "month_format": _best(cells.get("month", ()), _MONTHS),
        "date_format": _best(dates, _DATES),
        "decimal": _decimal([*hours, *extents]),
        "hours_unit": _hours_unit(hours),
        "extent_unit": _extent_unit(extents),
    }
    return {name: value for name, value in found.items() if value}


def _filled(cells: Iterable[str]) -> list[str]:
    return [plain for cell in cells if (plain := " ".join(cell.split()))]


def _best(cells: Iterable[str], patterns: Mapping[str, str]) -> str:
    """The way of writing that most cells follow; the first of several."""
    filled = _filled(cells)
    counts = {
        name: sum(1 for cell in filled if re.fullmatch(pattern, cell, re.IGNORECASE))
        for name, pattern in patterns.items()
    }
    best = max(counts, key=lambda name: counts[name])
    return best if 2 * counts[best] > len(filled) else ""


def _decimal(cells: Iterable[str]) -> str:
    """The decimal sign; "both" where both are used."""
    signs = {
        match[1]
        for cell in _filled(cells)
        if (match := _DECIMAL.fullmatch(cell)) and not _THOUSANDS.fullmatch(cell)
    }
    return "both" if len(signs) > 1 else "".join(signs)


def _hours_unit(cells: Iterable[str]) -> str:
    """Clock where hours are written 7:30; hundredths where whole numbers pass all hours of a
    month. Minutes cannot be told from hundredths: a person chooses."""
    filled = _filled(cells)
    if any(_CLOCK.fullmatch(cell) for cell in filled):
        return "clock"
    whole = [int(cell) for cell in filled if cell.isascii() and cell.isdigit() and len(cell) < 9]
    if len(whole) == len(filled) and max(whole, default=0) > _MOST_HOURS:
        return "hundredths"
    return "hours" if filled else ""


def _extent_unit(cells: Iterable[str]) -> str:
    """Shares where no value is above one and some lie between nought and one."""
    texts = [cell.rstrip("% ").replace(",", ".") for cell in _filled(cells)]
    values = [float(text) for text in texts if re.fullmatch(r"\d{1,3}(?:\.\d+)?", text)]
    if not values:
        return ""
    return "share" if max(values) <= 1 and any(0 < value < 1 for value in values) else "percent"
