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
        self.depth = max(map(len, self._by_code.values()), default=1)

    def periods(self, text: str) -> list[UnitPeriod]:
        """The units with that code. Raises: Rejected with the nearest codes and names."""
        found = self._by_code.get(text.strip().casefold())
        if found:
            return found
        if not text.strip():
            raise Rejected("blank", "enhetskoden saknas.")
        raise Rejected("unit", self._unknown(text.strip()))

    def _unknown(self, text: str) -> str:
        near = nearest(text, self._label) if len(text) <= 60 else []
        hint = f" Menade du {' eller '.join(self._label[name] for name in near)}?" if near else ""
        if looks_like_code(text):
            return f"enheten ”{text}” finns inte.{hint}"
        return f"enheten finns inte.{hint}"
