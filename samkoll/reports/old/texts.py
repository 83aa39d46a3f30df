"""Running text of passages, as it is typed in a form: one paragraph between empty lines."""

from __future__ import annotations

import re
from collections.abc import Iterable

from samkoll.reports.review.document import Passage

_CAPTION = re.compile(r"^(?:Tabell|Diagram|Figur)\s+\S.{0,120}$")
_GIVEN = re.compile(r"^(?:[a-z] )?(?:Angiven, inte beräknad|Ändrat från )")
_BULLET = re.compile(r"^\s*[-–•❖▪\uf0b7]\s*")
_NUMERIC = re.compile(r"^[-+−]?[\d,.%–-]+$")
_NUMBERS = 0.4  # of the words of what is no sentence: an axis or a row of a table
_ENDS = (".", "!", "?", ":", "”", '"', ")")


def paragraphs(passages: Iterable[Passage]) -> list[str]:
    """The paragraphs, without captions of tables and notes that Samkoll prints itself.

    A sentence that a page parted in two is put together.
    """
    found: list[str] = []
    for passage in passages:
        text = _joined(passage.text)
        if not text or text == "." or _CAPTION.match(text) or _GIVEN.match(text) or _figures(text):
            continue
        if found and text[:1].islower() and not found[-1].endswith(_ENDS):
            found[-1] = f"{found[-1]} {text}"
        elif found and text.startswith("- ") and found[-1].splitlines()[-1].startswith("- "):
            found[-1] = f"{found[-1]}\n{text}"
        else:
            found.append(text)
    return found


def _figures(text: str) -> bool:
    """Whether it is what a chart or a table leaves behind in a PDF."""
    words = text.split()
    numbers = sum(1 for word in words if _NUMERIC.match(word))
    return not text.endswith(_ENDS) and numbers > _NUMBERS * len(words) - 1 and numbers > 0


def _joined(text: str) -> str:
    """Printed lines as running text; points of a list keep a line each."""
    lines: list[str] = []
    for line in text.splitlines():
        words = re.sub(r"\s+", " ", line).strip()
        if bullet := _BULLET.match(line):
            lines.append(f"- {line[bullet.end() :].strip()}")
        elif lines and words:
            parted = lines[-1].endswith("-") and words[:1].islower()
            lines[-1] += words if parted else f" {words}"
        elif words:
            lines.append(words)
    return "\n".join(lines)
