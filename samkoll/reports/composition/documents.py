"""The two documents: which part is composed by what, in the order of the form."""

from __future__ import annotations

from typing import assert_never

from samkoll.documents.content import Block, Document, Heading, TableOfContents, text_blocks
from samkoll.reports import template_data as data
from samkoll.reports.composition import answers, boards, chain, charts, given, risks, tables
from samkoll.reports.composition.colophon import colophon
from samkoll.reports.composition.context import Context


def board(context: Context) -> Document:
    """A board's report. Raises: MixedConventions."""
    return _document(context, subtitle=context.report.board_name)


def municipality(context: Context) -> Document:
    """The municipality's report over all boards' reports. Raises: MixedConventions."""
    return _document(context, subtitle="Kommunens samlade rapport")


def _document(context: Context, *, subtitle: str) -> Document:
    report = context.report
    blocks: list[Block] = [TableOfContents(), *chain.correction(report)]
    for section in report.form.sections:
        blocks += _section(context, section)
    taken = report.extracted_at
    return Document(
        title=context.say(report.form.title),
        organisation=report.words.municipality,
        subtitle=subtitle,
        diary_number=report.diary_number,
        status="" if report.decision else report.status,
        produced_on=context.produced_on,
        facts=(
            ("Förvaltning", report.unit_name if report.board_id else ""),
            ("Siffrorna avser", f"{report.window.first} – {report.window.last}"),
            ("Underlag uttaget", f"{taken:%Y-%m-%d}" if taken else ""),
            *chain.facts(report),
        ),
        blocks=(*blocks, *chain.consultation(report), *colophon(context)),
    )


def _section(context: Context, section: data.Section) -> list[Block]:
    number = section.number if context.report.form.numbered else ""
    blocks: list[Block] = [Heading(section.level, section.heading, section.anchor, number)]
    for part in section.parts:
        blocks += _part(context, section, part)
    return blocks


TYPED = (data.TextPart, data.RiskCommentsPart)
TYPED_BY_BOARDS = (*TYPED, data.QuestionsPart, data.GivenPart, data.GivenTablePart)


def computed(context: Context, section: data.Section) -> list[Block]:
    """What a section shows that is not typed in it: what whoever writes it should look at."""
    typed = TYPED if context.report.form.sums_up else TYPED_BY_BOARDS
    blocks: list[Block] = []
    for part in section.parts:
        if not isinstance(part, typed):
            blocks += _part(context, section, part)
    return blocks


def _part(context: Context, section: data.Section, part: data.Part) -> list[Block]:  # noqa: PLR0911, PLR0912
    match part:
        case data.FiguresPart():
            return tables.figures(context, part)
        case data.BoardFiguresPart():
            return tables.board_figures(context, part)
        case data.ChartPart():
            return charts.chart(context, part)
        case data.GivenTablePart():
            return given.given_table(context, part)
        case data.GivenPart():
            return given.given_list(context, part)
        case data.QuestionsPart():
            return answers.questions(context, part)
        case data.RisksPart():
            return risks.table(context, part)
        case data.RiskCommentsPart():
            return risks.comments(context, section, part)
        case data.BoardsWithMorePart():
            return boards.with_more(context, part)
        case data.BoardsWithoutEndedPart():
            return boards.without_ended(context, part)
        case data.IncludedReportsPart():
            return boards.included(context, part)
        case data.BoardRisksPart():
            return boards.reported(context, part)
        case data.TextPart():
            return _text(context, section, part)
        case _:
            assert_never(part)


def _text(context: Context, section: data.Section, part: data.TextPart) -> list[Block]:
    written = list(text_blocks(context.report.texts.get((section.key, part.key), "")))
    if not written or not part.heading:
        return list(written)
    anchor = f"{section.anchor}-{part.key}"
    return [Heading(section.level + 1, part.heading, anchor), *written]
