"""The matrix: what a cell means, what a matrix must have, and that none of it needs Django."""

from __future__ import annotations

from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samkoll.risks import matrix

CONTENTS = {content["code"]: content for content in matrix.shipped()}
FOUR = matrix.read(CONTENTS["4x4"], "sv")


def changed(**parts):
    return {**deepcopy(CONTENTS["4x4"]), **parts}


def kinds(content):
    return {fault.kind for fault in matrix.faults(content)}


@pytest.mark.parametrize(
    ("probability", "consequence", "level", "band"),
    [(1, 1, 1, "Låg"), (2, 2, 4, "Medel"), (2, 4, 8, "Hög"), (3, 4, 12, "Mycket hög")],
)
def test_the_level_is_the_product_and_has_a_word(probability, consequence, level, band):
    found = FOUR.level(probability, consequence)
    assert (found, FOUR.band(found)) == (level, band)


@pytest.mark.parametrize(("probability", "consequence"), [(0, 1), (5, 1), (1, 0), (1, 5)])
def test_steps_outside_the_matrix_are_refused(probability, consequence):
    with pytest.raises(matrix.OutsideMatrix, match="1–4"):
        FOUR.level(probability, consequence)


def test_the_worst_consequence_proposes_serious_whatever_the_probability():
    assert FOUR.proposes_serious(1, 4) and not FOUR.proposes_serious(2, 3)


@pytest.mark.parametrize("code", ["4x4", "5x5"])
def test_what_ships_has_no_faults_and_words_in_two_languages(code):
    assert matrix.faults(CONTENTS[code]) == []
    swedish, english = (matrix.read(CONTENTS[code], language) for language in ("sv", "en"))
    assert (swedish.bands[0].label, english.bands[0].label) == ("Låg", "Low")
    assert all(step.label and step.help for step in english.probability + english.consequence)


def test_words_that_have_not_been_translated_stay_swedish():
    content = changed()
    content["bands"][0]["label"] = {"sv": "Liten"}
    assert matrix.read(content, "en").bands[0].label == "Liten"


def test_a_value_may_not_fall_along_an_axis():
    content = changed()
    content["grid"][3][3] = 2
    assert [(f.kind, f.row, f.column) for f in matrix.faults(content)] == [("falls", 4, 4)]


def test_every_cell_needs_a_value_and_every_step_a_word():
    content = changed()
    content["grid"][0][0] = None
    content["probability"][1]["label"]["sv"] = " "
    assert {"value", "label"} <= kinds(content)


@pytest.mark.parametrize(("froms", "kind"), [((2, 4, 8, 12), "no_low"), ((1, 8, 4, 12), "bands")])
def test_bands_cover_all_levels_and_grow(froms, kind):
    content = changed()
    for band, lowest in zip(content["bands"], froms, strict=True):
        band["from"] = lowest
    assert kinds(content) == {kind}


def test_an_axis_has_three_to_six_steps():
    assert kinds(changed(probability=CONTENTS["4x4"]["probability"][:2], grid=[[1] * 4] * 2)) == {
        "size"
    }


def test_what_is_proposed_as_serious_lies_in_the_matrix():
    assert kinds(changed(serious_from_consequence=5)) == {"serious"}


@given(st.integers(3, 6), st.integers(3, 6))
def test_a_product_of_any_size_never_falls(rows, columns):
    assert not list(matrix._grid_faults(matrix.product(rows, columns)))


@given(st.data(), st.sampled_from(sorted(CONTENTS)))
def test_a_worse_step_is_never_a_lower_level_band_or_proposal(data, code):
    shown = matrix.read(CONTENTS[code], "sv")
    p = data.draw(st.integers(1, len(shown.probability)))
    c = data.draw(st.integers(1, len(shown.consequence)))
    worse = data.draw(st.integers(p, len(shown.probability)))
    here, there = shown.level(p, c), shown.level(worse, c)
    assert here <= there and shown.severity(here) <= shown.severity(there)
    assert shown.proposes_serious(p, c) <= shown.proposes_serious(worse, c)


@given(st.lists(st.lists(st.integers(1, 30), min_size=3, max_size=3), min_size=3, max_size=3))
def test_a_grid_without_faults_is_monotone(grid):
    content = changed(
        probability=CONTENTS["4x4"]["probability"][:3],
        consequence=CONTENTS["4x4"]["consequence"][:3],
        grid=grid,
        serious_from_consequence=3,
    )
    rises = all(
        grid[r][c] <= grid[i][j]
        for r in range(3)
        for c in range(3)
        for i in range(r, 3)
        for j in range(c, 3)
    )
    assert ("falls" in kinds(content)) is not rises
