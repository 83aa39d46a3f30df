"""Short documents: a list in landscape, a few pages in portrait, in all three formats."""

from __future__ import annotations

import re
import shutil
import subprocess
from io import BytesIO

import docx
import page
import pytest
from docx.enum.section import WD_ORIENT
from pypdf import PdfReader

from samkoll.documents.tests import papers, sample
from samkoll.documents.tests.reading import docx_tables, expected, html_tables, pdf_tables
from samkoll.documents.writers import render

A4 = (595, 842)
HALF_A_MILLIMETRE = 18_000  # in Word's English metric units


@pytest.fixture(scope="module", params=["plan", "assessment"])
def document(request):
    return papers.action_plan(60) if request.param == "plan" else papers.change_assessment()


@pytest.fixture(scope="module")
def files(document):
    return render(document)


@pytest.fixture(scope="module")
def pages(files):
    return PdfReader(BytesIO(files["pdf"])).pages


def paper(section):
    return round(section.page_width.pt), round(section.page_height.pt)


def room(section):
    return section.page_width - section.left_margin - section.right_margin


def test_every_format_shows_every_cell(document, files, tmp_path):
    assert html_tables(files["html"]) == expected(document)
    assert docx_tables(files["docx"]) == expected(document)
    assert pdf_tables(files["pdf"], tmp_path) == expected(document)


def test_the_checker_finds_no_fault(files):
    report = page.validate_pdf_bytes(files["pdf"], profile="PDF/UA-1")
    assert [(f.rule_id, f.message) for f in report.failures] == []


def test_the_first_page_has_title_facts_and_the_beginning(document, pages):
    first = pages[0].extract_text()
    for text in (document.title, document.subtitle, "Framtagen", "2026-11-22"):
        assert text in first
    assert all(value[:40] in first for _, value in document.facts)
    assert "Klar senast" in first, "the table begins under the title"


def test_every_page_has_its_number_and_the_day(pages):
    texts = [p.extract_text() for p in pages]
    assert all(f"Sida {place} av {len(texts)}" in text for place, text in enumerate(texts, 1))
    assert all("Framtagen 2026-11-22" in text for text in texts[1:])


def test_the_paper_lies_as_the_document_says(document, files, pages):
    size = A4[::-1] if document.landscape else A4
    assert {(round(p.mediabox.width), round(p.mediabox.height)) for p in pages} == {size}
    section = docx.Document(BytesIO(files["docx"])).sections[0]
    assert (section.orientation == WD_ORIENT.LANDSCAPE) is document.landscape
    assert paper(section) == size
    wide = '<main class="doc doc-short doc-landscape">'
    assert (wide in files["html"].decode()) is document.landscape


def test_the_word_table_fills_the_width_of_the_paper(files):
    word = docx.Document(BytesIO(files["docx"]))
    width = sum(column.w or 0 for column in word.tables[0]._tbl.tblGrid.gridCol_lst)
    assert abs(width - room(word.sections[0])) < HALF_A_MILLIMETRE


def test_the_page_number_in_word_stands_at_the_right_edge(files):
    word = docx.Document(BytesIO(files["docx"]))
    for name in ("Header", "Footer"):
        stops = word.styles[name].paragraph_format.tab_stops
        assert len(stops) == 1
        assert abs(stops[0].position - room(word.sections[0])) < HALF_A_MILLIMETRE


def test_a_day_is_found_where_words_are_divided():
    data = render(papers.action_plan(8), formats=("pdf",))["pdf"]
    text = PdfReader(BytesIO(data)).pages[0].extract_text()
    assert "\u00ad" in text, "a word is divided"
    assert "2027-01-15" in text


def test_captions_have_no_number(document, files):
    assert next(iter(document.captions().values())) in ("Åtgärder", "Risker efter ändringen")
    assert not re.search(r"Tabell \d", files["html"].decode())


def test_a_list_repeats_its_heads_on_every_page():
    data = render(papers.action_plan(60), formats=("pdf",))["pdf"]
    texts = [p.extract_text() for p in PdfReader(BytesIO(data)).pages]
    assert len(texts) > 2
    assert all("Klar senast" in text for text in texts)


def test_a_subtitle_that_is_missing_leaves_nothing_behind():
    made = sample.document(short=True, subtitle="", diary_number="", facts=())
    assert (made.name, made.running_head) == (
        "Arbetsmiljörapport 2024",
        "Framtagen 2026-11-22",
    )
    assert '<p class="doc-subtitle">' not in render(made, formats=("html",))["html"].decode()


def test_a_short_document_may_have_charts_and_a_table_of_contents():
    made = sample.document(*sample.sample().blocks, short=True, landscape=True)
    assert page.is_pdf_compliant_bytes(render(made)["pdf"])


@pytest.mark.slow
def test_libreoffice_opens_it_and_repeats_the_heads(files, document, tmp_path):
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice saknas: apt install libreoffice-writer-nogui.")
    path = tmp_path / "plan.docx"
    path.write_bytes(files["docx"])
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=120)
    pages = PdfReader(tmp_path / "plan.pdf").pages
    assert (pages[0].mediabox.width > pages[0].mediabox.height) is document.landscape
    texts = [p.extract_text() for p in pages]
    assert all("Klar senast" in text for text in texts)
    assert f"Sida {len(pages)} av {len(pages)}" in texts[-1]
