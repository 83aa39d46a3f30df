"""The form of a report as frozen values: sections, questions, tables, given figures.

``template_reader`` makes them from the versioned files of ``data/forms``. No Django here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from samkoll.reports.template_conditions import Condition

FormKind = Literal["unit", "board", "municipality", "plan", "brief"]
AnswerValue = Literal["yes", "partly", "no", "not_applicable"]
Rule = Literal["all_strict", "all_graded", "any", "manual"]
Which = Literal["previous", "current"]
Sex = Literal["total", "women", "men"]


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``expected``: the answer that nobody needs to explain; others deviate."""

    key: str
    text: str
    answers: tuple[AnswerValue, ...]
    expected: AnswerValue
    roll_up: Rule


@dataclass(frozen=True, slots=True)
class GivenField:
    """A number that is typed and not computed. ``roll_up`` "sum": the municipality adds them."""

    key: str
    label: str
    unit: str = ""
    decimals: int = 0
    roll_up: Literal["sum", "none"] = "none"


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One row of a computed table, bound to a metric and a sex; without metric a sub-head."""

    label: str
    metric: str = ""
    sex: Sex = "total"


@dataclass(frozen=True, slots=True)
class FiguresPart:
    """A table of computed figures: now, before, difference.

    ``parts_of_whole``: (whole, part, part). When the shown parts do not add up to the shown
    whole, the table gets a note about rounding.
    """

    caption: str
    head: str
    rows: tuple[FigureRow, ...]
    parts_of_whole: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GivenTablePart:
    """A table of given counts: this period's, and the period before when anybody typed it."""

    caption: str
    head: str
    column: str
    previous_column: str
    fields: tuple[GivenField, ...]


@dataclass(frozen=True, slots=True)
class GivenPart:
    """Given numbers that no table carries."""

    fields: tuple[GivenField, ...]


@dataclass(frozen=True, slots=True)
class QuestionsPart:
    """A table of questions and their answers."""

    caption: str
    head: str
    column: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class ChartPart:
    """A metric by sex over time, as a picture with its table."""

    metric: str
    caption: str
    unit: str


@dataclass(frozen=True, slots=True)
class BoardFiguresPart:
    """One metric for every board, now, before and difference."""

    metric: str
    caption: str


@dataclass(frozen=True, slots=True)
class BoardsWithMorePart:
    """Names the boards whose given counts, or whose metric, rose since the year before."""

    lead: str
    given: tuple[str, ...] = ()
    metric: str = ""


@dataclass(frozen=True, slots=True)
class BoardsWithoutEndedPart:
    """Names the boards of which no action from last year's report is closed."""

    lead: str


@dataclass(frozen=True, slots=True)
class IncludedReportsPart:
    """Lists the board reports that the municipality's report sums up."""

    lead: str


@dataclass(frozen=True, slots=True)
class BoardRisksPart:
    """Every board's risks reported onward: last year's with how their actions went, or this
    year's with their levels."""

    which: Which
    lead: str


@dataclass(frozen=True, slots=True)
class RisksPart:
    """The risks reported onward: last year's with status, or this year's with responsible."""

    which: Which
    caption: str


@dataclass(frozen=True, slots=True)
class RiskCommentsPart:
    """A heading and a text for every such risk. ``max_characters``: of each; 0 for no limit."""

    which: Which
    max_characters: int = 0


@dataclass(frozen=True, slots=True)
class TextPart:
    """A free text; with a heading of its own when ``heading`` is set.

    ``max_characters``: as typed, a line break is one; 0 for no limit.
    """

    key: str
    heading: str = ""
    max_characters: int = 0


@dataclass(frozen=True, slots=True)
class MeasuresPart:
    """The measures of a plan: a chapter for each, or one table by work form."""

    show: Literal["chapters", "table"]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class StaffGroupsPart:
    """The staff groups with the highest value of the first metric, as everybody may see them."""

    caption: str
    metrics: tuple[str, ...]
    highest: int = 8


@dataclass(frozen=True, slots=True)
class HeadlinesPart:
    """Figures in short: now, the year before, the difference, and the whole municipality's."""

    caption: str
    head: str
    rows: tuple[FigureRow, ...]


@dataclass(frozen=True, slots=True)
class OverdueActionsPart:
    """The actions of the unit and below that are past their day, the oldest first."""

    caption: str
    longest: int = 15


@dataclass(frozen=True, slots=True)
class HighRisksPart:
    """The open risks of the unit and below of the two worst severities, the worst first."""

    caption: str
    longest: int = 15


Part = (
    FiguresPart
    | GivenTablePart
    | GivenPart
    | QuestionsPart
    | ChartPart
    | BoardFiguresPart
    | BoardsWithMorePart
    | BoardsWithoutEndedPart
    | IncludedReportsPart
    | BoardRisksPart
    | RisksPart
    | RiskCommentsPart
    | TextPart
    | MeasuresPart
    | StaffGroupsPart
    | HeadlinesPart
    | OverdueActionsPart
    | HighRisksPart
)


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered section. ``number`` orders and nests even where it is not printed.

    ``only_when``: all of these hold, else the report does not have the section.
    """

    key: str
    number: str
    heading: str
    instruction: str
    parts: tuple[Part, ...]
    only_when: tuple[Condition, ...] = ()

    @property
    def level(self) -> int:
        return self.number.count(".") + 1

    @property
    def anchor(self) -> str:
        """The section's place in a document: ``avsnitt-2-6``."""
        return f"avsnitt-{self.number.replace('.', '-')}"

    @property
    def texts(self) -> tuple[TextPart, ...]:
        return tuple(part for part in self.parts if isinstance(part, TextPart))

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(q for p in self.parts if isinstance(p, QuestionsPart) for q in p.questions)

    @property
    def given(self) -> tuple[GivenField, ...]:
        tables = (p for p in self.parts if isinstance(p, GivenTablePart | GivenPart))
        return tuple(field for part in tables for field in part.fields)

    def longest(self, key: str) -> int:
        """How many characters a text of the section may have; 0 for no limit.

        ``key``: of the text, or ``risk-<id>``.
        """
        if key.startswith("risk-"):
            limits = (p.max_characters for p in self.parts if isinstance(p, RiskCommentsPart))
            return next(limits, 0)
        return next((text.max_characters for text in self.texts if text.key == key), 0)

    @property
    def with_previous(self) -> frozenset[str]:
        """Keys of the given fields that also have a number for the period before."""
        tables = (p for p in self.parts if isinstance(p, GivenTablePart) and p.previous_column)
        return frozenset(field.key for part in tables for field in part.fields)


@dataclass(frozen=True, slots=True)
class Definition:
    """What a family of metrics is, in a reader's words."""

    metrics: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Form:
    """One version of a report's form. ``words``: the printed word of every answer value."""

    kind: FormKind
    year: int
    version: int
    title: str
    last_month: int
    numbered: bool
    words: tuple[tuple[AnswerValue, str], ...]
    definitions: tuple[Definition, ...]
    sections: tuple[Section, ...]

    @property
    def sums_up(self) -> bool:
        """Whether answers and counts are those of the boards together, not typed here."""
        return self.kind == "municipality"

    def word(self, value: AnswerValue) -> str:
        """What an answer is called in print ("Delvis")."""
        return dict(self.words)[value]

    def section(self, key: str) -> Section:
        """Raises: KeyError."""
        return {section.key: section for section in self.sections}[key]

    def questions(self) -> Iterator[tuple[Section, Question]]:
        """All questions in order, each with its section."""
        return ((s, question) for s in self.sections for question in s.questions)

    def question(self, key: str) -> Question:
        """Raises: KeyError."""
        return {question.key: question for _section, question in self.questions()}[key]

    def definition(self, metric: str) -> str:
        """The definition of a metric; empty when the form has none."""
        return next((d.text for d in self.definitions if metric in d.metrics), "")

    def given(self) -> dict[str, GivenField]:
        """All given fields by key, in order."""
        return {field.key: field for s in self.sections for field in s.given}


@dataclass(frozen=True, slots=True)
class Words:
    """What the variables of a form's texts stand for."""

    municipality: str
    year: int

    def fill(self, text: str) -> str:
        """A text of the form with its variables replaced."""
        ends_in_s = self.municipality.endswith(("s", "x", "z"))
        return text.format(
            municipality=self.municipality,
            municipality_genitive=self.municipality + ("" if ends_in_s else "s"),
            year=self.year,
            data_year=self.year - 1,
            previous_year=self.year - 2,
        )
