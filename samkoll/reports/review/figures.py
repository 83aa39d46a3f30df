"""Figures of tables: what each is about, and its value as shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from samkoll.reports.review.document import Document, Table, TableRow, plain
from samkoll.reports.review.finding import Quotation

_NUMBER = re.compile(r"^(?P<number>[-+]?\d+(?: \d{3})*(?:[,.]\d+)?)(?P<percent> ?%)?(?: [a-z])?$")
_WINDOW = re.compile(r"(?:R12 |^|\b)(?P<year>20\d\d)(?:[-–](?P<month>\d\d))?$")
SEXES = {"total": "totalt", "women": "kvinnor", "men": "män"}
WORDS = {
    "sjuk": "sjukfrånvaro", "sjuk_kort": "kort sjukfrånvaro", "sjuk_lang": "lång sjukfrånvaro",
    "omsattning": "personalomsättning", "avgangar": "antal avgångar", "mertid": "mertid",
    "overtid": "övertid", "timmar": "mertid och övertid",
}  # fmt: skip
RATES = ("sjuk", "sjuk_kort", "sjuk_lang", "omsattning")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as shown: value, decimals, and whether a percent sign stands there."""

    value: Decimal
    decimals: int
    percent: bool = False

    @property
    def step(self) -> Decimal:
        """One unit of the last shown digit."""
        return Decimal(1).scaleb(-self.decimals)


@dataclass(frozen=True, slots=True)
class About:
    """What a figure measures. ``subject``: a board's name, or empty for the document's own."""

    metric: str
    sex: str = "total"
    subject: str = ""

    @property
    def words(self) -> str:
        """``kort sjukfrånvaro, kvinnor``."""
        return ", ".join(filter(None, (WORDS[self.metric], SEXES[self.sex], self.subject)))


@dataclass(frozen=True, slots=True)
class Compared:
    """A row of now, before and difference. Years are those of the column heads."""

    about: About
    now: Number
    before: Number
    change: Number | None
    years: tuple[int, int]
    months: tuple[str, str]
    row: TableRow

    @property
    def quote(self) -> Quotation:
        return self.row.quote()

    @property
    def shown_change(self) -> Decimal:
        """The difference of the two values as they are shown."""
        return self.now.value - self.before.value


def number(text: str) -> Number | None:
    """The number of a cell; None for words and empty cells."""
    found = _NUMBER.match(plain(text))
    if found is None:
        return None
    digits = found["number"].replace(" ", "").replace(",", ".")
    decimals = len(digits.partition(".")[2])
    return Number(Decimal(digits), decimals, bool(found["percent"]))


def window(head: str) -> tuple[int, str] | None:
    """Year and ``2023-12`` of a column head."""
    found = _WINDOW.search(plain(head))
    if found is None or not plain(head).startswith(("R12", "20", "Utfall")):
        return None
    return int(found["year"]), f"{found['year']}-{found['month'] or ''}".rstrip("-")


def compared(document: Document) -> Iterator[Compared]:
    """Every row of every table with two windows."""
    for table in document.tables:
        places = [place for place, head in enumerate(table.head) if window(head)]
        if len(places) == 2:
            yield from _compared(table, places)


def _compared(table: Table, places: list[int]) -> Iterator[Compared]:
    (first, now_month), (second, before_month) = (
        found for place in places if (found := window(table.head[place]))
    )
    change_at = next((n for n, head in enumerate(table.head) if head == "Skillnad"), None)
    for row in table.rows:
        about = _about(table, row)
        if about is None or len(row.cells) != len(table.head):
            continue
        now, before = (number(row.cells[place]) for place in places)
        if now is None or before is None:
            continue
        change = number(row.cells[change_at]) if change_at is not None else None
        months = (now_month, before_month)
        yield Compared(about, now, before, change, (first, second), months, row)


def _about(table: Table, row: TableRow) -> About | None:
    head, label = table.head[0].casefold(), row.label.casefold()
    if head == "nämnd":
        return About("sjuk", "total", row.label) if table.topic == "sjuk" else None
    if "avgångar" in label:
        return About("avgangar")
    if "arbetstid" in head or table.topic == "timmar":
        return _hours(label)
    metric = _metric(head, row.group.casefold() or label, table.topic)
    sex = _sex(label)
    return About(metric, sex) if metric and sex else None


def _hours(label: str) -> About | None:
    metrics = (("mertid", "mertid"), ("övertid", "overtid"), ("summa", "timmar"))
    return next((About(metric) for word, metric in metrics if label.startswith(word)), None)


def _metric(head: str, label: str, topic: str) -> str:
    if "sjukfrånvaro" in head or (topic == "sjuk" and "frånvaro" in label):
        kinds = (("kort", "sjuk_kort"), ("lång", "sjuk_lang"))
        return next((metric for word, metric in kinds if label.startswith(word)), "sjuk")
    return "omsattning" if "personalomsättning" in head else ""


def _sex(label: str) -> str:
    words = (("total", "total"), ("kvinnor", "women"), ("män", "men"))
    return next((sex for word, sex in words if label.startswith(word)), "")


def swedish(value: Decimal, decimals: int | None = None) -> str:
    """``-0,8``."""
    text = str(value) if decimals is None else f"{value:.{decimals}f}"
    return text.replace(".", ",")


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A document with the figures of its tables, read once for all rules.

    ``boards``: names of the boards that exist, when whoever asks knows them.
    """

    document: Document
    rows: tuple[Compared, ...]
    boards: frozenset[str] = frozenset()

    @property
    def by_about(self) -> dict[About, Compared]:
        return {row.about: row for row in reversed(self.rows)}

    @property
    def year(self) -> int:
        """The year of the figures; 0 when no table says."""
        years = [row.years[0] for row in self.rows]
        return max(set(years), key=years.count) if years else 0


def reviewed(document: Document, boards: frozenset[str] = frozenset()) -> Reviewed:
    """The document, ready for rules."""
    return Reviewed(document, tuple(compared(document)), boards)
