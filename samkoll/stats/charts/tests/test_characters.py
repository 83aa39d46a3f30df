"""Characters that documents cannot carry are filtered, replaced and reported."""

from __future__ import annotations

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from samkoll.stats.charts import FONTS
from samkoll.stats.charts.characters import REPLACEMENT, _glyphs, clean, missing, printable


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("a\x00b\x1bc", "abc"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\tb", "a b"),
        ("A\u030a", "Å"),
        ("\ud800x\ufffe", "x"),
        ("abc\u202egnu", "abcgnu"),
        ("1\u202f234 −5 ✓", "1\u202f234 −5 ✓"),
    ],
)
def test_clean(raw, cleaned):
    assert clean(raw) == cleaned


def test_each_character_without_a_glyph_becomes_one_box_and_joiners_go():
    assert printable("Hej 😀👩‍🚀!") == f"Hej {REPLACEMENT * 3}!"


def test_an_endless_word_gets_places_to_break():
    assert max(map(len, printable("x" * 100).split("\u200b"))) < 41


def test_swedish_prose_is_left_alone():
    text = "Sjukfrånvaron var 4,2 procent – för män 1,8. ”Åtgärder” på 90 °C · § 5 ½ é ü ✓ ≥ →"
    assert printable(text) == text


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text):
    assert clean(clean(text)) == clean(text)


def test_the_author_is_told_which_text_loses_which_characters():
    found = missing(("Bra", "Bra 😀 漢", "Bra 😀 漢"))
    assert [(each.text, each.characters) for each in found] == [("Bra 😀 漢", "漢😀")]


def test_all_cuts_of_the_font_have_the_characters_of_the_list():
    cuts = [set(TTFont(path, lazy=True).getBestCmap()) for path in sorted(FONTS.glob("*.otf"))]
    assert len(cuts) == 4
    assert all(cut == set(map(ord, _glyphs())) for cut in cuts)
