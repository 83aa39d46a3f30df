"""One forecast of the municipality and its administrations: everything that a page needs, as data.

``make`` runs in a worker. What it gives goes to the database as JSON and comes back by ``Result``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

import numpy as np

from samkoll.stats.forecast.backtest import HORIZON, Score, backtest
from samkoll.stats.forecast.hours import Ahead, YearEnd, planned, reconciled, rest_of, year_end
from samkoll.stats.forecast.models import combined, require_installed
from samkoll.stats.forecast.series import Hours, Series, TooShort, series

ENDED = "De senaste månaderna saknas eller får inte visas, så ingen prognos görs."
Told = Callable[[int, int], None]
"""Hears how many of how many steps are done."""


@dataclass(frozen=True, slots=True)
class Months:
    """The coming months of one part: shares and limits, and hours in hundredths."""

    rate: tuple[float, ...]
    low80: tuple[float, ...]
    high80: tuple[float, ...]
    low95: tuple[float, ...]
    high95: tuple[float, ...]
    sick: tuple[float, ...]
    ordinary: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One scope's forecast. ``learnt``: ordinary months behind it; ``refusal``: why it has none."""

    key: int
    learnt: int
    refusal: str = ""
    months: Months | None = None
    end: YearEnd | None = None
    score: Score | None = None

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Self:
        """From JSON."""
        months, end, score = data["months"], data["end"], data["score"]
        return cls(
            key=data["key"],
            learnt=data["learnt"],
            refusal=data["refusal"],
            months=Months(**{name: tuple(row) for name, row in months.items()}) if months else None,
            end=YearEnd(**end) if end else None,
            score=Score(**score) if score else None,
        )


@dataclass(frozen=True, slots=True)
class Result:
    """The municipality and its administrations. ``first``: the first coming month.

    ``rest``: sick hours each month of what has no forecast of its own, in hundredths.
    """

    first: int
    whole: Part
    parts: tuple[Part, ...]
    rest: tuple[float, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain lists and numbers."""
        return asdict(self)

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Self:
        """What ``as_json`` gave."""
        parts = tuple(Part.of(each) for each in data["parts"])
        return cls(data["first"], Part.of(data["whole"]), parts, tuple(data["rest"]))


def make(
    whole: tuple[int, Hours],
    parts: Mapping[int, Hours],
    disturbed: Collection[int],
    told: Told = lambda done, total: None,
) -> Result:
    """Forecast all of them, hold them against the past, and make the parts add up.

    ``whole`` and ``parts``: keys with known hours by month. A part with too short a history, or
    whose months end earlier than the whole's, has a refusal instead.
    Raises: TooShort for the whole, NotInstalled.
    """
    require_installed()
    key, hours = whole
    learnt = series(hours, disturbed)
    usable = dict(_usable(parts, disturbed, learnt.last))
    maker = _Maker(learnt.last, 2 * (1 + len(usable)), told)
    top = maker.ahead(hours, learnt)
    raw = {k: maker.ahead(parts[k], each) for k, each in usable.items() if isinstance(each, Series)}
    rest = rest_of(top, hours, [parts[k] for k in raw], learnt.last)
    agreed = dict(zip(raw, reconciled(top, list(raw.values()), rest), strict=True))
    made = tuple(
        maker.part(k, parts[k], found, agreed[k]) if isinstance(found, Series) else found
        for k, found in usable.items()
    )
    left = top.sick - sum((each.sick for each in agreed.values()), np.zeros(HORIZON))
    shown = maker.part(key, hours, learnt, top)
    return Result(learnt.last + 1, shown, made, tuple(round(float(each), 1) for each in left))


class _Maker:
    """Does the slow steps, two for each part, and tells about each."""

    def __init__(self, last: int, total: int, told: Told) -> None:
        self._last, self._total, self._told = last, total, told
        self._done = 0

    def ahead(self, known: Hours, learnt: Series) -> Ahead:
        """The coming months of a part by itself."""
        path = combined(learnt, HORIZON)
        self._step()
        return Ahead(self._last + 1, planned(known, self._last, HORIZON), path)

    def part(self, key: int, known: Hours, learnt: Series, ahead: Ahead) -> Part:
        """All that is shown of a part whose months are agreed."""
        score = backtest(learnt)
        self._step()
        return Part(key, learnt.known, "", _months(ahead), year_end(known, ahead), score)

    def _step(self) -> None:
        self._done += 1
        self._told(self._done, self._total)


def _usable(
    parts: Mapping[int, Hours], disturbed: Collection[int], last: int
) -> Iterator[tuple[int, Series | Part]]:
    """What each part learns from, or the part with its refusal."""
    for key, hours in parts.items():
        try:
            learnt = series(hours, disturbed)
        except TooShort as error:
            yield key, Part(key, 0, str(error))
            continue
        yield key, learnt if learnt.last == last else Part(key, 0, ENDED)


def _months(ahead: Ahead) -> Months:
    path = ahead.path
    limits = (path.rate, path.low80, path.high80, path.low95, path.high95)
    rows = [tuple(round(float(each), 6) for each in row) for row in limits]
    hours = [tuple(round(float(each), 1) for each in row) for row in (ahead.sick, ahead.ordinary)]
    return Months(*rows, *hours)
