"""Reading finished files back as tables of cells, the same shape for all three formats.

``squash`` takes away what typesetting adds: spaces, hyphens at line ends, places to break.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import docx
import pytest

from samkoll.documents.content import Document, Table

Rows = list[list[str]]
_NOTHING = re.compile("[-\\s\u00ad\u200b]+")


def squash(text: str) -> str:
    """Only the characters that carry meaning."""
    return _NOTHING.sub("", text)


def expected(document: Document) -> list[Rows]:
    """What every format must show: heads first, then rows; spans once, where they begin."""
    return [_expected(block) for block in document.blocks if isinstance(block, Table)]


def _expected(table: Table) -> Rows:
    heads = [squash(column.label) for column in table.columns]
    rows = [
        [squash(f"{c.label}{c.text}{table.marks.get(c.mark, '')}") for c in row.cells]
        for row in table.rows
    ]
    return [heads, *rows]


def html_tables(data: bytes) -> list[Rows]:
    """Tables of the document itself, not those of the charts' values."""
    parser = _Tables()
    parser.feed(data.decode())
    return parser.tables


@dataclass
class _Tables(HTMLParser):
    tables: list[Rows] = field(default_factory=list)
    folded: int = 0
    inside: bool = False

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag, attrs):
        self.folded += tag == "details"
        if tag == "table" and not self.folded:
            self.tables.append([])
        elif tag == "tr" and not self.folded:
            self.tables[-1].append([])
        elif tag in ("th", "td") and not self.folded:
            self.tables[-1][-1].append("")
            self.inside = True

    def handle_endtag(self, tag):
        self.folded -= tag == "details"
        if tag in ("th", "td"):
            self.inside = False

    def handle_data(self, data):
        if self.inside:
            self.tables[-1][-1][-1] += squash(data)


def docx_tables(data: bytes) -> list[Rows]:
    """Cells of Word tables without those that only go on from above."""
    return [
        [_word_row(row) for row in table._tbl.tr_lst]
        for table in docx.Document(BytesIO(data)).tables
    ]


def _word_row(row) -> list[str]:
    return [
        squash("".join(cell.itertext("{*}t"))) for cell in row.tc_lst if cell.vMerge != "continue"
    ]


def pdf_tables(data: bytes, folder: Path) -> list[Rows]:
    """Cells by the tags of the PDF, as poppler reads them."""
    if shutil.which("pdfinfo") is None:
        pytest.skip("pdfinfo saknas: installera poppler-utils.")
    path = folder / "read.pdf"
    path.write_bytes(data)
    command = ["pdfinfo", "-struct-text", str(path)]
    text = subprocess.run(command, capture_output=True, check=True).stdout.decode(errors="replace")
    tables: list[Rows] = []
    depth = 0  # how far in the cell under way stands; 0: none
    for line in text.splitlines():
        word = line.strip()
        inside = len(line) - len(line.lstrip())
        tag = re.match(r"([A-Z]\w*)(?=[ :]|$)", word)
        if tag and inside <= depth:
            depth = 0
        if tag and tag[1] == "Table":
            tables.append([])
        elif tag and tag[1] == "TR":
            tables[-1].append([])
        elif tag and tag[1] in ("TH", "TD"):
            tables[-1][-1].append("")
            depth = inside
        elif depth and word.startswith('"'):
            tables[-1][-1][-1] += squash(word[1:-1])
    return tables
