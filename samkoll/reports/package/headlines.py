"""A report in brief: its main figures, what deviates, what is to be done. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from samkoll.documents.content import Cell, Document, Table
from samkoll.reports.composition import Context
from samkoll.reports.composition.answers import deviations, rolled_up
from samkoll.reports.composition.context import UNANSWERED
from samkoll.reports.composition.tables import periods
from samkoll.reports.figures import FigureKey
from samkoll.stats import metrics

SEXES = {"total": "", "women": "kvinnor", "men": "män"}


@dataclass(frozen=True, slots=True)
class Headline:
    """One figure with the one before and their difference, as cells of the report itself."""

    label: str
    key: FigureKey
    cells: tuple[Cell, Cell, Cell]


def figures(context: Context, document: Document) -> tuple[Headline, ...]:
    """The computed figures of the report's own period, in reading order, each once.

    They are read from the document, so that a decided report's are the decided ones; protected
    figures have no name and are not among them.
    """
    found: dict[FigureKey, Headline] = {}
    for headline in _named(context, document):
        found.setdefault(headline.key, headline)
    return tuple(found.values())


def _named(context: Context, document: Document) -> Iterator[Headline]:
    heads = [column.label for column in periods(context)]
    for table in (block for block in document.blocks if isinstance(block, Table)):
        if [column.label for column in table.columns[1:4]] != heads:
            continue
        for row in table.rows:
            key = _key(row.cells[1]) if len(row.cells) >= 4 else None
            if key:
                now, before, change = row.cells[1:4]
                yield Headline(_label(key), key, (now, before, change))


def _key(cell: Cell) -> FigureKey | None:
    try:
        return FigureKey.parse(cell.figure_id)
    except ValueError:
        return None


def _label(key: FigureKey) -> str:
    """``Sjukfrånvaro, kvinnor, %``."""
    known = metrics.lookup(key.metric)
    return ", ".join(filter(None, (known.label, SEXES[key.sex], known.terms.unit)))


def deviating(context: Context) -> tuple[str, ...]:
    """A sentence for each question whose answer somebody should explain."""
    form = context.report.form
    asked = [question for _section, question in form.questions()]
    if form.sums_up:
        return tuple(filter(None, (deviations(context, rolled_up(context, q)) for q in asked)))
    sentences = []
    for question in asked:
        answer = context.report.answers.get(question.key)
        if answer is None:
            sentences.append(f"{context.say(question.text)} {UNANSWERED}.")
        elif answer.value not in (question.expected, "not_applicable"):
            said = f"{context.say(question.text)} {form.word(answer.value)}."
            sentences.append(f"{said} {answer.comment}".strip())
    return tuple(sentences)


def counts(context: Context) -> tuple[int, int]:
    """How many questions have an answer to explain, and how many lack one, from any board."""
    form, answers = context.report.form, context.report.answers
    asked = [question for _section, question in form.questions()]
    if form.sums_up:
        rolled = [rolled_up(context, question) for question in asked]
        return sum(bool(r.deviating) for r in rolled), sum(bool(r.missing) for r in rolled)
    missing = sum(question.key not in answers for question in asked)
    return len(deviating(context)) - missing, missing


def planned(context: Context) -> tuple[str, ...]:
    """A line for each measure: of the plan, or of the risks that are reported onward."""
    report = context.report
    lines = [f"{each.heading} ({each.form_name.lower()})" for each in report.measures]
    for board in context.boards or (report,):
        for risk in board.current_risks:
            lines += [
                f"{action.title} ({action.responsible}, senast {action.end})"
                for action in risk.actions
            ]
    return tuple(dict.fromkeys(lines))
