"""View-models of the report pages: what a template shows, as frozen values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkoll.accounts.models import User
from samkoll.core.access import Verdict
from samkoll.core.errors import DomainError
from samkoll.core.text import number
from samkoll.documents import writers
from samkoll.documents.content import Document
from samkoll.documents.writers import html
from samkoll.reports import building, composition, policies, queries
from samkoll.reports.composition.answers import rolled_up
from samkoll.reports.models import Report, ReportFile, SectionState
from samkoll.reports.roll_up import RollUp
from samkoll.reports.template_reader import form_of
from samkoll.web.tables import Cell, Fact, Head, Row, Table


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A section as the read page lists it."""

    label: str
    url: str
    changed: str


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file to download. ``kind``: what the format is good for."""

    kind: str
    url: str
    note: str


KINDS = {  # words at import would be in one language only: see file_kind
    "docx": gettext_lazy("Word, att arbeta vidare i"),
    "pdf": gettext_lazy("PDF, tillgänglig, att läsa och diarieföra"),
    "html": gettext_lazy("Webbsida i en fil"),
    "xlsx": gettext_lazy("Excel, alla tabeller"),
    "json": gettext_lazy("JSON, allt innehåll för andra system"),
    "zip": gettext_lazy("Nämndpaket, allt för nämnden och arkivet i en ZIP-fil"),
}


def sections(report: Report) -> list[SectionRow]:
    """The sections of a report with the way to edit each, in one query."""
    states = {state.key: state for state in SectionState.objects.filter(report=report)}
    return [
        SectionRow(
            label=f"{section.number} {section.heading}",
            url=reverse("reports:edit", args=[report.pk, section.key]),
            changed=_changed(states.get(section.key)),
        )
        for section in form_of(report.template.content).sections
    ]


def _changed(state: SectionState | None) -> str:
    if state is None or not state.version:
        return _("Inget skrivet än")
    return _("%(who)s, %(day)s") % {"who": state.changed_by, "day": state.changed_at.date()}


def files(report: Report) -> list[FileRow]:
    """The built files of a report."""
    return [_file(file) for file in report.files.order_by("format")]


def _file(file: ReportFile) -> FileRow:
    note = _("%(size)s kB, skapad %(at)s") % {
        "size": number(max(1, file.size // 1000)),
        "at": f"{file.built_at:%Y-%m-%d}",
    }
    url = reverse("reports:download", args=[file.report_id, file.format])
    return FileRow(str(KINDS[file.format]), url, note)


def lost_in_pdf(document: Document) -> list[str]:
    """A sentence for each text that the PDF cannot show whole."""
    said = _("I PDF-filen visas %(characters)s som □. Det gäller ”%(text)s”. Skriv om texten.")
    return [
        said % {"characters": " ".join(each.characters), "text": each.text}
        for each in writers.unprintable(document)
    ]


def figure_link(pk: int) -> Callable[[str], str]:
    """From a figure's id to the page that tells where it comes from."""

    def link(figure_id: str) -> str:
        kind, _dot, key = figure_id.partition(".")
        if kind == "answer":
            return reverse("reports:question", args=[pk, key])
        return reverse("reports:figure", args=[pk, figure_id])

    return link


def section_link(report: Report) -> Callable[[str], tuple[str, str] | None]:
    """From a section's place in the document to the page where it is written."""
    form = form_of(report.template.content)
    links = {
        section.anchor: (
            reverse("reports:edit", args=[report.pk, section.key]),
            _("Skriv i avsnitt %(number)s") % {"number": section.number},
        )
        for section in form.sections
    }
    return links.get


def reading(
    document: Document, report: Report, links: html.HeadingLink | None
) -> dict[str, object]:
    """A report's text for the read page, its table of contents and what a PDF cannot show."""
    link = figure_link(report.pk)
    return {
        "contents": html.table_of_contents(document),
        "body": html.fragment(document, figure_link=link, heading_link=links, contents=False),
        "lost": lost_in_pdf(document),
    }


def computed(context: composition.Context, key: str) -> str:
    """The tables and charts of a section, as HTML, for whoever writes it; empty without any.

    Figures that cannot be shown stop nobody from writing: the page of the report says why.
    """
    try:
        blocks = composition.computed(context, context.report.form.section(key))
        whole = building.compose(context)
    except DomainError:
        return ""
    return html.excerpt(whole, blocks, figure_link=figure_link(context.report.pk))


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """One question of the municipality's report: proposal, distribution, every board's text."""

    rolled: RollUp
    text: str
    facts: tuple[Fact, ...]
    table: Table
    texts: tuple[tuple[str, str], ...]
    override: Verdict


RULES = {
    "all_strict": gettext_lazy("Ja bara om alla nämnder svarar ja, annars nej."),
    "all_graded": gettext_lazy("Ja om alla svarar ja, nej om alla svarar nej, annars delvis."),
    "any": gettext_lazy("Ja så snart någon nämnd svarar ja."),
    "manual": gettext_lazy("Svaret bestäms av den som skriver rapporten."),
}


def question(
    context: composition.Context, report: Report, key: str, user: User, today: date
) -> QuestionPage:
    """Raises: KeyError for a question that the form does not have."""
    form = context.report.form
    asked = form.question(key)
    rolled = rolled_up(context, asked)
    section = next(s for s, q in form.questions() if q.key == key)
    readable = set(queries.visible_to(user, today).values_list("pk", flat=True))
    texts = [
        (board.board_name, board.texts.get((section.key, "main"), ""))
        for board in context.boards
        if board.pk in readable
    ]
    return QuestionPage(
        rolled=rolled,
        text=context.say(asked.text),
        facts=_question_facts(context, rolled),
        table=_answers(context, key),
        texts=tuple((name, text) for name, text in texts if text),
        override=policies.can_override(user, report, today),
    )


def _question_facts(context: composition.Context, rolled: RollUp) -> tuple[Fact, ...]:
    form = context.report.form
    none = _("Kan inte avgöras än")
    facts = [
        Fact(_("Kommunens svar"), form.word(rolled.value) if rolled.value else none),
        Fact(
            _("Förslag av nämndernas svar"), form.word(rolled.proposal) if rolled.proposal else none
        ),
        Fact(_("Regel"), str(RULES[rolled.question.roll_up])),
    ]
    decided = context.report.overrides.get(rolled.question.key)
    if decided:
        by = _("%(who)s, %(day)s") % {"who": decided.by, "day": decided.at.date()}
        facts.append(Fact(_("Motivering"), decided.reason, note=by))
    return tuple(facts)


def _answers(context: composition.Context, key: str) -> Table:
    rows = []
    for board in context.boards:
        answer = board.answers.get(key)
        word = board.form.word(answer.value) if answer else _("Ej besvarad")
        rows.append(
            Row((Cell(board.board_name), Cell(word), Cell(answer.comment if answer else "")))
        )
    heads = (Head(_("Nämnd")), Head(_("Svar")), Head(_("Kommentar")))
    return Table(_("Nämndernas svar"), heads, tuple(rows))
