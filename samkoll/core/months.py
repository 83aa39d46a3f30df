"""Months and rolling windows as values. A month has an index so that windows are integer ranges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from samkoll.core.errors import DomainError

_PATTERN = re.compile(r"(\d{4})-(\d{2})")


class NotAMonth(DomainError):
    """The text is not a month written as 2023-12."""


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """One calendar month. ``index`` counts months from year 0: year * 12 + month - 1."""

    index: int

    @classmethod
    def of(cls, year: int, month: int) -> Self:
        return cls(year * 12 + month - 1)

    @classmethod
    def containing(cls, day: date) -> Self:
        return cls.of(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``2023-12``. Raises: NotAMonth."""
        match = _PATTERN.fullmatch(text.strip())
        if match is None or not 1 <= int(match[2]) <= 12:
            raise NotAMonth(f"”{text}” är inte en månad: skriv år och månad som 2023-12.")
        return cls.of(int(match[1]), int(match[2]))

    @property
    def year(self) -> int:
        return self.index // 12

    @property
    def month(self) -> int:
        return self.index % 12 + 1

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        return (self + 1).first_day - timedelta(days=1)

    def __add__(self, months: int) -> Month:
        return Month(self.index + months)

    def __sub__(self, months: int) -> Month:
        return Month(self.index - months)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


@dataclass(frozen=True, slots=True)
class Window:
    """Whole months from ``first`` to ``last``, both included."""

    first: Month
    last: Month

    @classmethod
    def rolling(cls, last: Month, months: int = 12) -> Self:
        """The window of ``months`` months that ends with ``last`` (R12 unless told)."""
        return cls(last - (months - 1), last)

    def __len__(self) -> int:
        return self.last.index - self.first.index + 1

    def __iter__(self) -> Iterator[Month]:
        return (Month(index) for index in range(self.first.index, self.last.index + 1))

    def __str__(self) -> str:
        """``R12 2023-12`` for twelve months, else ``2023-01 – 2023-03``."""
        if len(self) == 12:
            return f"R12 {self.last}"
        return str(self.last) if len(self) == 1 else f"{self.first} – {self.last}"
