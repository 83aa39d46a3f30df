"""All rules over documents given together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from samkoll.reports.review.document import Document
from samkoll.reports.review.figures import reviewed
from samkoll.reports.review.finding import Finding
from samkoll.reports.review.rules import across, against_tables, answers, arithmetic, words

SINGLE = (*arithmetic.RULES, *against_tables.RULES, *answers.RULES, *words.RULES)


def review(documents: Sequence[Document], boards: Iterable[str] = ()) -> tuple[Finding, ...]:
    """What contradicts itself, document by document and then between them.

    ``boards``: names of the boards that exist, when they are known.
    """
    known = frozenset(boards)
    papers = [reviewed(document, known) for document in documents]
    found = [finding for paper in papers for rule in SINGLE for finding in rule(paper)]
    found += [finding for rule in across.RULES for finding in rule(papers)]
    return tuple(dict.fromkeys(found))
