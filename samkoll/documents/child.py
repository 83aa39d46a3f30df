"""Writes one document in a process of its own: the memory that a PDF takes ends with it.

Standard input: our parent's pickled document and format. Standard output: the file. Knows no
Django and no secrets.
"""

from __future__ import annotations

import pickle
import resource
import sys

from samkoll.documents.content import Document
from samkoll.documents.writers import Format, render

SECONDS = 30  # of work


def main() -> None:
    """Read, write."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    document: Document
    form: Format
    document, form = pickle.load(sys.stdin.buffer)
    sys.stdout.buffer.write(render(document, formats=(form,))[form])


if __name__ == "__main__":
    main()
