"""Reading finished reports back: tables and text of HTML, DOCX and PDF, with plain spaces."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import docx
from lxml import etree, html  # type: ignore[import-untyped]

MINUS, SPACES = "\u2212", re.compile(r"\s+")
Rows = list[list[str]]


def plain(text: str) -> str:
    """One kind of space, a hyphen for minus, no thousands separators."""
    text = re.sub(r"(?<=\d)[\u202f\u00a0](?=\d{3})", "", text.replace(MINUS, "-"))
    return SPACES.sub(" ", text.replace("\u00ad", "").replace("\u2060", "")).strip()


class Html:
    """A report as an HTML file."""

    def __init__(self, data: bytes) -> None:
        self.tree = html.fromstring(data.decode())
        for mark in self.tree.iter("sup", "style", "svg", "details"):
            mark.text, mark[:] = "", []
        self.text = plain(self.tree.text_content())

    def table(self, caption: str) -> Rows:
        """The body of the table with that caption, spans left out as in the file."""
        for table in self.tree.iter("table"):
            found = table.find("caption")
            if found is not None and _is(caption, found.text_content()):
                rows = table.iter("tr")
                return [[plain(_spaced(cell)) for cell in row.iter("th", "td")] for row in rows][1:]
        raise KeyError(caption)


def _spaced(cell: Any) -> str:
    """The words of a cell with a space where a line or a lead ends."""
    return " ".join(cell.itertext())


class Docx:
    """A report as a Word file."""

    def __init__(self, data: bytes) -> None:
        self.document = docx.Document(BytesIO(data))
        body = self.document.element.body
        for run in list(body.iter(_w("r"))):
            if any(up.get(_w("val")) == "superscript" for up in run.iter(_w("vertAlign"))):
                run.getparent().remove(run)
        self.text = plain(" ".join(_paragraph(p) for p in body.iter(_w("p"))))

    def table(self, caption: str) -> Rows:
        """The rows below the head of the table that follows the caption."""
        before = ""
        for block in self.document.element.body:
            if block.tag == _w("tbl") and _is(caption, before):
                return [list(_cells(row)) for row in block.iter(_w("tr"))][1:]
            before = _paragraph(block) if block.tag == _w("p") else ""
        raise KeyError(caption)


def _w(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"


def _paragraph(element: etree._Element) -> str:
    return plain("".join(t.text or "" for t in element.iter(_w("t"))))


def _cells(row: etree._Element) -> Iterator[str]:
    """Texts of a row's cells; one that continues a cell from above is left out."""
    for cell in row.iter(_w("tc")):
        merge = next(iter(cell.iter(_w("vMerge"))), None)
        if merge is None or merge.get(_w("val")) == "restart":
            yield plain(" ".join(_paragraph(p) for p in cell.iter(_w("p"))))


class Pdf:
    """A report as a PDF, read the way a screen reader does: along its structure tree."""

    def __init__(self, data: bytes) -> None:
        command = ["pdfinfo", "-enc", "UTF-8", "-struct-text", "-"]
        ran = subprocess.run(command, input=data, capture_output=True, check=True)
        self.nodes = list(_nodes(ran.stdout.decode(errors="replace")))
        self.text = _unbroken([text for _path, text in self.nodes])
        self.tables = _tables(self.nodes)

    def table(self, caption: str) -> Rows:
        """The rows below the head of the table with that caption."""
        for found, rows in self.tables:
            if _is(caption, found):
                return rows[1:]
        raise KeyError(caption)


Node = tuple[tuple[tuple[str, int], ...], str]


def _nodes(tree: str) -> Iterator[Node]:
    """Every text with the path to it: tag and line of each element above. Remarks are left out."""
    path: list[tuple[int, str, int]] = []
    raised: set[int] = set()
    for number, line in enumerate(tree.split("\n")):
        depth, words = len(line) - len(line.lstrip()), line.strip()
        if words.startswith("/BaselineShift") and path:
            raised.add(path[-1][2])
        if not words or words.startswith("/"):
            continue
        while path and path[-1][0] >= depth:
            path.pop()
        if words.startswith('"'):
            if not any(start in raised for _depth, _tag, start in path):
                yield tuple((tag, start) for _depth, tag, start in path), words[1:-1]
        else:
            path.append((depth, re.split(r"[ :]", words)[0], number))


def _unbroken(texts: list[str]) -> str:
    """The texts of one element, with words put together that were divided between lines."""
    return re.sub(r"(?<=\w) [-\u2010] (?=[a-zåäö])", "", plain(" ".join(texts)))


def _tables(nodes: list[Node]) -> list[tuple[str, Rows]]:
    """Captions, and the texts by row and cell."""
    found: dict[int, tuple[list[str], dict[int, dict[int, list[str]]]]] = {}
    for path, text in nodes:
        places = dict(path)
        if "Table" not in places:
            continue
        caption, rows = found.setdefault(places["Table"], ([], {}))
        cell = places.get("TH", places.get("TD"))
        if "Caption" in places:
            caption.append(text)
        elif cell is not None:
            rows.setdefault(places["TR"], {}).setdefault(cell, []).append(text)
    return [
        (
            plain(" ".join(caption)),
            [[_unbroken(c) for c in r.values()] for r in rows.values()],
        )
        for caption, rows in found.values()
    ]


def _is(caption: str, text: str) -> bool:
    return re.sub(r"^(Tabell|Diagram) \d+\. ", "", plain(text)) == caption
