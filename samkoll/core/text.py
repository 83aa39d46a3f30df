"""Swedish numbers, words and order, the same on pages, in documents and in exports."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

MINUS = "\u2212"
THIN_SPACE = "\u202f"
PROTECTED = ".."
MISSING = "–"

_ORDER = str.maketrans("åäöéèëüáàçñ", "{|}eeeyaacn")


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Round half away from zero ("half up"), as every shown figure is."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def number(value: Decimal | int, decimals: int = 0) -> str:
    """Swedish digits: decimal comma, narrow no-break space for thousands, a real minus sign.

    >>> number(Decimal("-1234.55"), 1)
    '−1\u202f234,6'
    """
    shown = rounded(Decimal(value), decimals)
    text = f"{abs(shown):,.{decimals}f}".replace(",", THIN_SPACE).replace(".", ",")
    return f"{MINUS}{text}" if shown < 0 else text


def parse_number(text: str) -> Decimal:
    """The inverse of ``number``; also reads a hyphen as minus and any kind of space."""
    plain = "".join(text.split()).replace(MINUS, "-").replace(",", ".")
    return Decimal(plain)


def sort_key(text: str) -> str:
    """Swedish order (… z å ä ö, é as e, ü as y); the database has the same in ``swedish_order``."""
    return text.lower().translate(_ORDER)


def nearest(wrong: str, known: Iterable[str], *, count: int = 3) -> list[str]:
    """Up to ``count`` of ``known`` that look most like ``wrong``, for "menade du …?"."""
    by_key = {name.lower(): name for name in known}
    return [by_key[k] for k in difflib.get_close_matches(wrong.lower(), by_key, count, 0.5)]


def listing(words: Iterable[str]) -> str:
    """Words joined as in running Swedish text: ``a, b och c``."""
    *head, last = list(words) or [""]
    return f"{', '.join(head)} och {last}" if head else last
