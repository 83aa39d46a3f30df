"""Risks with their measures out of a table, however its cells have been torn apart.

A PDF gives a row for every printed line; a text file may have lost the cells that a span covers,
so that a measure stands in the first column. What a cell is follows from what is in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from samkoll.reports.old.found import FoundAction, FoundRisk, State
from samkoll.reports.review.document import Table
from samkoll.reports.template_data import Which

_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_LEVEL = re.compile(r"^\d{1,2}$")
_WANTED = re.compile(r"^önskad effekt\b:?\s*", re.IGNORECASE)
_MARKS = re.compile(r"^[^\w(”\"]+")
_HYPHEN = re.compile(r"(?<=\w)-$")
STATES: dict[str, State] = {
    "avslutad": "closed", "klar": "closed", "genomförd": "closed", "pågående": "ongoing",
    "pågår": "ongoing", "påbörjad": "ongoing", "planerad": "planned", "ej påbörjad": "planned",
    "inte påbörjad": "planned", "utgår": "dropped", "utgått": "dropped",
}  # fmt: skip


@dataclass
class _Action:
    title: list[str]
    effect: list[str] = field(default_factory=list)
    state: State = ""
    due: date | None = None
    responsible: str = ""

    def done(self) -> FoundAction:
        effect, title = joined(self.effect), joined(self.title)
        return FoundAction(title, self.state, self.due, self.responsible, effect)


@dataclass
class _Risk:
    title: list[str]
    level: int
    actions: list[_Action] = field(default_factory=list)


@dataclass
class _Reader:
    """Takes row after row. ``in_effect``: what follows belongs to the wanted effect."""

    wrapped: bool
    risks: list[_Risk] = field(default_factory=list)
    in_effect: bool = False

    def read(self, cells: list[str]) -> None:
        level = next((n for n, cell in enumerate(cells) if n and _LEVEL.match(cell)), None)
        if level is not None and cells[level - 1]:
            self.risks.append(_Risk([cells[level - 1]], int(cells[level])))
            cells = cells[level + 1 :]
            self.in_effect = False
        elif self.wrapped and self.risks and cells[0]:
            self.risks[-1].title.append(cells[0])
            cells = cells[1:]
        words = [_MARKS.sub("", cell) for cell in cells if cell]
        if self.risks and words:
            self._words(words)

    def _words(self, words: list[str]) -> None:
        actions = self.risks[-1].actions
        day = words.pop() if _DAY.match(words[-1]) else ""
        if day or len(words) > 1:
            self.in_effect = False
            actions.append(_Action([words[0]], due=date.fromisoformat(day) if day else None))
            for word in words[1:]:
                self._quality(actions[-1], word)
        elif not actions:
            actions.append(_Action(words))
        elif wanted := _WANTED.match(words[0]):
            self.in_effect = True
            actions[-1].effect += [words[0][wanted.end() :]] if words[0][wanted.end() :] else []
        else:
            (actions[-1].effect if self.in_effect else actions[-1].title).append(words[0])

    def _quality(self, action: _Action, word: str) -> None:
        state = STATES.get(word.casefold(), "")
        if state:
            action.state = state
        else:
            action.responsible = word


def joined(lines: Iterable[str]) -> str:
    """Printed lines as one text; a word parted at the end of a line is put together."""
    text = ""
    for line in lines:
        parted = _HYPHEN.search(text) and line[:1].islower() and not line.startswith("och ")
        text = f"{text[:-1]}{line}" if parted else f"{text} {line}"
    return text.strip()


def risks_of(tables: Iterable[Table]) -> Iterator[FoundRisk]:
    """The risks of tables of the form Risk, level, measure, status or responsible, end.

    A table that goes on after a page, with its heads printed again, is one table.
    """
    readers: dict[Which, _Reader] = {}
    for table in tables:
        heads = " ".join(table.head).casefold()
        which: Which = "previous" if "status" in heads else "current"
        reader = readers.setdefault(which, _Reader(wrapped=table.place.page > 0))
        for row in table.rows:
            reader.read(list(row.cells))
    for which, reader in readers.items():
        for risk in reader.risks:
            actions = tuple(action.done() for action in risk.actions)
            yield FoundRisk(which, joined(risk.title), risk.level, actions)
