"""The models: exponential smoothing, ARIMA and Theta, combined by their median.

They work on the logarithm of the rate after the season has been taken out: two or three winters are
too few for models that learn season and level at once. A forecast and its limits are each the
median of the three models' own. ``statsforecast`` takes seconds and 200 MB to load, so nothing
that a page runs may import it.

Source: docs/sources.md#forecast
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from math import sqrt
from typing import Any

import numpy as np

from samkoll.core.errors import DomainError
from samkoll.stats.chance.season import Floats, effects
from samkoll.stats.forecast.series import Series

LEVELS = (80, 95)
KEYS = ("mean", "lo-80", "hi-80", "lo-95", "hi-95")
SEASON = 12
LEARNT = 13
"""What the season and the line take from the months before the models see them: the spread that is
left is too small by that, and the limits are drawn apart by as much."""


class NotInstalled(DomainError):
    """The extra ``forecast`` is not installed."""


@dataclass(frozen=True, slots=True)
class Path:
    """Rates of the coming months: the forecast, and its limits of 80 and 95 per cent."""

    rate: Floats
    low80: Floats
    high80: Floats
    low95: Floats
    high95: Floats


def is_installed() -> bool:
    """Can forecasts be made here? Without loading anything."""
    return find_spec("statsforecast") is not None


def require_installed() -> None:
    """Raises: NotInstalled."""
    if not is_installed():
        raise NotInstalled(
            "Prognoser behöver tillägget forecast, som inte är installerat på servern. Be den som "
            "sköter Samkoll att installera samkoll[forecast]."
        )


def combined(known: Series, horizon: int) -> Path:
    """The forecast of so many months after the series. Raises: NotInstalled."""
    require_installed()
    logs = np.log(known.rates)
    seasonal = effects(known.months, logs)
    adjusted = logs - seasonal[known.months % SEASON]
    ahead = seasonal[np.arange(known.last + 1, known.last + 1 + horizon) % SEASON]
    middle, *limits = np.median(np.array(list(_each(adjusted, horizon))), axis=0)
    wider = sqrt(known.known / max(known.known - LEARNT, 1))
    return Path(
        *np.exp([middle + ahead, *(middle + wider * (at - middle) + ahead for at in limits)])
    )


def naive(known: Series, horizon: int) -> Floats:
    """The baseline to beat: the same month a year before."""
    return np.resize(known.rates[-SEASON:], horizon)


def _each(adjusted: Floats, horizon: int) -> Iterator[Floats]:
    """Every model's forecast and limits; a model that finds no fit leaves it to the others."""
    from statsforecast.models import AutoARIMA, AutoETS, AutoTheta

    made: list[Any] = [
        AutoETS(season_length=1),
        AutoARIMA(season_length=1),
        AutoTheta(season_length=1),
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for model in made:
            found = model.forecast(y=adjusted, h=horizon, level=list(LEVELS))
            values = np.array([np.asarray(found[key], np.float64) for key in KEYS])
            if np.isfinite(values).all():
                yield values
