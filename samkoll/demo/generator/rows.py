"""Person-months as columns: what population, hours and absence fill in and the writer reads."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from samkoll.demo.generator.rounding import Floats, Ints

Bools = npt.NDArray[np.bool_]


@dataclass
class Rows:
    """One row per person, employment and month. Hours are hundredths.

    ``person`` is a position in the population, ``unit`` one among the organisation's leaves,
    ``sex`` 0 for women and 1 for men, ``group`` a position among the steered staff groups or -1,
    ``share`` the part of the month's full time that the row can hold at most, ``base`` the
    ordinary hours wanted before steering, ``manager`` a person or -1.
    """

    month: Ints
    person: Ints
    employment: Ints
    unit: Ints
    board: Ints
    sex: Ints
    form: Ints
    main: Bools
    group: Ints
    title: Ints
    extent: Ints
    departure: Ints
    end_day: Ints
    share: Floats
    base: Floats
    ordinary: Ints
    sick_short: Ints
    sick_long: Ints
    additional: Ints
    overtime: Ints
    sick_60: Ints
    sick_days: Ints
    occasions: Ints
    manager: Ints

    def __len__(self) -> int:
        return len(self.month)

    def take(self, chosen: Ints | Bools) -> Rows:
        """Only the chosen rows, in that order."""
        return Rows(**{field.name: getattr(self, field.name)[chosen] for field in fields(self)})


def concatenate(parts: list[Rows]) -> Rows:
    """All parts, one after another."""
    return Rows(
        **{
            field.name: np.concatenate([getattr(part, field.name) for part in parts])
            for field in fields(Rows)
        }
    )
