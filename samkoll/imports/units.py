"""The units that a payroll file may name: code and months of validity, as plain values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from samkoll.core.text import nearest
from samkoll.imports.faults import Rejected, looks_like_code

FOREVER: Final = 9999 * 12 + 11


@dataclass(frozen=True, slots=True)
class UnitPeriod:
    """One unit under its code, valid in the months ``first`` to ``last`` (indexes, inclusive)."""

    pk: int
    code: str
    name: str
    first: int
    last: int = FOREVER


class Units:
    """Finds units by code. A code may have been used again for another unit in later months."""

    def __init__(self, periods: Iterable[UnitPeriod]) -> None:
        self._by_code: dict[str, list[UnitPeriod]] = defaultdict(list)
        self._label: dict[str, str] = {}
        for period in periods:
            self._by_code[period.code.casefold()].append(period)
            self._label[period.code] = f"{period.code} {period.name}"
            self._label[period.name] = f"{period.code} {period.name}"
        self._by_digits: dict[str, set[str]] = defaultdict(set)
        for code in self._by_code:
            if code.isdigit():
                self._by_digits[code.lstrip("0")].add(code)
        self.depth = max(map(len, self._by_code.values()), default=1)

    def periods(self, text: str) -> list[UnitPeriod]:
        """The units with that code, also when a spreadsheet has dropped its leading zeros.

        Raises: Rejected with the nearest codes and names.
        """
        code = text.strip().casefold()
        found = self._by_code.get(code) or self._without_zeros(code)
        if found:
            return found
        if not text.strip():
            raise Rejected("blank", "enhetskoden saknas.")
        raise Rejected("unit", self._unknown(text.strip()))

    def _without_zeros(self, code: str) -> list[UnitPeriod]:
        """The units of the only code that is this one but for leading zeros."""
        digits = code.removesuffix(".0")
        same = self._by_digits.get(digits.lstrip("0"), set()) if digits.isdigit() else set()
        if len(same) > 1:
            raise Rejected("unit", "enhetskoden har tappat inledande nollor och passar på flera.")
        return self._by_code[min(same)] if same else []

    def _unknown(self, text: str) -> str:
        near = nearest(text, self._label) if len(text) <= 60 else []
        hint = f" Menade du {' eller '.join(self._label[name] for name in near)}?" if near else ""
        if looks_like_code(text):
            return f"enheten ”{text}” finns inte.{hint}"
        return f"enheten finns inte.{hint}"
