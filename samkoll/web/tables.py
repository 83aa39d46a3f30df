"""View-models of tables, facts and states: what a page hands to the kit's templates."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from samkoll.web.page import Words


class Kind(StrEnum):
    """How a column is set."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    STATE = "state"


class Tone(StrEnum):
    """The colour of a state or a notice; never without its icon and its word."""

    NEUTRAL = "neutral"
    INFO = "info"
    SUCCESS = "success"
    WARNING = "warning"
    DANGER = "danger"

    @property
    def icon(self) -> str:
        """The icon that goes with the tone unless a state names its own."""
        return _ICONS[self]


_ICONS = {
    Tone.NEUTRAL: "circle",
    Tone.INFO: "info",
    Tone.SUCCESS: "check",
    Tone.WARNING: "warning",
    Tone.DANGER: "stop",
}


@dataclass(frozen=True, slots=True)
class State:
    """A state as word + icon + colour. The word is data, the tone says how bad."""

    word: Words
    tone: Tone = Tone.NEUTRAL
    icon: str = ""

    @property
    def shown_icon(self) -> str:
        """The state's own icon, else that of its tone."""
        return self.icon or self.tone.icon


@dataclass(frozen=True, slots=True)
class Column:
    """A column. With ``key`` its head sorts the list by that word in the URL."""

    label: Words
    kind: Kind = Kind.TEXT
    key: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head as shown: where its sorting leads, and how the list is sorted now."""

    label: Words
    kind: Kind = Kind.TEXT
    url: str = ""
    sorted: str = ""


@dataclass(frozen=True, slots=True)
class Pick:
    """A box that chooses its row for the form with the id ``form``; ``label`` says which row."""

    name: str
    value: str
    label: Words
    form: str
    checked: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. Numbers come ready from ``core.text.number``; ``note`` is small text below.

    ``about`` is read after a link's text by screen readers: what tells alike links apart.
    ``pick`` stands before the text of a row's head in a list whose rows can be chosen.
    """

    text: Words
    url: str = ""
    state: State | None = None
    note: Words = ""
    about: Words = ""
    pick: Pick | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """Cells in the order of the columns; the first is the row's head. ``strong`` for sums.

    ``overdue`` marks the edge of the row; a cell of it has to say so in words.
    """

    cells: tuple[Cell, ...]
    strong: bool = False
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A whole table for ``web/table.html``. Phones show rows as cards unless ``cards`` is off."""

    caption: Words
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    cards: bool = True
    caption_hidden: bool = False
    empty: Words = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a definition list."""

    label: Words
    text: Words
    url: str = ""
    state: State | None = None
    note: Words = ""
