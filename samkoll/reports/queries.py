"""Finding reports and gathering what they are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import (
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.utils import timezone

from samkoll.accounts.models import User
from samkoll.core.text import sort_key
from samkoll.org import queries as org
from samkoll.org.models import UnitPath
from samkoll.reports import form_of_report, material
from samkoll.reports.chain import due_soon as chain_due
from samkoll.reports.chain import waiting
from samkoll.reports.counted import counted
from samkoll.reports.models import (
    Comment,
    Decision,
    Kind,
    Report,
    Reports,
    SectionState,
    Status,
    Template,
)
from samkoll.reports.parts import queries as parts
from samkoll.reports.template_data import Words
from samkoll.reports.template_reader import form_of
from samkoll.risks import queries as risks

returned, to_comment, to_enter = waiting.returned, waiting.to_comment, waiting.to_enter
to_sign, to_finish, to_hand_in = waiting.to_sign, waiting.to_finish, waiting.to_hand_in
to_decide, to_publish, to_consult = waiting.to_decide, waiting.to_publish, waiting.to_consult
steps_due = chain_due.due_soon

if TYPE_CHECKING:
    from samkoll.reports import counted as counting

    CountedReport = counting.CountedReport
    DatedReport = waiting.DatedReport

ADMINISTRATIONS = (Kind.BOARD, Kind.PLAN, Kind.BRIEF)
"""Kinds that an administration has of its own."""


def visible_to(user: User, today: date) -> Reports:
    """Drafts that the user may read, filtered in SQL.

    A board's report, and an administration's plan or brief, is read by everybody who may read
    reports at the administration or at any unit below it: it is about their place of work. What is
    about the whole municipality needs the right at the top.
    A unit's part has a permission of its own, which boards and their secretaries have not.
    """
    units = org.units_with(user, "report:read", today)
    within = UnitPath.objects.filter(ancestor=OuterRef("unit"), descendant__in=units)
    of_board = Q(kind__in=ADMINISTRATIONS, unit__parent__isnull=False) & Exists(within)
    whole = Q(unit__in=units) & ~Q(kind=Kind.UNIT)
    return Report.objects.filter(of_board | whole | parts.visible(user, today))


def buildable_by(user: User, today: date) -> Reports:
    """Reports that the user may have files made of; ``policies.can_build`` says why of the rest."""

    def held(permission: str) -> Q:
        return Q(unit__in=org.units_with(user, permission, today))

    writes = Q(kind__in=ADMINISTRATIONS, unit__parent__isnull=False) & held("report:write")
    may = writes | held("report:municipal") | held("report:register")
    return visible_to(user, today).filter(may).exclude(facts=[])


def unanswered(user: User, today: date) -> QuerySet[CountedReport]:
    """Drafts of the newest year's board reports where the user writes and answers are missing."""
    newest = Report.objects.order_by("-year").values("year")[:1]
    written = Report.objects.current().filter(
        unit__in=org.units_with(user, "report:write", today),
        kind=Kind.BOARD,
        status=Status.DRAFT,
        year=Subquery(newest),
    )
    return (
        counted(written)
        .filter(answered__lt=F("asked"))
        .select_related("unit", "board")
        .order_by("unit__name_order", "board__name_order")
    )


@dataclass(frozen=True, slots=True)
class NamedReport:
    """A report in short: ``about`` is the board's name, or the unit's."""

    pk: int
    year: int
    status: str
    about: str


def newest_of(user: User, units: Iterable[int], today: date) -> list[NamedReport]:
    """The reports of these units' newest year that the user may read, in order of their boards."""
    if not org.may(user, "report:read", today):
        return []
    rows = (
        visible_to(user, today)
        .current()
        .filter(unit__in=[*units], kind__in=(Kind.BOARD, Kind.MUNICIPALITY))
        .order_by("-year", "board__name_order")
    )
    found = [
        NamedReport(pk, year, str(Status(status).label), board or unit)
        for pk, year, status, board, unit in rows.values_list(
            "pk", "year", "status", "board__name", "unit__name"
        )
    ]
    return [report for report in found if report.year == found[0].year]


def board_reports(year: int) -> Reports:
    """The board reports of a year, in Swedish order of their administrations and boards."""
    return (
        Report.objects.current()
        .filter(year=year, kind=Kind.BOARD)
        .order_by("unit__name_order", "board__name_order")
    )


def municipality_report(year: int) -> Report | None:
    """The municipality's report of a year, if the year has been opened."""
    return Report.objects.current().filter(year=year, kind=Kind.MUNICIPALITY).first()


def pinned_snapshots() -> set[str]:
    """Content hashes of every snapshot that a report stands on: none of them may be removed."""
    pinned = Report.objects.exclude(facts=[]).values_list("facts", flat=True)
    return {ref["sha256"] for refs in pinned for ref in refs}


def metrics_shown() -> set[str]:
    """Every metric that the newest form of each kind prints."""
    newest = Template.objects.order_by("kind", "-year", "-version").distinct("kind")
    contents = newest.values_list("content", flat=True)
    return {key for content in contents for key in _metrics(content)}


def _metrics(content: object) -> Iterator[str]:
    """The values of "metric" anywhere in a form."""
    if isinstance(content, dict):
        found = content.get("metric")
        yield from [found] if isinstance(found, str) and found else []
        content = list(content.values())
    for each in content if isinstance(content, list) else []:
        yield from _metrics(each)


def materials(reports: Iterable[int]) -> dict[int, material.Material]:
    """What these reports are made of, by id, in the order of ``board_reports``.

    Twelve queries whatever the number of reports and of their parts.
    """
    rows = list(
        Report.objects.filter(pk__in=[*reports])
        .select_related("template", "unit", "board", "decision", "brief")
        .prefetch_related("texts", "answers", "given", "overrides", "comments", "measures")
        .order_by("unit__name_order", "board__name_order")
    )
    if not rows:
        return {}
    top, codes = org.municipality(), form_of_report.codes_above(rows)
    years = {year for row in rows for year in (row.year, row.year - 1)}
    reported = risks.reported_onward(units={row.unit_id for row in rows}, years=years)
    below = parts.gathered(rows)
    return {
        row.pk: replace(
            _material(row, top.name, reported, below.get(parts.key_of(row), ())),
            form=form_of_report.applying(row, codes),
            whole_id=top.pk,
        )
        for row in rows
    }


def _material(
    row: Report,
    top: str,
    reported: Mapping[risks.Place, tuple[risks.ReportedRisk, ...]],
    below: tuple[material.GatheredPart, ...],
) -> material.Material:
    place = (row.unit_id, row.board_id or 0)
    return material.Material(
        pk=row.pk,
        form=form_of(row.template.content),
        words=Words(top, row.year),
        unit_id=row.unit_id,
        unit_code=row.unit.code,
        unit_name=row.unit.name,
        board_id=row.board_id,
        board_code=row.board.code if row.board else "",
        board_name=row.board.name if row.board else "",
        year=row.year,
        month=row.last_month,
        previous_month=row.last_previous_month,
        status=str(row.get_status_display()),
        diary_number=row.diary_number,
        facts=row.facts,
        extracted_at=row.extracted_at,
        texts={(text.section, text.part): text.text for text in row.texts.all()},
        answers={
            a.question: material.Answered(a.value, a.comment, a.basis)  # type: ignore[arg-type]
            for a in row.answers.all()
        },
        given={g.key: material.Given(g.current, g.previous, g.source) for g in row.given.all()},
        overrides={
            o.question: material.Overridden(o.value, o.reason, o.by, o.at)  # type: ignore[arg-type]
            for o in row.overrides.all()
        },
        previous_risks=reported.get((*place, row.year - 1), ()),
        current_risks=reported.get((*place, row.year), ()),
        parts=below,
        version=row.version,
        correction=row.correction,
        comments=tuple(map(_said, sorted(row.comments.all(), key=lambda c: c.of))),
        decision=_decided(row),
        measures=form_of_report.measures_of(row),
        months=form_of_report.months_of(row),
    )


def _said(comment: Comment) -> material.Said:
    return material.Said(str(comment.get_of_display()), comment.text, comment.held_on)


def _decided(row: Report) -> material.Decided | None:
    made: Decision | None = getattr(row, "decision", None)
    if made is None:
        return None
    nature = str(made.get_nature_display())
    return material.Decided(nature, made.decided_on, made.paragraph, made.text)


@dataclass(frozen=True, slots=True)
class ListedReport:
    """One cell of the list of reports. ``answered`` of ``asked`` questions. ``extracted``: the
    day on which its figures were pinned."""

    pk: int
    year: int
    status: str
    answered: int
    asked: int
    diary_number: str
    extracted: date | None


@dataclass(frozen=True, slots=True)
class ListedBoard:
    """One row of the list: a board in an administration (or the municipality), by year."""

    name: str
    administration: str
    reports: dict[int, ListedReport]


def listed(user: User, today: date) -> tuple[list[int], list[ListedBoard]]:
    """Years, newest first, and a row per board with the reports that the user may read.

    Two queries whatever the number of reports. The municipality's row stands last.
    """
    rows: dict[tuple[str, str], ListedBoard] = {}
    kinds = (Kind.BOARD, Kind.MUNICIPALITY)
    current: QuerySet[Report] = visible_to(user, today).current().filter(kind__in=kinds)
    found = (
        current.select_related("unit", "board")
        .annotate(answered=Count("answers"))
        .order_by("-year")
    )
    asked = _asked({report.template_id for report in found})
    for report in found:
        name = report.board.name if report.board else report.unit.name
        key = (report.unit.name if report.board else "", name)
        row = rows.setdefault(key, ListedBoard(name, key[0], {}))
        row.reports[report.year] = _listed(report, report.answered, asked[report.template_id])
    years = sorted({year for row in rows.values() for year in row.reports}, reverse=True)
    in_order = sorted(rows.values(), key=lambda r: (not r.administration, sort_key(r.name)))
    return years, in_order


def _asked(templates: Iterable[int]) -> dict[int, int]:
    """How many questions each form asks of a board; the municipality answers none itself."""
    return {
        template.pk: len(list(form_of(template.content).questions()))
        if template.kind == Kind.BOARD
        else 0
        for template in Template.objects.filter(pk__in=templates)
    }


def _listed(report: Report, answered: int, asked: int) -> ListedReport:
    return ListedReport(
        pk=report.pk,
        year=report.year,
        status=str(report.get_status_display()),
        answered=answered,
        asked=asked,
        diary_number=report.diary_number,
        extracted=timezone.localdate(report.extracted_at) if report.extracted_at else None,
    )


def field_words() -> dict[str, str]:
    """What the questions and given figures of all forms are called, by key, for the change log."""
    words: dict[str, str] = {}
    for content in Template.objects.order_by("pk").values_list("content", flat=True):
        form = form_of(content)
        words |= {question.key: question.text for _section, question in form.questions()}
        words |= {key: field.label for key, field in form.given().items()}
    return words


def section_state(report: Report, key: str) -> tuple[int, str]:
    """Version of a section and who changed it last; (0, "") before the first change."""
    state = SectionState.objects.filter(report=report, key=key).first()
    return (state.version, state.changed_by) if state else (0, "")
