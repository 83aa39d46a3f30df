"""Reads one file in a process of its own, with limits: a crash or a bomb ends only this one.

Standard input: the content. Arguments: the name to show, how it ends. Standard output: our parent
unpickles a document, or a word that says why there is none. Knows no Django and no secrets.
"""

from __future__ import annotations

import io
import pickle
import resource
import sys
from collections.abc import Iterator

from samkoll.files.inspecting import inspect
from samkoll.files.kinds import DOCX, PDF, TEXT, NotTaken
from samkoll.reports.review import blocks, lines
from samkoll.reports.review.document import Document

MEMORY = 1_500_000_000  # bytes of address space
SECONDS = 40  # of work
MOST_TEXT = 5_000_000  # characters; a report has some hundred thousand at most
PICTURES = "pictures"


class Unreadable(Exception):
    """Why, as a word."""


def read(name: str, ending: str, data: bytes) -> Document:
    """The document. Raises: NotTaken, Unreadable."""
    kind, _kept = inspect(data, ending)
    if kind == DOCX:
        return blocks.of_docx(name, data)
    if kind == PDF:
        return lines.document(name, _pages(data))
    if kind == TEXT:
        return lines.of_text(name, _decoded(data))
    raise Unreadable("unknown")


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252")


def _pages(data: bytes) -> Iterator[lines.Line]:
    import pypdf

    written = 0
    for number, page in enumerate(pypdf.PdfReader(io.BytesIO(data)).pages, 1):
        text = page.extract_text(extraction_mode="layout")
        written += len(text.strip())
        if written > MOST_TEXT:
            raise Unreadable("too_much")
        for line, words in enumerate(text.split("\n"), 1):
            yield number, line, words
    if not written:
        raise Unreadable(PICTURES)


def main() -> None:
    """Read, answer."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answer: Document | str
    try:
        answer = read(sys.argv[1], sys.argv[2], sys.stdin.buffer.read())
    except NotTaken as refusal:
        answer = str(refusal.reason)
    except Unreadable as refusal:
        answer = str(refusal)
    except MemoryError:
        answer = "too_much"
    except Exception:  # libraries raise anything at bytes that somebody has twisted
        answer = "damaged"
    sys.stdout.buffer.write(pickle.dumps(answer))


if __name__ == "__main__":
    main()
