"""Funnel, control chart and forecast: named, readable without colour, fit for a phone."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from samkoll.core.months import Month
from samkoll.stats.charts import ControlChart, Dot, Edge, Fan, Funnel, Point, Step, draw
from samkoll.stats.charts.specification import specification

LATEST = Month.of(2024, 4)
POINTS = tuple(Point(str(LATEST - back), Decimal(back % 5) + 5) for back in range(39, -1, -1))
EDGES = tuple(Edge(size, 2, 4, 11, 14) for size in (20.0, 60.0, 200.0))
DOTS = (
    Dot("Solskolan", 30, 7.5, 0),
    Dot("Ängsskolan", 60, 12, 1),
    Dot("Tallbackens <förskola>", 90, 16, 2),
)
FUNNEL = Funnel("", "", "%", "Tusen timmar", 7.7, "Kommunen", DOTS, EDGES)
CONTROL = ControlChart(
    "", "", "%", POINTS, frozenset({"2024-01"}), 7, 4.7, 9.3, ("medel", "övre gräns", "undre gräns")
)
AHEAD = tuple(Step(str(LATEST + n), 7, 6, 8, 5, 9) for n in range(1, 13))
FAN = Fan("", "", "%", POINTS, AHEAD, ("Känt", "Prognos"))


def texts(svg):
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


@pytest.mark.parametrize(
    ("chart", "said"),
    [
        (FUNNEL, {"95 %", "99,8 %", "Kommunen 7,7", "Tallbackens &lt;förskola&gt;"}),
        (CONTROL, {"medel 7,0", "övre gräns 9,3", "undre gräns 4,7"}),
        (FAN, {"Prognos 7,0"}),
    ],
)
def test_lines_and_limits_carry_their_names(chart, said):
    assert said <= set(texts(draw(chart).svg))
    assert draw(chart, "narrow").width <= 328
    assert not re.search(r"style=|<style|<script", draw(chart).svg)


def test_what_lies_outside_differs_by_shape_from_what_lies_within():
    layers = specification(FUNNEL)["layer"]
    dots = next(each for each in layers if "shape" in each["encoding"])
    assert [row["reach"] for row in dots["data"]["values"]] == ["0", "1", "2"]
    assert dots["encoding"]["shape"]["scale"]["range"] == ["circle", "square", "diamond"]


def test_only_what_lies_far_out_is_named():
    assert not {"Solskolan", "Ängsskolan"} & set(texts(draw(FUNNEL).svg))


def test_empty_charts_draw():
    assert draw(Funnel("", "", "%", "", 7.7, "Kommunen", (), ())).svg
    assert draw(Fan("", "", "%", POINTS, (), ("Känt", "Prognos"))).svg
