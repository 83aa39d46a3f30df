"""Whether two texts say the same: headings, questions and labels as people and tools print them.

Misspellings of a letter or two and another municipality's name do not matter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import TypeVar

from samkoll.reports.review.document import plain

HEADING, QUESTION, LABEL = 0.92, 0.8, 0.88
_LEADS = re.compile(r"^(?:#+\s*)?(?:\d+(?:\.\d+)*\.?\s+)?(?:risk(?::| för)\s+)?")
Key = TypeVar("Key")


def normal(text: str) -> str:
    """Without numbers, marks of typesetting, variables of the form, and capitals."""
    text = _LEADS.sub("", plain(text).casefold())
    text = re.sub(r"\{\w+\}|[*_?:.…]|\s*\(\d+[^)]*\)", " ", text)
    return re.sub(r"\s+", " ", text).strip()


def alike(one: str, other: str) -> float:
    """From 0 to 1: how alike two normalised texts are."""
    if one == other:
        return 1.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() > LABEL - 0.2 else 0.0


def best(text: str, among: Mapping[Key, str], at_least: float) -> Key | None:
    """The key of the text that is most alike, when it is alike enough."""
    wanted = normal(text)
    if not wanted:
        return None
    scores = {key: alike(wanted, normal(other)) for key, other in among.items()}
    key = max(scores, key=lambda each: scores[each], default=None)
    return key if key is not None and scores[key] >= at_least else None
