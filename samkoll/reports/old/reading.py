"""From a document to what was found in it: the kind of report, then each thing by its form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from samkoll.reports.old import matching, plans, sections
from samkoll.reports.old.found import (
    Found,
    FoundAnswer,
    FoundFigure,
    FoundGiven,
    FoundRisk,
    FoundText,
)
from samkoll.reports.old.risks import risks_of
from samkoll.reports.old.texts import paragraphs
from samkoll.reports.review import figures
from samkoll.reports.review.document import (
    Document,
    Passage,
    Table,
    TableRow,
    plain,
    shortened,
)
from samkoll.reports.template_data import AnswerValue, Form, FormKind, GivenField

_TITLE = re.compile(r"[Aa]rbetsmiljörapport (?P<year>20\d\d)")
_PLAN = re.compile(r"\båtgärdsplan\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(20\d\d)(?:-\d\d-\d\d)?\b")
_DIARY = re.compile(r"Diarienummer\b.{0,200}?\b([A-ZÅÄÖ]{1,8}[ -]?\d{4}[/:]\d+)", re.DOTALL)
_NUMBER = r"(\d[\d\s]*(?:[,.]\d+)?)"
PRINTED = ("Kort och lång sjukfrånvaro avrundas var för sig", "Önskad effekt av åtgärderna:")
"""How notes begin that Samkoll prints by itself."""
METRICS = {
    "sjuk": "sick_leave", "sjuk_kort": "sick_leave_short", "sjuk_lang": "sick_leave_long",
    "omsattning": "turnover", "avgangar": "departures", "mertid": "additional_hours",
    "overtid": "overtime_hours", "timmar": "extra_hours",
}  # fmt: skip


def kind_of(document: Document) -> FormKind:
    """Whose report it is, by its words: a plan, the municipality's, or a board's."""
    title = " ".join(passage.text for passage in document.passages[:12])
    if _PLAN.search(title) and not _TITLE.search(title):
        return "plan"
    whole = re.search(r"samlade? (?:arbetsmiljö)?rapport", plain(document.text), re.IGNORECASE)
    return "municipality" if whole else "board"


def read(document: Document, forms: Mapping[FormKind, Form], boards: Iterable[str]) -> Found:
    """Everything that the form of the document's kind has a place for.

    ``forms``: the kinds board, municipality and plan. ``boards``: the boards that exist.
    """
    kind = kind_of(document)
    diary = _DIARY.search(document.text)
    known = {name: name for name in boards}
    start = [line for passage in document.passages[:8] for line in passage.text.split("\n")]
    board = next((name for line in start if (name := _board(line, known))), "")
    found = Found(
        kind=kind,
        year=_year(document),
        board=board if kind == "board" else "",
        diary_number=diary[1] if diary else "",
    )
    form = forms[kind]
    return _plan(found, document, form) if kind == "plan" else _report(found, document, form)


def _board(line: str, known: Mapping[str, str]) -> str:
    return matching.best(line, known, matching.HEADING) or ""


def _year(document: Document) -> int | None:
    if titled := _TITLE.search(document.text):
        return int(titled["year"])
    dated = _YEAR.search(document.text)
    return int(dated[1]) if dated else None


def _plan(found: Found, document: Document, form: Form) -> Found:
    measures, others = plans.measures(document)
    texts, strange = _texts(others, form)
    unread = _tables([table for table in document.tables if table.head[0] != "Åtgärd"])
    return replace(found, texts=tuple(texts), measures=tuple(measures), strange=(*strange, *unread))


def _report(found: Found, document: Document, form: Form) -> Found:
    risks = tuple(risks_of(table for table in document.tables if table.head[0] == "Risk"))
    answers = list(_answers(document, form))
    given = list(_given(document, form))
    computed = list(_figures(document))
    said = tuple(f"{answer.asked} " for answer in answers if answer.comment)
    body = [p for p in document.passages if not (said and plain(p.text).startswith(said))]
    texts, strange = _texts(body, form, risks)
    unread = _unread(document, form)
    return replace(
        found,
        texts=tuple(texts),
        answers=tuple(answers),
        given=tuple(given),
        figures=tuple(computed),
        risks=risks,
        strange=(*strange, *_tables(unread), *_unanswered(document, answers)),
    )


def _questions(form: Form) -> dict[str, str]:
    return {question.key: question.text for _section, question in form.questions()}


def _answers(document: Document, form: Form) -> Iterator[FoundAnswer]:
    """Answers of tables, each with the comment that the text gives to it."""
    words: dict[str, AnswerValue] = {form.word(value).casefold(): value for value, _w in form.words}
    questions = _questions(form)
    for row in (row for table in document.tables if _asks(table) for row in table.rows):
        key = _asked(row.label, questions)
        value = words.get(row.cells[-1].casefold())
        if key is not None and value is not None:
            questions.pop(key)
            yield FoundAnswer(key, value, row.label, _comment(document, row.label, row.cells[-1]))


def _asked(label: str, questions: Mapping[str, str]) -> str | None:
    """The question of a row; of one that goes on below its answer, by how it begins."""
    if not label.endswith("?"):
        questions = {key: text[: len(label)] for key, text in questions.items()}
    return matching.best(label, questions, matching.QUESTION)


def _asks(table: Table) -> bool:
    return table.head[-1] == "Ja/Nej"


def _comment(document: Document, question: str, answer: str) -> str:
    start = f"{question} {answer}: "
    texts = (plain(passage.text) for passage in document.passages)
    return next((text[len(start) :] for text in texts if text.startswith(start)), "")


def _unanswered(document: Document, answers: Sequence[FoundAnswer]) -> Iterator[str]:
    """Rows of questions that the form does not have, or whose answer is another word."""
    understood = {answer.asked for answer in answers}
    for table in filter(_asks, document.tables):
        yield from (row.quote().text for row in table.rows if row.label not in understood)


def _given(document: Document, form: Form) -> Iterator[FoundGiven]:
    """Typed numbers: of tables, and of the notes that Samkoll prints below its own."""
    fields = form.given()
    labels = {key: field.label for key, field in fields.items()}
    for row in (row for table in document.tables for row in table.rows):
        key = matching.best(row.label, labels, matching.LABEL)
        numbers = [found.value for cell in row.cells[1:] if (found := figures.number(cell))]
        if key is not None and numbers:
            labels.pop(key)
            before = numbers[1] if len(numbers) == 2 else None
            yield FoundGiven(key, row.label, numbers[0], before)
    for key in labels:
        yield from _noted(document, fields[key])


def _noted(document: Document, field: GivenField) -> Iterator[FoundGiven]:
    pattern = re.compile(rf"{re.escape(field.label)}: {_NUMBER}")
    for passage in document.passages:
        text = plain(passage.text)
        if text.startswith("Angiven, inte beräknad") and (number := pattern.search(text)):
            shown = number[1].replace(" ", "").replace(",", ".").rstrip(".")
            yield FoundGiven(field.key, field.label, Decimal(shown))
            return


def _figures(document: Document) -> Iterator[FoundFigure]:
    """Both periods of every figure that Samkoll computes itself."""
    for row in figures.compared(document):
        about, label = row.about, row.about.words
        for month, number in zip(row.months, (row.now, row.before), strict=True):
            shown = figures.swedish(number.value, number.decimals)
            yield FoundFigure(label, METRICS[about.metric], about.sex, month, shown)


def _texts(
    body: Sequence[Passage], form: Form, risks: Sequence[FoundRisk] = ()
) -> tuple[list[FoundText], list[str]]:
    """The texts by section and part, and what stands where the form has no text."""
    placed: dict[sections.Where, list[Passage]] = {}
    for where, passage in sections.Finder(form, risks).sorted(body):
        placed.setdefault(where, []).append(passage)
    texts, strange = [], []
    leads = tuple(lead for s in form.sections for p in s.parts if (lead := getattr(p, "lead", "")))
    for (section, part), passages in placed.items():
        found = [text for text in paragraphs(passages) if not text.startswith((*leads, *PRINTED))]
        if section and part:
            texts += [FoundText(section, part, "\n\n".join(found))] if found else []
        else:
            strange += [shortened(text, 160) for text in found]
    return texts, strange


def _unread(document: Document, form: Form) -> list[Table]:
    """Tables of neither risks, questions, given counts nor figures."""
    labels = {key: field.label for key, field in form.given().items()}
    compared = {id(row.row) for row in figures.compared(document)}

    def understood(row: TableRow) -> bool:
        return id(row) in compared or matching.best(row.label, labels, matching.LABEL) is not None

    return [
        table
        for table in document.tables
        if table.head[0] != "Risk" and not _asks(table) and not any(map(understood, table.rows))
    ]


def _tables(tables: Iterable[Table]) -> Iterator[str]:
    for table in tables:
        yield shortened("Tabell: " + " | ".join(cell for cell in table.head if cell), 160)
