"""A document is stored as JSON and comes back equal, to the last digit."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samkoll.documents import stored
from samkoll.documents.content import (
    Block,
    Bullets,
    Cell,
    Column,
    Document,
    Heading,
    Note,
    Paragraph,
    Row,
    Table,
    TableOfContents,
)
from samkoll.documents.tests import sample
from samkoll.stats.charts import Chart, Point, Series

TEXT = st.text(max_size=12)
NUMBER = st.decimals(allow_nan=False, allow_infinity=False)
VALUE = st.none() | st.integers() | NUMBER
ROLES = ("total", "women", "men", "now", "before", "first", "second", "third", "")


def cells(columns: int) -> st.SearchStrategy[tuple[Cell, ...]]:
    cell = st.builds(Cell, TEXT, VALUE, figure_id=TEXT, mark=TEXT, label=TEXT, head=st.booleans())
    return st.tuples(*[cell] * columns)


@st.composite
def tables(draw) -> Table:
    columns = draw(
        st.lists(
            st.builds(Column, TEXT, st.sampled_from(("text", "number", "date")), st.floats(0.5, 9)),
            min_size=1,
            max_size=3,
        )
    )
    kinds = st.sampled_from(("data", "detail"))
    rows = st.builds(Row, cells(len(columns)), kinds) | st.builds(
        Row.group, TEXT, st.just(len(columns))
    )
    notes = draw(st.lists(TEXT, max_size=2))
    return Table(draw(TEXT), tuple(columns), tuple(draw(st.lists(rows, max_size=3))), tuple(notes))


POINTS = st.lists(st.builds(Point, TEXT, st.none() | NUMBER), max_size=3).map(tuple)
SERIES = st.lists(st.builds(Series, TEXT, POINTS, st.sampled_from(ROLES)), max_size=2).map(tuple)
CHARTS = st.builds(
    Chart, st.sampled_from(("lines", "bars")), TEXT, TEXT, TEXT, SERIES, st.integers(0, 3)
)
BLOCKS: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, TEXT),
    st.lists(TEXT, max_size=3).map(lambda items: Bullets(tuple(items))),
    st.builds(Note, TEXT, TEXT, st.sampled_from(("info", "given", "override", "protected"))),
    tables(),
    CHARTS,
    st.builds(TableOfContents, TEXT, st.integers(1, 4)),
)
PAIRS = st.lists(st.tuples(TEXT, TEXT), max_size=2).map(tuple)
DOCUMENTS = st.builds(
    Document,
    TEXT,
    TEXT,
    st.dates(),
    st.lists(BLOCKS, max_size=4).map(lambda blocks: (Heading(1, "A", "a", "1"), *blocks)),
    subtitle=TEXT,
    diary_number=TEXT,
    status=TEXT,
    facts=PAIRS,
    footer_notes=st.lists(TEXT, max_size=2).map(tuple),
    short=st.booleans(),
    landscape=st.booleans(),
)


@given(DOCUMENTS)
@settings(max_examples=40, deadline=None)
def test_a_document_comes_back_equal_through_written_json(document):
    written = stored.canonical(stored.to_json(document))
    again = stored.from_json(json.loads(written))
    assert again == document
    assert repr(again) == repr(document)  # 4,20 stays 4,20 and 12 stays a whole number
    assert stored.canonical(stored.to_json(again)) == written


def test_the_sample_with_every_block_comes_back_equal():
    document = sample.sample()
    plain = stored.to_json(document)
    assert stored.from_json(json.loads(json.dumps(plain))) == document
    assert {block["type"] for block in plain["document"]["blocks"]} >= stored.TYPES.keys() - {
        "paragraph"
    }


def test_a_cell_is_written_with_its_exact_value_and_without_its_defaults():
    document = sample.document(
        Table("T", (Column("A"),), (Row((Cell.figure(Decimal("4.20"), 2, figure_id="f"),)),))
    )
    table = stored.to_json(document)["document"]["blocks"][0]
    assert table["rows"] == [{"cells": [{"text": "4,20", "value": "4.20", "figure_id": "f"}]}]


def test_the_digest_does_not_depend_on_the_order_of_the_keys():
    plain = stored.to_json(sample.document(Paragraph("Åtgärd")))
    turned = {"document": dict(reversed(plain["document"].items())), "schema": 1}
    assert stored.digest(turned) == stored.digest(plain)


@pytest.mark.parametrize(
    "change",
    [
        {"blocks": [{"type": "macro", "text": "x"}]},
        {"blocks": [{"type": "paragraph"}]},
        {"blocks": [{"type": "paragraph", "text": 1}]},
        {"blocks": [{"type": "paragraph", "text": "x", "onclick": "x"}]},
        {"blocks": [{"type": "note", "lead": "x", "text": "x", "kind": "shout"}]},
        {"blocks": ["x"]},
        {"produced_on": "i dag"},
        {"facts": [["ensam"]]},
        {"short": 1},
        {"title": None},
    ],
)
def test_what_is_no_document_is_refused(change):
    plain = stored.to_json(Document("T", "O", date(2026, 11, 22), ()))
    with pytest.raises(stored.NotADocument):
        stored.from_json({**plain, "document": plain["document"] | change})


@pytest.mark.parametrize("plain", [{}, {"schema": 2, "document": {}}, {"schema": 1}, []])
def test_an_unknown_schema_is_refused(plain):
    with pytest.raises(stored.NotADocument):
        stored.from_json(plain)
