"""Writes one document in a process of its own: the memory that a PDF takes ends with it.

Standard input: our parent's pickled document, format and look. Standard output: the file. Knows no
Django and no secrets.
"""

from __future__ import annotations

import pickle
import resource
import sys

from samkoll.documents.content import Document
from samkoll.documents.writers import Format, render
from samkoll.documents.writers.look import Look

SECONDS = 30  # of work


def main() -> None:
    """Read, write."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    document: Document
    form: Format
    look: Look
    document, form, look = pickle.load(sys.stdin.buffer)
    sys.stdout.buffer.write(render(document, formats=(form,), look=look)[form])


if __name__ == "__main__":
    main()
