"""The content tree refuses what no writer could print."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samkoll.core.text import parse_number
from samkoll.documents.content import (
    Bullets,
    Cell,
    Column,
    Heading,
    Paragraph,
    Row,
    Table,
    text_blocks,
)
from samkoll.documents.tests import sample

TWO = (Column("A"), Column("B"))


def test_headings_may_not_skip_a_level():
    with pytest.raises(ValueError, match="skips a level"):
        sample.document(Heading(1, "A", "a"), Heading(3, "B", "b"))


@pytest.mark.parametrize("anchor", ["a", "Å", "1a", "a b", ""])
def test_anchors_are_unique_and_plain(anchor):
    with pytest.raises(ValueError, match="anchor"):
        sample.document(Heading(1, "A", "a"), Heading(1, "B", anchor))


@pytest.mark.parametrize(
    "rows",
    [
        [(Cell("1"),)],
        [(Cell("1"), Cell("2"), Cell("3"))],
        [(Cell("1", columns=3),)],
        [(Cell("1", rows=2), Cell("2"))],
        [(Cell("1"), Cell("2", rows=2)), (Cell("3", columns=2),)],
    ],
)
def test_rows_fill_the_columns_exactly(rows):
    with pytest.raises(ValueError, match="table 'T'"):
        Table("T", TWO, tuple(map(Row, rows)))


def test_a_span_from_above_takes_its_place_in_the_rows_below():
    table = sample.plan(2)
    places = [[column for column, _ in cells] for _, cells in table.places()]
    assert places == [[0, 1, 2, 3, 4], [2], [2, 3, 4], [2]]


def test_equal_marks_share_a_letter():
    assert sample.INJURIES.marks == {"Angiven, inte beräknad.": "a"}


def test_captions_count_tables_and_charts_apart():
    captions = list(sample.sample().captions().values())
    assert captions[1:4] == [
        "Tabell 2. Arbetsskador och tillbud",
        "Tabell 3. Sjukfrånvaro, procent",
        "Diagram 1. Sjukfrånvaro, rullande tolv månader",
    ]


@given(st.decimals(-99999, 99999, places=3), st.integers(0, 2))
def test_a_figures_value_is_what_its_text_says(value, decimals):
    cell = Cell.figure(value, decimals)
    assert parse_number(cell.text) == cell.value


def test_a_protected_figure_has_no_value():
    assert (Cell.protected().text, Cell.protected().value) == ("..", None)


def test_a_figure_is_rounded_half_up():
    assert Cell.figure(Decimal("-1234.55"), 1).text == "−1\u202f234,6"


def test_typed_text_becomes_paragraphs_and_bullets():
    assert text_blocks("En.\r\nTvå.\n\nTre:\n- a\n* b\n\n\n• c\nFyra.") == (
        Paragraph("En.\nTvå."),
        Paragraph("Tre:"),
        Bullets(("a", "b")),
        Bullets(("c",)),
        Paragraph("Fyra."),
    )


@given(st.text())
def test_typed_text_loses_no_word(text):
    kept = " ".join(
        part
        for block in text_blocks(text)
        for part in (block.items if isinstance(block, Bullets) else (block.text,))
    )
    plain = "".join(c for c in kept if c.isalnum())
    assert plain == "".join(c for c in text if c.isalnum())


def test_no_text_no_block():
    assert text_blocks("  \n \n") == ()
