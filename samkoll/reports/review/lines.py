"""Lines of text as a document: TXT files, and the pages of a PDF in layout."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from samkoll.reports.review.document import Document, Passage, Table, TableRow, plain, topic_of
from samkoll.reports.review.finding import Place

Line = tuple[int, int, str]  # page, line, text
VALUE = r"(?:[-+]?\d+(?:[,.]\d+)?(?: ?%)?|\.\.)(?: [a-z]\b)?"
_VALUES = re.compile(rf"^(?P<label>\D.*?|\d.*?[^\d\s].*?)\s+(?P<values>{VALUE}(?:\s+{VALUE})*)$")
_WINDOWS = re.compile(r"^(?P<label>.*?)\s*(?P<rest>(?:R12 \d{4}[-–]\d{2}\s*)+(?:Skillnad)?)$")
_ANSWER = re.compile(r"^(?P<label>.*?)\s*\b(?P<answer>Ja|Nej|Delvis|Ej aktuellt)(?: [a-z])?$")
_COMMENTED = re.compile(r"\? (?:Ja|Nej|Delvis|Ej aktuellt): ")
_HEADING = re.compile(r"^(?:#+ |\d+(?:\.\d+)*\.? +(?=[A-ZÅÄÖ]))(?P<text>[^|\t]{3,110})$")
_CONTENTS = re.compile(r"\.{4,}|(?:\. ){4,}|^\d[\d.]*\t.*\t\s*\d+$")
_RUNNING = re.compile(r"Sida \d+ av \d+$|^Diarienummer \S+/\d+(\s{3,}.*)?$")
_GROUP = re.compile(r"^(Kort|Lång) sjukfrånvaro\b[^.]*$")
_CHUNK = re.compile(r"\S+(?: \S+)*")
LISTS = ("Risk", "Åtgärd")
"""First heads of tables of words, not of figures: every line of them is kept as it stands."""


@dataclass
class _Reader:
    """Puts lines together; what is open is closed by what follows."""

    name: str
    passages: list[Passage] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    heading: str = ""
    topic: str = ""
    words: list[str] = field(default_factory=list)
    words_at: Place | None = None
    head: tuple[str, ...] = ()
    head_at: Place | None = None
    starts: tuple[int, ...] = ()
    rows: list[TableRow] = field(default_factory=list)
    group: str = ""
    asked: list[str] = field(default_factory=list)
    asked_at: Place | None = None

    def read(self, line: Line) -> None:
        page, number, text = line
        if _RUNNING.search(text.strip()) or _CONTENTS.search(text.rstrip()):
            return
        place = Place(self.name, self.heading, number, page)
        shown = _bare(text)
        if not shown:
            self.close_words()
        elif shown == ".":  # parts the assignments of a follow-up
            self.close()
            self.passages.append(Passage(shown, place, self.topic))
        elif cells := _head(text):
            self.close()
            self.head, self.head_at = cells, place
            self.starts = _starts(text) if cells[0] in LISTS else ()
        elif self.head and self._row(text, shown, place):
            return
        elif title := _title(shown):
            self.close()
            self.heading = title
            self.topic = topic_of(title) or self.topic
            found = Place(self.name, title, number, page)
            self.passages.append(Passage(shown, found, self.topic, heading=True))
        else:
            self.close_table()
            self.words_at = self.words_at or place
            self.words.append(text.strip())

    def _row(self, text: str, shown: str, place: Place) -> bool:
        if self.head[0] in LISTS:
            return self._listed(text, place)
        if self.head[-1] == "Ja/Nej":
            return self._answer(shown, place)
        cells = _cells(text)
        if not any(cells):
            return True
        if len(cells) < 2 and (found := _VALUES.match(plain(shown))):
            values = re.findall(VALUE, found["values"])
            cells = (found["label"], *values)
        if len([cell for cell in cells if cell]) < 2 and (
            _GROUP.match(shown) or ("\t" in text and not shown.startswith("-"))
        ):
            self.group = shown
            return True
        if len(cells) < 2:
            return False
        self.rows.append(TableRow(cells, place, self.group))
        return True

    def _listed(self, text: str, place: Place) -> bool:
        cells = _sliced(text, self.starts) if self.starts else _cells(text)
        if not any(cells):
            return bool(cells)
        if len(cells) < 2:
            return False
        self.rows.append(TableRow(cells, place))
        return True

    def _answer(self, shown: str, place: Place) -> bool:
        found = _ANSWER.match(" ".join((*self.asked, plain(shown))))
        if found:
            self.rows.append(TableRow((found["label"], found["answer"]), self.asked_at or place))
            self.asked, self.asked_at = [], None
            return True
        if _COMMENTED.search(shown):
            return False
        if re.match(r"(Har|Är) ", shown):
            self.asked, self.asked_at = [plain(shown)], place
            return True
        if self.asked and len(self.asked) < 4:
            self.asked.append(plain(shown))
            return True
        return bool(self.rows) and shown.endswith("?") and len(shown) < 90

    def close_words(self) -> None:
        if self.words and self.words_at:
            text = "\n".join(self.words)
            text = re.sub(r"[\u00ad\u2010]\n", "", text)
            self.passages.append(Passage(text, self.words_at, self.topic))
        self.words, self.words_at = [], None

    def close_table(self) -> None:
        if self.head and self.head_at:
            self.tables.append(Table(self.head, tuple(self.rows), self.head_at, self.topic))
        self.head, self.head_at, self.rows, self.group = (), None, [], ""
        self.starts = ()
        self.asked, self.asked_at = [], None

    def close(self) -> None:
        self.close_words()
        self.close_table()


def document(name: str, lines: Iterable[Line]) -> Document:
    """The lines as a document."""
    reader = _Reader(name)
    for line in lines:
        reader.read(line)
    reader.close()
    return Document(name, tuple(reader.passages), tuple(reader.tables))


def of_text(name: str, text: str) -> Document:
    """A plain text file as a document."""
    return document(name, ((0, place, line) for place, line in enumerate(text.split("\n"), 1)))


def _bare(text: str) -> str:
    """Without the marks of Markdown and typesetting."""
    text = re.sub(r"</?[a-z]+>|\*\*|^\*(?=\S)|(?<=\S)\*$", "", text.strip())
    return plain(text) if not text.startswith("|") else text


def _title(shown: str) -> str:
    if topic_of(shown):
        return shown
    found = _HEADING.match(shown)
    if found is None or (not shown.startswith("#") and re.search(r"[.,;:]$|\d$", shown)):
        return ""
    return shown.lstrip("# ")


def _cells(text: str) -> tuple[str, ...]:
    """Cells by tabs, bars or two spaces; one cell for a line of words."""
    text = text.rstrip("\n\r ")
    if "\t" in text:
        parts = text.split("\t")
    elif text.lstrip().startswith("|"):
        parts = text.strip().strip("|").split("|")
        if all(re.fullmatch(r"[\s:-]*", part) for part in parts):
            return ("",)
    else:
        parts = re.split(r" {2,}", text.strip())
    cells = tuple(plain(part) for part in parts)
    return tuple(cell for place, cell in enumerate(cells) if not place or not _is_mark(cell))


def _is_mark(cell: str) -> bool:
    """A raised letter that leads to a remark below the table."""
    return bool(re.fullmatch(r"[a-z]", cell))


def _head(text: str) -> tuple[str, ...]:
    """The column heads when the line is the first of a table; else nothing."""
    cells, line = _cells(text), plain(text)
    if line == "Ja/Nej":
        return ("", "Ja/Nej")
    if len(line) > 200 or line.endswith("."):
        return ()
    if line.endswith(" Ja/Nej"):
        return (line.removesuffix(" Ja/Nej"), "Ja/Nej")
    if found := _WINDOWS.match(line):
        windows = re.findall(r"R12 \d{4}[-–]\d{2}|Skillnad", found["rest"])
        if len(windows) >= 2:
            return (found["label"], *windows)
    if line.endswith(" Föregående år") and len(cells) < 3:
        return (line.removesuffix(" Föregående år"), "Föregående år")
    words = [cell for cell in cells if cell and not re.fullmatch(VALUE, cell)]
    marked = "\t" in text or text.lstrip().startswith("|") or "Föregående år" in cells
    known = {"Personalgrupp", "Indikatorer", "Arbetsskador och tillbud", *LISTS}
    spaced = cells[0] in LISTS and len(words) >= 3
    return cells if (marked or spaced) and len(words) >= 2 and cells[0].strip() in known else ()


def _starts(head: str) -> tuple[int, ...]:
    """Where the columns of a table in layout begin; nothing for tabs and bars."""
    if "\t" in head or head.lstrip().startswith("|"):
        return ()
    return tuple(found.start() for found in _CHUNK.finditer(head))


def _sliced(text: str, starts: tuple[int, ...]) -> tuple[str, ...]:
    """A line of a table in layout by its columns; nothing for a line of running text."""
    cells = [""] * len(starts)
    for found in _CHUNK.finditer(text):
        column = max((n for n, at in enumerate(starts) if at <= found.start() + 1), default=0)
        if column == 0 and found.end() > starts[1]:
            return ()
        cells[column] = f"{cells[column]} {plain(found[0])}".strip()
    return tuple(cells)
