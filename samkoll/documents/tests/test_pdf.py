"""The PDF is PDF/UA-1 by its checker, and its tags say what the content tree says."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

import page
import pikepdf
import pytest

from samkoll.documents.content import Cell, Column, Heading, Paragraph, Row, Table, TableOfContents
from samkoll.documents.tests import sample
from samkoll.documents.writers import pdf
from samkoll.documents.writers.pdf_tags import walk
from samkoll.stats.charts.tests import examples

RISKS = (TableOfContents(), Heading(1, "Risker", "risker"))


@pytest.fixture(scope="module")
def finished():
    return pdf.typeset(sample.sample())


@pytest.fixture(scope="module")
def file(finished):
    with pikepdf.open(BytesIO(finished.pdf)) as opened:
        yield opened


@pytest.fixture(scope="module")
def tags(file):
    return list(walk(file.Root.StructTreeRoot))


def of_kind(tags, *names):
    return [tag for tag in tags if str(tag.S)[1:] in names]


def table_attributes(tag):
    found = tag.get("/A", [])
    each = found if isinstance(found, pikepdf.Array) else [found]
    return next((a for a in each if a.get("/O") == "/Table"), {})


def test_the_checker_finds_no_fault(finished):
    report = page.validate_pdf_bytes(finished.pdf, profile="PDF/UA-1")
    assert [(f.rule_id, f.message) for f in report.failures] == []
    assert report.rules.total > 100


def test_the_checker_finds_a_planted_fault(finished):
    with pikepdf.open(BytesIO(finished.pdf)) as broken:
        figure = of_kind(list(walk(broken.Root.StructTreeRoot)), "Figure")[0]
        del figure.Alt
        out = BytesIO()
        broken.save(out)
    assert not page.is_pdf_compliant_bytes(out.getvalue())


def test_language_title_and_author_are_set(file):
    with file.open_metadata() as metadata:
        assert metadata["dc:title"] == "Arbetsmiljörapport 2024 – Kommunstyrelsen"
        assert "Exempelkommunen" in metadata["dc:creator"]
        assert metadata["pdfuaid:part"] == "1"
    assert str(file.Root.Lang) == "sv-SE"
    assert bool(file.Root.ViewerPreferences.DisplayDocTitle)


def test_every_head_cell_has_a_scope(tags):
    heads = of_kind(tags, "TH")
    assert {str(table_attributes(tag)["/Scope"]) for tag in heads} == {"/Column", "/Row"}


def test_row_heads_are_those_of_the_content_tree(tags):
    rows = [tag for tag in of_kind(tags, "TH") if table_attributes(tag)["/Scope"] == "/Row"]
    tables = [block for block in sample.sample().blocks if isinstance(block, Table)]
    assert len(rows) == sum(cell.head for t in tables for row in t.rows for cell in row.cells)


def test_every_data_cell_names_heads_that_exist(tags):
    known = {str(tag.ID) for tag in of_kind(tags, "TH")}
    for tag in of_kind(tags, "TD"):
        names = {str(name) for name in table_attributes(tag)["/Headers"]}
        assert names <= known
        assert any(name.startswith("R") for name in names), "a row head"
        assert any(name.startswith("U") for name in names), "a column head"


def test_the_id_tree_knows_every_head(file, tags):
    tree = pikepdf.NameTree(file.Root.StructTreeRoot.IDTree)
    assert {str(tag.ID) for tag in of_kind(tags, "TH")} == set(tree)


def test_every_figure_has_its_sentence(tags):
    alts = [str(tag.Alt) for tag in of_kind(tags, "Figure")]
    assert alts == [examples.over_time().alt, examples.turnover().alt]


def test_headings_come_in_order_and_skip_no_level(tags):
    levels = [int(str(tag.S)[2:]) for tag in of_kind(tags, "H1", "H2", "H3", "H4")]
    expected = [1, *(heading.level for heading in sample.sample().headings())]
    assert levels == expected  # the first is the table of contents


def test_bookmarks_are_the_headings(file):
    with file.open_outline() as outline:
        titles = [item.title for item in outline.root]
        below = [item.title for item in outline.root[1].children]
    assert titles[0] == "1 Bedömning och utvärdering av föregående års åtgärder"
    assert below[:2] == ["2.1 Arbetsskador och tillbud", "2.2 Sjukfrånvaro"]


def test_the_page_of_each_heading_is_known(finished, file):
    assert len(finished.pages) == len(sample.sample().headings())
    assert finished.pages[0] == 2
    assert list(finished.pages) == sorted(finished.pages)
    assert finished.pages[-1] <= len(file.pages)


def test_every_page_after_the_first_says_draft_and_number(finished):
    from pypdf import PdfReader

    pages = [p.extract_text() for p in PdfReader(BytesIO(finished.pdf)).pages]
    for place, text in enumerate(pages, 1):
        assert f"Sida {place} av {len(pages)}" in text
        assert "Utkast" in text
        assert "KS-2024/976" in text


def test_only_our_fonts_are_embedded(file):
    names = {
        str(font.BaseFont).split("+")[-1]
        for each in file.pages
        for font in each.Resources.get("/Font", {}).values()
    }
    assert names
    assert all(name.startswith("Inter") for name in names)


def test_a_table_that_fits_on_a_page_is_not_split():
    blocks = [Paragraph(sample.TEXT)] * 12
    made = sample.document(Heading(1, "A", "a"), *blocks, sample.plan(5))
    assert _pages_of_last_table(pdf.write(made)) == 1


def test_a_long_table_repeats_its_heads_on_every_page():
    from pypdf import PdfReader

    data = pdf.write(sample.document(*RISKS, sample.many_risks(100)))
    pages = [p.extract_text() for p in PdfReader(BytesIO(data)).pages]
    assert all("Slutdatum" in text for text in pages[1:])
    assert len(pages) > 3


def test_a_long_effect_over_three_columns_takes_no_width_from_the_others():
    table = sample.plan()
    rows = [
        replace(row, cells=(replace(row.cells[0], text="Ordning och reda " * 12),))
        if row.kind == "detail"
        else row
        for row in table.rows
    ]
    from pypdf import PdfReader

    data = pdf.write(sample.document(replace(table, rows=tuple(rows))))
    text = "".join(p.extract_text() for p in PdfReader(BytesIO(data)).pages)
    assert text.count("Avslutad") == 4


def test_a_cell_taller_than_a_page_loses_nothing(tmp_path):
    from samkoll.documents.tests.reading import pdf_tables, squash

    words = " ".join(f"ord{place}" for place in range(1500))
    row = Row((Cell("Risk", head=True), Cell(words)))
    made = sample.document(Table("T", (Column("A"), Column("B")), (row,)))
    assert pdf_tables(pdf.write(made), tmp_path)[0][1][1] == squash(words)


def test_an_endless_word_is_all_there():
    from pypdf import PdfReader

    data = pdf.write(sample.document(Paragraph("ord" * 1000)))
    text = "".join(p.extract_text() for p in PdfReader(BytesIO(data)).pages)
    assert re.sub("[^ord]", "", text).count("ord") >= 1000


def _pages_of_last_table(data):
    with pikepdf.open(BytesIO(data)) as opened:
        table = of_kind(list(walk(opened.Root.StructTreeRoot)), "Table")[-1]
        rows = of_kind(list(walk(table)), "TD")
        return len({_page_of(cell) for cell in rows} - {None})


def _page_of(cell):
    """The page of a cell's content, where the tag says it."""
    for tag in (cell, *walk(cell)):
        if "/Pg" in tag:
            return tag.Pg.objgen
    return None


def test_too_much_text_is_refused_with_a_sentence():
    made = sample.document(Paragraph("x" * pdf.LARGEST))
    with pytest.raises(pdf.DocumentTooLarge, match="för stort"):
        pdf.write(made)


def test_nothing_can_be_read_or_fetched_by_the_template(monkeypatch):
    for source in ('#read("/etc/passwd")', '#import "@preview/x:1.0.0": y'):
        with pytest.raises(RuntimeError):
            pdf._compiler().compile(source.encode(), format="pdf")
