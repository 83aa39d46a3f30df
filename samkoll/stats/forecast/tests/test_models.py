"""The models with the real library: better than nothing, honest intervals, one whole plan."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest

from samkoll.stats.forecast import backtest as trying
from samkoll.stats.forecast import models
from samkoll.stats.forecast.backtest import backtest
from samkoll.stats.forecast.models import NotInstalled
from samkoll.stats.forecast.plan import Result, make
from samkoll.stats.forecast.series import TooShort, series
from samkoll.stats.forecast.tests.made import JAN, hours

PACKAGE = Path(__file__).resolve().parents[3]
installed = pytest.mark.skipif(
    not models.is_installed(), reason="the extra is not installed: samkoll[forecast]"
)


def made(*given):
    return make(*given)


@installed
def test_it_beats_last_year_and_its_intervals_hold_about_as_often_as_they_say(monkeypatch):
    monkeypatch.setattr(trying, "MOST", 6)
    scores = [backtest(series(hours(72, seed=seed))) for seed in range(3)]
    assert sum(score.points for score in scores) < sum(score.naive_points for score in scores)
    assert 0.6 < np.mean([score.covered80 for score in scores]) < 0.97
    assert np.mean([score.covered95 for score in scores]) > 0.8


@installed
def test_a_plan_adds_up_in_hours_refuses_short_parts_and_survives_json(monkeypatch):
    monkeypatch.setattr(trying, "SHORT", 2)
    parts = {n: hours(30, level=0.05 + 0.01 * n, seed=n, first=JAN) for n in (1, 2)}
    parts[3] = hours(12, first=JAN + 18)
    parts[4] = hours(27, first=JAN)
    whole = {
        month: tuple(sum(part.get(month, (0, 0))[k] for part in parts.values()) for k in (0, 1))
        for month in parts[1]
    }
    steps = []
    result = made((0, whole), parts, (), lambda done, total: steps.append((done, total)))
    known = {part.key: part for part in result.parts}
    assert "12 vanliga månader" in known[3].refusal
    assert "senaste månaderna saknas" in known[4].refusal
    together = np.array(result.rest) + np.array(known[1].months.sick)
    assert together + np.array(known[2].months.sick) == pytest.approx(result.whole.months.sick)
    assert result.whole.end.month == JAN + 35
    assert result.whole.end.low95 < result.whole.end.rate < result.whole.end.high95
    assert steps == sorted(steps)
    assert Result.of(json.loads(json.dumps(result.as_json()))) == result


@installed
def test_too_short_a_history_of_the_whole_is_refused():
    with pytest.raises(TooShort):
        make((0, hours(20)), {}, ())


def test_without_the_extra_a_sentence_says_what_to_do(monkeypatch):
    monkeypatch.setattr(models, "find_spec", lambda name: None)
    with pytest.raises(NotInstalled, match=re.escape("samkoll[forecast]")):
        make((0, hours(30)), {}, ())


def test_only_the_models_load_the_library_and_only_when_they_run():
    loading = [
        (path.relative_to(PACKAGE).as_posix(), line)
        for path in PACKAGE.rglob("*.py")
        if path != Path(__file__).resolve()
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.match(r"\s*(import|from) statsforecast", line)
    ]
    assert [path for path, _line in loading] == ["stats/forecast/models.py"]
    assert loading[0][1].startswith("    ")
