"""Whether an accepted sentence still rests on the figures as they are."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from samkoll.reports.suggesting.sentence import Sentence

_ENDS = re.compile(r"(?<=[.!?])\s+")
ALIKE = 0.6
"""So alike (``difflib``) is a passage that a person has only reworded."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A sentence as a person accepted it. ``figures``: id -> as shown then."""

    rule: str
    text: str
    figures: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Check:
    """A kept sentence against the figures of today.

    ``stands``: how it is worded in the text now. ``now``: what the same rule says now; empty when
    its figures are not shown any more. ``moved``: (figure, then, now), now empty where it is gone.
    ``right``: the text says word for word what the rule says now.
    """

    kept: Kept
    stands: str
    now: str
    moved: tuple[tuple[str, str, str], ...]
    right: bool = False

    @property
    def changed(self) -> bool:
        """Whether a person should look at it again."""
        return bool(self.moved) and not self.right

    @property
    def edited(self) -> bool:
        """Whether a person has reworded it since it was accepted."""
        return _plain(self.stands) != _plain(self.kept.text)


def check(kept: Kept, text: str, sentences: Iterable[Sentence]) -> Check | None:
    """None when the text does not have the sentence any more: then nothing needs checking."""
    stands = standing(kept.text, text)
    if not stands:
        return None
    now = next((each for each in sentences if each.rule == kept.rule), None)
    figures = {rest.figure: rest.shown for rest in now.figures} if now else {}
    names = dict.fromkeys((*kept.figures, *figures))
    moved = tuple(
        (name, kept.figures.get(name, ""), figures.get(name, ""))
        for name in names
        if kept.figures.get(name, "") != figures.get(name, "")
    )
    right = now is not None and contains(text, now.text)
    return Check(kept, stands, now.text if now else "", moved, right)


def standing(sentence: str, text: str) -> str:
    """The passage of a text that is the sentence, also when it has been reworded a little.

    As many sentences of one paragraph as the sentence itself has; empty when there is none.
    """
    wanted = _plain(sentence)
    found = [passage for passage in _passages(text, len(_ENDS.split(wanted)))]
    same = next((passage for passage in found if _plain(passage) == wanted), "")
    if same or not found:
        return same
    near = {passage: _likeness(wanted, _plain(passage)) for passage in found}
    best = max(near, key=lambda passage: near[passage])
    return best if near[best] >= ALIKE else ""


def _likeness(one: str, other: str) -> float:
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= ALIKE else 0.0


def _passages(text: str, length: int) -> Iterable[str]:
    for line in text.splitlines():
        parts = _ENDS.split(line.strip())
        for first in range(len(parts) - length + 1):
            yield " ".join(parts[first : first + length]).removeprefix("- ")


def inserted(text: str, sentences: Iterable[str]) -> str:
    """A text with sentences as paragraphs of their own at its end, those that it has left out."""
    added = [each for each in dict.fromkeys(sentences) if not contains(text, each)]
    return "\n\n".join(filter(None, (text.rstrip(), *added)))


def replaced(text: str, old: str, new: str) -> str:
    """A text with one passage in place of another; at the end where the old one is not found."""
    for line in text.splitlines():
        plain = " ".join(_ENDS.split(line.strip()))
        if old and old in plain:
            return text.replace(line, plain.replace(old, new, 1), 1)
    return inserted(text, [new])


def contains(text: str, sentence: str) -> bool:
    """Whether a text has a sentence word for word."""
    return _plain(sentence) in _plain(text)


def _plain(text: str) -> str:
    return " ".join(text.split())
