"""What holds for all three formats: every cell is there, attacks stay text, bytes repeat."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace

import pytest

from samkoll.documents.content import Cell, Column, Heading, Note, Paragraph, Row, Table
from samkoll.documents.tests import sample
from samkoll.documents.tests.reading import (
    docx_tables,
    expected,
    html_tables,
    pdf_tables,
    squash,
)
from samkoll.documents.writers import render
from samkoll.stats.charts.characters import printable
from samkoll.stats.charts.tests import examples

AGAIN = """
import hashlib
from samkoll.documents.tests.sample import sample
from samkoll.documents.writers import render
for name, data in sorted(render(sample()).items()):
    print(name, hashlib.sha256(data).hexdigest())
"""


@pytest.fixture(scope="module")
def files():
    return render(sample.sample())


def test_html_shows_every_cell(files):
    assert html_tables(files["html"]) == expected(sample.sample())


def test_docx_shows_every_cell(files):
    assert docx_tables(files["docx"]) == expected(sample.sample())


def test_pdf_shows_every_cell(files, tmp_path):
    assert pdf_tables(files["pdf"], tmp_path) == expected(sample.sample())


def test_two_processes_write_the_same_bytes():
    first, second = (
        subprocess.run([sys.executable, "-c", AGAIN], capture_output=True, text=True, check=True)
        for _ in range(2)
    )
    assert first.stdout == second.stdout
    assert first.stdout.count("\n") == 5


def test_a_format_is_the_same_alone_and_in_company(files):
    assert render(sample.sample(), formats=("docx",)) == {"docx": files["docx"]}


@pytest.mark.parametrize("text", sample.HOSTILE, ids=range(len(sample.HOSTILE)))
def test_hostile_text_is_only_text_everywhere_it_can_stand(text, tmp_path):
    head = re.sub(r"(\S{30})\S+", r"\1", text)  # poppler's reading of tags drops parts of more
    cells = (Cell(head, head=True, label=head, mark=text), Cell(head))
    table = Table(head, (Column(head), Column("x")), (Row(cells),), (text,))
    blocks = (Heading(1, text, "a", "1"), Paragraph(text), Note(text, text), table)
    chart = replace(examples.turnover(), caption=text, alt=text, unit=text)
    parts = {"title": text, "subtitle": text, "organisation": text, "status": text}
    hostile = sample.document(*blocks, chart, **parts, footer_notes=(text,))
    files = render(hostile)
    shown = squash(printable(head))
    assert shown in squash(printable(html_tables(files["html"])[0][1][1]))
    assert shown in squash(printable(docx_tables(files["docx"])[0][1][1]))
    assert pdf_tables(files["pdf"], tmp_path)[0][1][1] == shown


def test_writers_load_no_django():
    code = (
        "import sys; from samkoll.documents.tests.sample import sample;"
        "from samkoll.documents.writers import render; render(sample());"
        "assert not any(name.startswith('django') for name in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
