"""What an organisation gives its documents besides their content."""

from __future__ import annotations

from dataclasses import dataclass

from samkoll.documents.content import Document


@dataclass(frozen=True, slots=True)
class Look:
    """``template``: a Word template other than the shipped one, its fields filled already.
    ``logo``: a PNG or JPEG for the first page of Word and PDF files."""

    template: bytes | None = None
    logo: bytes | None = None


def logo_words(document: Document) -> str:
    """What the logo says to whoever does not see it."""
    return f"Logotyp för {document.organisation}"


PLAIN = Look()
"""The shipped template without a logo."""
