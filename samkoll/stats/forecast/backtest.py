"""How well the forecast would have done: made again at earlier months, held against what came.

MAE in percentage points, and MASE: the forecast's mean error over that of the seasonal naive one
for the same months. Under 1 is better than "as last year". No per cent of per cent.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from samkoll.stats.forecast.models import Path, combined, naive
from samkoll.stats.forecast.series import FEW, FEWEST, Series

HORIZON = 12
SHORT, MOST = 8, 24
"""Origins with a short history, and at most."""
Forecaster = Callable[[Series, int], Path]


@dataclass(frozen=True, slots=True)
class Score:
    """The backtest's result. ``points``: errors in percentage points.

    ``forecasts``: months that were forecast and then came, from ``origins`` starting points.
    ``covered80/95``: the share of them within the interval.
    """

    origins: int
    forecasts: int
    points: float
    naive_points: float
    covered80: float
    covered95: float

    @property
    def mase(self) -> float | None:
        """Error against that of the seasonal naive forecast; None where that one has none."""
        return self.points / self.naive_points if self.naive_points else None


def backtest(known: Series, forecaster: Forecaster = combined) -> Score:
    """Forecast 1 to 12 months from each of the latest 8 to 24 months, with what was known then.

    Months of an extraordinary time are neither starting points nor held against. With fewer than
    three years the first histories are shorter than a real forecast would accept.
    """
    count = SHORT if known.known < FEW else min(MOST, known.known - FEWEST)
    origins = [m for m in known.months.tolist() if m not in known.filled][-count:]
    found = np.vstack([_errors(known, origin, forecaster) for origin in origins])
    points, baseline, in80, in95 = found.mean(axis=0)
    return Score(
        len(origins), len(found), 100 * float(points), 100 * float(baseline), float(in80),
        float(in95),
    )  # fmt: skip


def _errors(known: Series, origin: int, forecaster: Forecaster) -> np.ndarray:
    """Rows of (error, the naive one's error, within 80, within 95) from one origin."""
    then = known.before(origin)
    horizon = min(HORIZON, known.last - origin + 1)
    path, baseline = forecaster(then, horizon), naive(then, horizon)
    truth = known.rates[origin - known.first :][:horizon]
    real = [n for n in range(horizon) if origin + n not in known.filled]
    columns = (
        np.abs(path.rate - truth),
        np.abs(baseline - truth),
        (path.low80 <= truth) & (truth <= path.high80),
        (path.low95 <= truth) & (truth <= path.high95),
    )
    return np.column_stack(columns)[real].astype(np.float64)
