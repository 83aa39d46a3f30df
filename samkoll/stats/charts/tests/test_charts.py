"""Charts: Swedish, readable without colour, honest about gaps, the same every time."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from itertools import combinations, pairwise

import pytest

from samkoll.stats.charts import draw, inline
from samkoll.stats.charts.specification import LOOKS, specification
from samkoll.stats.charts.tests import examples

SCRIPT = """
from samkoll.stats.charts.tests import examples
from samkoll.stats.charts import draw
import hashlib
drawn = [draw(examples.turnover()), draw(examples.over_time())]
print(hashlib.sha256("".join(p.svg for p in drawn).encode() + drawn[0].png()).hexdigest())
"""


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def texts(svg):
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


@pytest.mark.parametrize("role", LOOKS)
def test_every_colour_has_three_to_one_against_white(role):
    assert 1.05 / (luminance(LOOKS[role].colour) + 0.05) >= 3


@pytest.mark.parametrize(("one", "other"), [*combinations(("total", "women", "men"), 2)])
def test_the_sexes_and_the_total_differ_by_more_than_colour(one, other):
    assert LOOKS[one].dash != LOOKS[other].dash
    assert LOOKS[one].shape != LOOKS[other].shape


def test_lines_end_with_their_name_and_last_value_in_swedish():
    shown = texts(draw(examples.over_time()).svg)
    assert {"Totalt 4,1", "Kvinnor 5,5", "Män 1,8"} <= set(shown)
    assert "Procent" in shown


def test_a_protected_value_is_a_gap_and_not_a_zero():
    rows = specification(examples.over_time())["data"]["values"]
    assert [r["value"] for r in rows if r["series"] == "Män"].count(None) == 4
    assert len(re.findall(r"M[^M]", _longest_path(draw(examples.over_time()).svg, "#1f6a9c"))) == 2


def _longest_path(svg, colour):
    paths = re.findall(rf'<path[^>]* d="([^"]*)" stroke="{colour}"', svg)
    return max(paths, key=len)


def test_line_names_never_meet():
    chart = examples.over_time()
    same = replace(
        chart, series=tuple(replace(s, points=chart.series[0].points) for s in chart.series)
    )
    names = [layer for layer in specification(same)["layer"] if "data" in layer]
    places = sorted(row["place"] for row in names[0]["data"]["values"])
    assert all(above - below > 0.3 for below, above in pairwise(places))


def test_bars_start_at_zero_and_carry_their_values():
    chart = examples.turnover()
    bars = specification(chart)["spec"]["layer"][0]
    assert bars["encoding"]["x"]["scale"]["domain"][0] == 0
    assert {"12,0", "19,5", "21,1", "R12 2023-12", "Män"} <= set(texts(draw(chart).svg))


@pytest.mark.parametrize("chart", [examples.over_time(60), examples.turnover(), examples.boards()])
def test_a_narrow_picture_fits_a_phone_with_the_same_texts_as_large(chart):
    wide, narrow = draw(chart).svg, draw(chart, "narrow").svg
    assert draw(chart, "narrow").width <= 328
    sizes = [set(re.findall(r'font-size="([^"]*)"', svg)) for svg in (wide, narrow)]
    assert sizes[1] <= sizes[0] | {"12px"}
    values = [[text for text in texts(svg) if "," in text] for svg in (wide, narrow)]
    assert values[0] == values[1]


def test_a_page_gets_both_pictures_and_no_words_twice():
    markup = inline(examples.over_time())
    assert re.findall(r'class="([^"]*)"', markup) == ["chart-wide", "chart-narrow"]
    assert markup.count('aria-hidden="true"') == 2
    assert "style" not in markup


def test_an_empty_series_draws():
    chart = examples.over_time(12)
    hidden = tuple(replace(p, value=None) for p in chart.series[0].points)
    assert draw(replace(chart, series=(replace(chart.series[0], points=hidden),))).svg


def test_a_hostile_name_is_text():
    chart = examples.turnover()
    hostile = replace(chart, series=(replace(chart.series[0], name="<script>\x00' + 1"),))
    assert "<script" not in draw(hostile).svg


def test_no_style_and_no_script_in_a_picture():
    for chart in (examples.over_time(), examples.turnover()):
        assert not re.search(
            r"style=|<style|<script|\son\w+=|https?://(?!www\.w3)", draw(chart).svg
        )


def test_another_process_draws_the_same_bytes_whatever_was_drawn_before():
    command = [sys.executable, "-c", SCRIPT]
    first, second = (
        subprocess.run(command, capture_output=True, text=True, check=True).stdout for _ in range(2)
    )
    assert first == second
    assert draw(examples.over_time()).svg  # and in this process, after other charts
