"""Documents: a PDF of a hundred risks, and ten reports as DOCX, PDF/UA and HTML.

Ours includes the charts and starts cold (a fresh process, imports counted). The alternative is
LibreOffice turning the same Word files into PDF: it has the files given and makes only the PDF.
Every document differs, so that no cache of the compiler helps.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from samkoll.documents.content import Document, Heading, Paragraph, TableOfContents
from samkoll.documents.tests import sample
from samkoll.stats.charts import Chart

CASE = "documents"
SIZES = {"100 risks": {"what": "risks"}, "10 reports x 3": {"what": "reports"}}
GOALS = {"100 risks": "0.39 s", "10 reports x 3": "10 s"}


def _risks() -> list[Document]:
    return [sample.document(TableOfContents(), Heading(1, "Risker", "r"), sample.many_risks(100))]


def _reports() -> list[Document]:
    return [_varied(sample.sample(), place) for place in range(10)]


def _varied(document: Document, place: int) -> Document:
    """The same report with other figures and texts."""
    blocks = tuple(
        _moved(b, place)
        if isinstance(b, Chart)
        else Paragraph(f"{b.text[:900]} {place}")
        if isinstance(b, Paragraph)
        else b
        for b in document.blocks
    )
    return replace(document, subtitle=f"Nämnd {place}", blocks=blocks)


def _moved(chart: Chart, place: int) -> Chart:
    step = Decimal(place) / 10
    series = (
        replace(s, points=tuple(replace(p, value=p.value and p.value + step) for p in s.points))
        for s in chart.series
    )
    return replace(chart, series=tuple(series))


MAKE: dict[str, Callable[[], list[Document]]] = {"risks": _risks, "reports": _reports}


def _checksum(what: str, pdfs: list[bytes]) -> int:
    """What must be in the PDFs: each risk, or each report's row of near misses."""
    from pypdf import PdfReader

    pages = [p.extract_text() for data in pdfs for p in PdfReader(BytesIO(data)).pages]
    text = re.sub(r"\s+", " ", " ".join(pages))
    pattern = r"Risk \d+:" if what == "risks" else "Antal rapporterade tillbud"
    found = re.findall(pattern, text)
    return len(set(found)) if what == "risks" else len(found)


def ours(what: str) -> tuple[float, int]:
    """All formats for the reports, PDF alone for the risks."""
    documents = MAKE[what]()
    start = time.perf_counter()
    from samkoll.documents.writers import FORMATS, render

    files = [render(d, formats=("pdf",) if what == "risks" else FORMATS) for d in documents]
    seconds = time.perf_counter() - start
    return seconds, _checksum(what, [made["pdf"] for made in files])


def libreoffice(what: str) -> tuple[float, int]:
    """``soffice --convert-to pdf`` of the finished Word files, all in one call."""
    from samkoll.documents.writers import render

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for place, document in enumerate(MAKE[what]()):
            data = render(document, formats=("docx",))["docx"]
            (folder / f"{place:02}.docx").write_bytes(data)
        words = sorted(map(str, folder.glob("*.docx")))
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", name]
        start = time.perf_counter()
        subprocess.run([*command, *words], check=True, capture_output=True)
        seconds = time.perf_counter() - start
        return seconds, _checksum(what, [p.read_bytes() for p in sorted(folder.glob("*.pdf"))])


CONTESTANTS = {"ours": ours}
if shutil.which("soffice"):
    CONTESTANTS["LibreOffice, PDF only"] = libreoffice
