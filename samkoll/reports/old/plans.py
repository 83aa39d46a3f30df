"""The measures of an account and action plan (redogörelse och åtgärdsplan).

A chapter for each measure tells what has been done and, after the word Åtgärdsplan, what is
planned. A table at the end gives the form of work and the time plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from samkoll.reports.old import matching
from samkoll.reports.old.found import FoundMeasure, WorkForm
from samkoll.reports.old.texts import paragraphs
from samkoll.reports.review.document import Document, Passage, Table

_PLAN = re.compile(r"^\*?Åtgärdsplan:?\*?:?\s*")
FORMS: tuple[tuple[str, WorkForm], ...] = (
    ("projekt", "project"), ("process", "process"), ("löpande", "ongoing"),
)  # fmt: skip


def measures(document: Document) -> tuple[list[FoundMeasure], list[Passage]]:
    """The measures in the order of their chapters, and the passages of all other chapters."""
    tables = [table for table in document.tables if table.head[0] == "Åtgärd"]
    found, others = [], list[Passage]()
    for chapter in _chapters(document):
        if measure := _measure(chapter):
            found.append(_timed(measure, tables))
        else:
            others += chapter
    return found, others


def _chapters(document: Document) -> Iterator[list[Passage]]:
    """Each heading with what stands below it."""
    chapter = list[Passage]()
    for passage in document.passages:
        if passage.heading:
            yield chapter
            chapter = []
        chapter.append(passage)
    yield chapter


def _measure(chapter: Sequence[Passage]) -> FoundMeasure | None:
    """A chapter with a plan is a measure; others are not."""
    if not chapter or not chapter[0].heading:
        return None
    title, texts = chapter[0].text, paragraphs(chapter[1:])
    start = next((n for n, text in enumerate(texts) if _PLAN.match(text)), None)
    if start is None:
        return None
    plan = [_PLAN.sub("", texts[start]), *texts[start + 1 :]]
    name = re.sub(r"[*#]+", "", title).strip().rstrip(".").strip()
    return FoundMeasure(name, "\n\n".join(texts[:start]), "\n\n".join(plan))


def _timed(measure: FoundMeasure, tables: Sequence[Table]) -> FoundMeasure:
    rows = {(n, m): row for n, table in enumerate(tables) for m, row in enumerate(table.rows)}
    labels = {key: row.label for key, row in rows.items()}
    key = matching.best(measure.title, labels, matching.LABEL)
    if key is None or len(rows[key].cells) < 3:
        return measure
    _title, form, time_plan = rows[key].cells[:3]
    found = (code for word, code in FORMS if form.casefold().startswith(word))
    work: WorkForm = next(found, "")
    return FoundMeasure(measure.title, measure.account, measure.plan, work, time_plan)
