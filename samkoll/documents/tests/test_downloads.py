"""Documents as downloads: names, kinds, limits, and a child that fails or is slow."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from io import BytesIO

import pytest
from django.conf import settings
from django.http import FileResponse
from pypdf import PdfReader

from samkoll.documents import downloads
from samkoll.documents.content import Paragraph
from samkoll.documents.tests import papers
from samkoll.documents.writers import render


def body(answer):
    return b"".join(answer.streaming_content)


def download(document, form) -> FileResponse:
    answer = downloads.response(document, form=form)
    assert answer is not None
    return answer


@pytest.mark.parametrize("form", ["pdf", "docx", "html"])
def test_a_download_is_the_file_that_the_writer_makes(form):
    made = papers.change_assessment()
    assert body(download(made, form)) == render(made, formats=(form,))[form]


def test_its_name_tells_what_it_is_and_of_which_day():
    answer = download(papers.action_plan(3), "pdf")
    name = 'attachment; filename="handlingsplan-solskolan-2026-11-22.pdf"'
    assert answer["Content-Disposition"] == name
    assert answer["Content-Type"] == "application/pdf"


def test_a_hostile_title_makes_a_plain_name():
    made = replace(papers.action_plan(1), title='../x"\r\nSet-Cookie: a=b', subtitle="åäö" * 200)
    name = download(made, "html")["Content-Disposition"]
    assert name.startswith('attachment; filename="x-set-cookie-ab-aaoaao')
    assert len(name) < 160


@pytest.mark.parametrize("form", ["", "xlsx", "PDF", "../pdf"])
def test_a_format_that_does_not_exist_gives_none(form):
    assert downloads.response(papers.action_plan(1), form=form) is None


def test_the_longest_list_is_written():
    answer = download(papers.action_plan(downloads.MOST_ROWS), "pdf")
    text = PdfReader(BytesIO(body(answer))).pages[-1].extract_text()
    assert f"Åtgärd {downloads.MOST_ROWS}:" in text


def test_a_longer_list_is_refused_with_a_sentence():
    made = papers.action_plan(downloads.MOST_ROWS + 1)
    with pytest.raises(downloads.TooLongToPrint, match=r"2\u202f001 rader.*högst 2\u202f000"):
        download(made, "pdf")


def test_more_text_than_somebody_waits_for_is_refused_with_a_sentence():
    made = replace(papers.action_plan(1), blocks=(Paragraph("x" * downloads.MOST_CHARACTERS),))
    with pytest.raises(downloads.TooLongToPrint, match="för mycket text"):
        downloads.response(made, form="docx")


def test_a_child_that_is_too_slow_is_stopped_and_the_reader_told(monkeypatch):
    monkeypatch.setattr(downloads, "SECONDS", 0.2)
    monkeypatch.setattr(downloads, "_COMMAND", [sys.executable, "-c", "import time; time.sleep(9)"])
    with pytest.raises(downloads.TooLongToPrint):
        downloads.response(papers.action_plan(1), form="pdf")


def test_a_child_that_fails_is_our_fault(monkeypatch):
    monkeypatch.setattr(downloads, "_COMMAND", [sys.executable, "-c", "raise SystemExit(1)"])
    with pytest.raises(subprocess.CalledProcessError):
        downloads.response(papers.action_plan(1), form="pdf")


def test_the_child_gets_no_environment_and_loads_no_django():
    code = (
        "import sys, samkoll.documents.child;"
        "assert not any(name.startswith('django') for name in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env={}, cwd=settings.ROOT)


def test_a_stored_file_keeps_its_name_and_kind(tmp_path):
    path = tmp_path / "rapport-2024.docx"
    path.write_bytes(b"PK")
    answer = downloads.stored(path, form="docx")
    assert answer is not None
    assert answer["Content-Disposition"] == 'attachment; filename="rapport-2024.docx"'
    assert answer["Content-Type"] == downloads.CONTENT_TYPES["docx"]
    assert body(answer) == b"PK"


def test_a_stored_file_that_is_gone_gives_none(tmp_path):
    assert downloads.stored(tmp_path / "rapport.pdf", form="pdf") is None
