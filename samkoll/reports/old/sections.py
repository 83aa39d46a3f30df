"""Which section and which text of the form a passage belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from samkoll.reports.old import matching
from samkoll.reports.old.found import FoundRisk
from samkoll.reports.review.document import Passage
from samkoll.reports.template_data import Form, RiskCommentsPart, Section

MOST_LINES = 3  # of a heading
COVER = 200  # characters of a line on the cover, at most
COLOPHON = "om siffrorna"
Where = tuple[str, str]
"""Section and part; empty before the first section."""
NOWHERE: Where = ("", "")


class Finder:
    """Goes through passages and says where each belongs, by the headings that it meets."""

    def __init__(self, form: Form, risks: Sequence[FoundRisk]) -> None:
        self.form, self.risks = form, risks
        self.sections = {section.key: section.heading for section in form.sections}
        self.section: Section | None = None
        self.part = ""

    def sorted(self, passages: Sequence[Passage]) -> Iterator[tuple[Where, Passage]]:
        """Each passage that is not a heading of the form, with its place.

        What the cover says in few words is left out, and the remarks that Samkoll ends with.
        """
        for passage in passages:
            if matching.normal(passage.text) == COLOPHON:
                return
            rest = self._heading(passage)
            if rest is None or (self.section is None and len(rest.text) < COVER):
                continue
            yield (NOWHERE if passage.heading else self._where()), rest

    def _where(self) -> Where:
        return (self.section.key, self.part) if self.section else NOWHERE

    def _heading(self, passage: Passage) -> Passage | None:
        """What is left of a passage after the heading that it begins with; None for nothing."""
        lines = passage.text.split("\n")
        for count in range(min(MOST_LINES, len(lines)), 0, -1):
            if self._enter(" ".join(lines[:count])):
                rest = "\n".join(lines[count:])
                return replace(passage, text=rest, heading=False) if rest.strip() else None
        return passage

    def _enter(self, text: str) -> bool:
        if len(text) > 160:
            return False
        key = matching.best(text, self.sections, matching.HEADING)
        if key is not None:
            self.section = self.form.section(key)
            self.part = next((part.key for part in self.section.texts), "")
            return True
        return self._enter_part(text)

    def _enter_part(self, text: str) -> bool:
        if self.section is None:
            return False
        headings = {part.key: part.heading for part in self.section.texts if part.heading}
        if any(isinstance(part, RiskCommentsPart) for part in self.section.parts):
            headings |= {f"risk-{n}": risk.title for n, risk in enumerate(self.risks)}
        key = matching.best(text, headings, matching.HEADING)
        if key is not None:
            self.part = key
        return key is not None
