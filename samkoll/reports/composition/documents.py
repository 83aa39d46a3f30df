"""The documents: which part is composed by what, in the order of the form."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import assert_never

from samkoll.documents.content import Block, Document, Heading, TableOfContents, text_blocks
from samkoll.reports import template_conditions as conditions
from samkoll.reports import template_data as data
from samkoll.reports.composition import (
    answers,
    boards,
    brief,
    chain,
    charts,
    given,
    measures,
    risks,
    staff_groups,
    tables,
)
from samkoll.reports.composition.colophon import colophon
from samkoll.reports.composition.context import Context
from samkoll.reports.material import Material


def document(context: Context) -> Document:
    """A report as a content tree, whatever its kind. Raises: MixedConventions."""
    report = context.report
    form = conditions.with_figures(report.form, partial(_exists, context))
    context = replace(context, report=replace(report, form=form))
    short = form.kind == "brief"
    blocks: list[Block] = [] if short else [TableOfContents()]
    blocks += chain.correction(report)
    for section in form.sections:
        blocks += _section(context, section)
    taken = report.extracted_at
    return Document(
        title=context.say(form.title),
        organisation=report.words.municipality,
        subtitle=_subtitle(context),
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
        short=short,
    )


def _subtitle(context: Context) -> str:
    report = context.report
    if report.form.sums_up:
        return "Kommunens samlade rapport"
    if report.form.kind == "brief":
        return f"{report.unit_name}, {period(report)}"
    return report.name


def period(report: Material) -> str:
    """What a brief looks back on, in words: ``april 2026``, ``januari–april 2026``."""
    last = report.month
    first = last - (report.months - 1)
    months = [charts.MONTHS[each.month - 1] for each in (first, last)]
    return f"{'–'.join(dict.fromkeys(months))} {last.year}"


def _exists(context: Context, metric: str) -> bool:
    """Whether a metric has a figure for the report's own period, shown or protected."""
    report = context.report
    return context.figures.shown(report.scope, metric, "total", report.month).state != "missing"


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
        case data.MeasuresPart():
            return measures.measures(context, section, part)
        case data.StaffGroupsPart():
            return staff_groups.staff_groups(context, part)
        case data.HeadlinesPart():
            return brief.headlines(context, part)
        case data.OverdueActionsPart():
            return brief.overdue(context, part)
        case data.HighRisksPart():
            return brief.high_risks(context, part)
        case _:
            assert_never(part)


def _text(context: Context, section: data.Section, part: data.TextPart) -> list[Block]:
    written = list(text_blocks(context.report.texts.get((section.key, part.key), "")))
    if not written or not part.heading:
        return list(written)
    anchor = f"{section.anchor}-{part.key}"
    return [Heading(section.level + 1, part.heading, anchor), *written]
