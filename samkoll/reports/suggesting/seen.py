"""What a section of a report shows, as the rules look at it. Only what may be published is here.

A protected or missing figure is simply not there, so no rule can tell anything about it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from samkoll.core.text import number
from samkoll.reports.suggesting.sentence import Rest
from samkoll.reports.template_data import Sex


@dataclass(frozen=True, slots=True)
class Value:
    """One shown figure: its id, its rounded value and how many decimals it is shown with."""

    figure: str
    value: Decimal
    decimals: int

    @property
    def shown(self) -> str:
        """As printed: ``4,2``."""
        return number(self.value, self.decimals)

    @property
    def rest(self) -> Rest:
        return Rest(self.figure, self.shown)


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure of this period and of the year before; None where it is not shown."""

    metric: str
    sex: Sex
    now: Value | None
    before: Value | None

    @property
    def change(self) -> Decimal | None:
        """The difference of the two shown values."""
        if self.now is None or self.before is None:
            return None
        return self.now.value - self.before.value


@dataclass(frozen=True, slots=True)
class OfBoard:
    """A compared figure of one board."""

    name: str
    figures: Compared


@dataclass(frozen=True, slots=True)
class Boards:
    """One metric for every board. ``hidden``: how many boards have no shown figure."""

    metric: str
    shown: tuple[OfBoard, ...]
    hidden: int


@dataclass(frozen=True, slots=True)
class Series:
    """A metric over time, oldest first, every value shown, each with ``R12 2023-12``.

    ``first``: the first month of the first of them, ``januari 2021``.
    """

    metric: str
    points: tuple[tuple[str, Value], ...]
    first: str


@dataclass(frozen=True, slots=True)
class OfGroup:
    """A staff group's figure, shown to everybody."""

    name: str
    metric: str
    value: Value


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a difference is larger than chance usually makes."""

    figure: str
    certain: bool

    @property
    def rest(self) -> Rest:
        words = "större än slumpen" if self.certain else "inom slumpvariationen"
        return Rest(self.figure, words)


@dataclass(frozen=True, slots=True)
class Counted:
    """A count that somebody typed. ``label``: ``Antal rapporterade tillbud``."""

    key: str
    label: str
    now: Value | None
    before: Value | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and its answer in words. ``deviating``: answers other than the expected one with
    the boards that gave them; ``boards``: how many have answered (none in a board's own report).
    """

    key: str
    text: str
    answer: str
    expected: bool
    deviating: tuple[tuple[str, tuple[str, ...]], ...] = ()
    boards: int = 0


@dataclass(frozen=True, slots=True)
class Period:
    """The two windows in words. ``now`` and ``before`` are years where they are calendar years,
    else empty."""

    now: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """A section. ``name``: whose report; ``whole``: the municipality's figures of the same rows.

    ``by_chance``: of a metric's change in a year; ``from_whole``: of its distance to the whole.
    """

    name: str
    period: Period
    rows: tuple[Compared, ...] = ()
    whole: tuple[Compared, ...] = ()
    boards: tuple[Boards, ...] = ()
    groups: tuple[OfGroup, ...] = ()
    series: tuple[Series, ...] = ()
    counts: tuple[Counted, ...] = ()
    questions: tuple[Asked, ...] = ()
    by_chance: tuple[tuple[str, Verdict], ...] = ()
    from_whole: tuple[tuple[str, Verdict], ...] = ()

    def row(self, metric: str, sex: Sex = "total") -> Compared | None:
        """The row of a metric and sex, if the section shows one."""
        return next((r for r in self.rows if (r.metric, r.sex) == (metric, sex)), None)
