"""Questions and answers: a board's own, and the municipality's rolled up from all boards."""

from __future__ import annotations

from samkoll.core.text import listing
from samkoll.documents.content import Block, Bullets, Cell, Column, Note, Row, Table
from samkoll.reports.composition.context import UNANSWERED, Context
from samkoll.reports.material import Answered, Material
from samkoll.reports.roll_up import RollUp, of_parts, roll_up
from samkoll.reports.template_data import Form, Question, QuestionsPart


def questions(context: Context, part: QuestionsPart) -> list[Block]:
    """The table of a set of questions and, in the municipality's report, who deviates and why."""
    columns = (Column(part.head, weight=4), Column(part.column))
    if not context.report.form.sums_up:
        rows = [row for question in part.questions for row in _answered(context, question)]
        return [Table(part.caption, columns, tuple(rows))]
    rolled = [rolled_up(context, question) for question in part.questions]
    rows = [Row((_asked(context, r.question), _rolled(context.report.form, r))) for r in rolled]
    table = Table(part.caption, columns, tuple(rows))
    sentences = [sentence for r in rolled if (sentence := deviations(context, r))]
    overrides = [override for r in rolled if (override := _override(context, r))]
    return [table, *([Bullets(tuple(sentences))] if sentences else []), *overrides]


def rolled_up(context: Context, question: Question) -> RollUp:
    """The boards' answers to one question, and the municipality's override if there is one."""
    answers = {
        board.board_name: (a.value if (a := board.asked(question.key)) else None)
        for board in context.boards
    }
    override = context.report.overrides.get(question.key)
    return roll_up(
        question,
        answers,
        override=override.value if override else None,
        reason=override.reason if override else "",
    )


def _asked(context: Context, question: Question) -> Cell:
    return Cell(context.say(question.text), head=True)


def otherwise(report: Material, question: Question) -> RollUp | None:
    """The rolled-up answer that a report does not follow; None while it follows its parts."""
    answer = report.answers.get(question.key)
    rolled = of_parts(question, {part.name: part.answers for part in report.parts})
    if answer is None or rolled.proposal in (None, answer.value):
        return None
    return rolled


def _answered(context: Context, question: Question) -> list[Row]:
    """The report's own answer and, below it, what it added: why, where its parts say otherwise."""
    answer = context.report.answers.get(question.key)
    against = otherwise(context.report, question)
    text = context.report.form.word(answer.value) if answer else UNANSWERED
    word = Cell(text, mark=_mark(context.report.form, answer, against))
    rows = [Row((_asked(context, question), word))]
    if answer and answer.comment:
        label = "Motivering" if against else "Kommentar"
        rows.append(Row((Cell(answer.comment, label=label, columns=2),), "detail"))
    return rows


def _mark(form: Form, answer: Answered | None, against: RollUp | None) -> str:
    if against:
        return f"Delarnas svar ger {_proposed(form, against)}."
    return f"Beräknad: {answer.basis}" if answer and answer.basis else ""


def _rolled(form: Form, rolled: RollUp) -> Cell:
    text = form.word(rolled.value) if rolled.value else UNANSWERED
    changed = rolled.override is not None and rolled.override != rolled.proposal
    mark = f"Ändrat från {_proposed(form, rolled)}, se nedan." if changed else ""
    return Cell(text, figure_id=f"answer.{rolled.question.key}", mark=mark)


def _proposed(form: Form, rolled: RollUp) -> str:
    return form.word(rolled.proposal) if rolled.proposal else UNANSWERED


def deviations(context: Context, rolled: RollUp) -> str:
    """Which boards answered otherwise than expected: one sentence, or nothing."""
    form = context.report.form
    said = [f"{form.word(value)} svarar {listing(boards)}" for value, boards in rolled.deviating]
    if rolled.missing:
        said.append(f"Inget svar från {listing(rolled.missing)}")
    return f"{context.say(rolled.question.text)} {'. '.join(said)}." if said else ""


def _override(context: Context, rolled: RollUp) -> Note | None:
    if rolled.override is None:
        return None
    form, decided = context.report.form, context.report.overrides[rolled.question.key]
    text = (
        f"{context.say(rolled.question.text)} Nämndernas svar ger {_proposed(form, rolled)}, "
        f"rapporten svarar {form.word(rolled.override)}. Motivering: {decided.reason}"
    )
    return Note("Ändrat svar", text, "override")
