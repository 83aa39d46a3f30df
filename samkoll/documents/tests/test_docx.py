"""The Word document: named styles, repeated heads, alt texts, a filled table of contents."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from samkoll.documents.content import Paragraph
from samkoll.documents.tests import sample
from samkoll.documents.writers import render
from samkoll.documents.writers.docx import TEMPLATES
from samkoll.documents.writers.look import Look
from samkoll.stats.charts.tests import examples

ROOT = Path(__file__).parents[3]
REPORT = str(TEMPLATES / "report.docx")


@pytest.fixture(scope="module")
def data():
    return render(sample.sample(), formats=("docx",))["docx"]


@pytest.fixture(scope="module")
def word(data):
    return docx.Document(BytesIO(data))


def texts(word, style):
    return [p.text for p in word.paragraphs if p.style.name == style]


def test_blocks_stand_in_the_named_styles(word):
    assert texts(word, "Title") == ["Arbetsmiljörapport 2024"]
    assert texts(word, "Heading 1")[1] == "2 Bedömning och analys av arbetsmiljöarbetet"
    assert texts(word, "Heading 2")[:2] == ["2.1 Arbetsskador och tillbud", "2.2 Sjukfrånvaro"]
    assert texts(word, "List Bullet")[0] == "arbetsmiljöronder och handlingsplaner"
    assert texts(word, "Caption")[0] == "Tabell 1. Föregående års åtgärder"
    assert texts(word, "Anmärkning ändrad")[0].startswith("Ändrat svar. Föreslaget svar")


def test_every_style_that_is_used_is_in_the_template(data):
    known = {style.style_id for style in docx.Document(REPORT).styles}
    with ZipFile(BytesIO(data)) as parts:
        xml = parts.read("word/document.xml").decode()
    assert set(re.findall(r'<w:(?:pStyle|rStyle|tblStyle) w:val="([^"]+)"', xml)) <= known


def test_every_table_repeats_its_heads_and_splits_no_row(word):
    for table in word.tables:
        rows = table._tbl.tr_lst
        assert [r.trPr.find(qn("w:tblHeader")) is not None for r in rows[:2]] == [True, False]
        assert all(r.trPr.find(qn("w:cantSplit")) is not None for r in rows)
        assert table._tbl.tblPr.find(qn("w:tblCaption")) is not None


def test_every_picture_has_its_sentence_and_a_number_of_its_own(word):
    pictures = list(word.element.body.iter("{*}docPr"))
    assert [p.get("descr") for p in pictures] == [examples.over_time().alt, examples.turnover().alt]
    assert [p.get("id") for p in pictures] == ["1", "2"]


def test_the_table_of_contents_is_filled_and_asks_for_nothing(data, word):
    entries = next(word.element.body.iter(qn("w:sdtContent")))
    lines = ["".join(p.itertext(qn("w:t"))) for p in entries.iterchildren(qn("w:p"))]
    assert lines[0] == "Innehållsförteckning"
    assert lines[1] == "1 Bedömning och utvärdering av föregående års åtgärder2"
    assert len(lines) == 1 + len(sample.sample().headings(2))
    names = {e.get(qn("w:name")) for e in word.element.body.iter(qn("w:bookmarkStart"))}
    links = {e.get(qn("w:anchor")) for e in entries.iter(qn("w:hyperlink"))}
    assert links and links <= names
    with ZipFile(BytesIO(data)) as parts:
        assert b"updateFields" not in parts.read("word/settings.xml")


def test_fields_begin_and_end_in_pairs(word):
    kinds = [e.get(qn("w:fldCharType")) for e in word.element.body.iter(qn("w:fldChar"))]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") > 0


def test_properties_and_language(word, data):
    properties = word.core_properties
    assert properties.title == "Arbetsmiljörapport 2024 – Kommunstyrelsen"
    assert (properties.author, properties.language) == ("Exempelkommunen", "sv-SE")
    assert properties.created.date().isoformat() == "2026-11-22"
    with ZipFile(BytesIO(data)) as parts:
        assert b'<w:lang w:val="sv-SE"' in parts.read("word/styles.xml")


def test_header_and_footer_carry_number_mark_and_page(word):
    section = word.sections[0]
    assert section.header.paragraphs[0].text == "Diarienummer KS-2024/976\tUtkast"
    xml = section.footer._element.xml
    assert "Arbetsmiljörapport 2024 – Kommunstyrelsen" in xml
    assert " PAGE " in xml and " NUMPAGES " in xml


def test_a_field_in_a_value_is_not_filled_again():
    made = sample.document(Paragraph("«Titel»"), title="«Organisation»")
    word = docx.Document(BytesIO(render(made, formats=("docx",))["docx"]))
    assert texts(word, "Title") == ["«Organisation»"]
    assert "«Titel»" in texts(word, "Normal")


def test_a_template_of_the_municipality_decides_the_look():
    own = docx.Document(REPORT)
    own.paragraphs[0].insert_paragraph_before("Vår egen framsida «Diarienummer»", "Subtitle")
    own.add_paragraph("Baksida")
    out = BytesIO()
    own.save(out)
    made = render(sample.sample(), formats=("docx",), look=Look(template=out.getvalue()))["docx"]
    lines = [p.text for p in docx.Document(BytesIO(made)).paragraphs]
    assert lines[0] == "Vår egen framsida KS-2024/976"
    assert lines[-1] == "Baksida"


def test_the_shipped_templates_are_what_the_script_builds(tmp_path):
    code = (
        "import sys; sys.path.insert(0, 'scripts'); import build_word_template as b;"
        f"from pathlib import Path; b.FOLDER = Path({str(tmp_path)!r}); b.main()"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
    for name in ("report.docx", "short.docx"):
        assert (tmp_path / name).read_bytes() == (TEMPLATES / name).read_bytes()


@pytest.mark.slow
def test_libreoffice_opens_it_and_agrees_about_the_pages(data, tmp_path):
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice saknas: apt install libreoffice-writer-nogui.")
    path = tmp_path / "rapport.docx"
    path.write_bytes(data)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=120)
    pages = [p.extract_text() for p in PdfReader(tmp_path / "rapport.pdf").pages]
    assert "Arbetsmiljörapport 2024" in pages[0]
    assert f"Sida 2 av {len(pages)}" in pages[1]
    found = next(i for i, text in enumerate(pages, 1) if i > 1 and "2.3 Personalomsättning" in text)
    assert abs(found - 4) <= 1, "the page that the table of contents promises"
