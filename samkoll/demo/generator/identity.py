"""Identity numbers that nobody has: birth numbers 980-999, which are never given to real people.

Ten women (even) and ten men (odd) fit on each birthday; a full year of birth moves on to the next.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from samkoll.demo.generator.rounding import Ints

WOMAN, MAN = 1, 2
_PER_YEAR = 3650
_STRIDE = 1327  # coprime to 3650: neighbours in the register get birthdays far apart
_FIRST_YEAR, _LAST_YEAR = 1942, 2007
_DAYS = np.array([0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334])


class Register:
    """Hands out each number once, in the order of asking."""

    def __init__(self) -> None:
        self._used = np.zeros((3, _LAST_YEAR + 1), dtype=np.int64)

    def issue(self, sex: npt.NDArray[np.uint8], year: Ints) -> tuple[Ints, Ints]:
        """Twelve-digit numbers (YYYYMMDDNNNC) and the birth years that they carry."""
        years = np.clip(year, _FIRST_YEAR, _LAST_YEAR)
        places = np.zeros(len(years), dtype=np.int64)
        for value in (WOMAN, MAN):
            for birth in np.unique(years[sex == value]):
                chosen = np.flatnonzero((sex == value) & (years == birth))
                self._place(value, int(birth), chosen, years, places)
        return _number(years, places, sex), years

    def _place(self, sex: int, year: int, chosen: Ints, years: Ints, places: Ints) -> None:
        while len(chosen):
            year = self._with_room(sex, year)
            used = int(self._used[sex, year])
            taken = chosen[: _PER_YEAR - used]
            years[taken] = year
            places[taken] = used + np.arange(len(taken))
            self._used[sex, year] += len(taken)
            chosen = chosen[len(taken) :]

    def _with_room(self, sex: int, year: int) -> int:
        near = sorted(range(_FIRST_YEAR, _LAST_YEAR + 1), key=lambda other: abs(other - year))
        found = next((other for other in near if self._used[sex, other] < _PER_YEAR), None)
        if found is None:
            raise OverflowError("no made-up identity number is left")
        return found


def _number(years: Ints, places: Ints, sex: npt.NDArray[np.uint8]) -> Ints:
    slot = (places * _STRIDE) % _PER_YEAR
    day_of_year, turn = slot // 10, slot % 10
    month = np.searchsorted(_DAYS, day_of_year, side="right")
    day = day_of_year - _DAYS[month - 1] + 1
    birth_number = 980 + 2 * turn + np.where(sex == MAN, 1, 0)
    stem = ((years * 100 + month) * 100 + day) * 1000 + birth_number
    number: Ints = stem * 10 + _check_digit(stem)
    return number


def _check_digit(stem: Ints) -> Ints:
    """Luhn over the last nine digits (the century is left out)."""
    total = np.zeros(len(stem), dtype=np.int64)
    rest = stem.copy()
    for place in range(9):
        doubled = (rest % 10) * (2 if place % 2 == 0 else 1)
        total += doubled // 10 + doubled % 10
        rest //= 10
    return (10 - total % 10) % 10
