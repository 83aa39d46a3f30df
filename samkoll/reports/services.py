"""Everything that changes a report. Pages, commands and the demo all come through here."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from samkoll.audit import services as audit
from samkoll.core.access import require
from samkoll.core.errors import DomainError
from samkoll.core.fields import valid_on
from samkoll.core.locking import held
from samkoll.core.months import Month
from samkoll.org import queries as org
from samkoll.org.models import Board, BoardUnit, Unit, UnitKind, UnitPath
from samkoll.reports import policies, template_reader
from samkoll.reports.models import (
    LOCKED,
    Kind,
    Override,
    Report,
    SectionState,
    Status,
    Template,
    Value,
)
from samkoll.stats import queries as stats

Actor = policies.Actor
CYCLE = (Kind.UNIT, Kind.BOARD, Kind.MUNICIPALITY)
"""The kinds that stand on one extraction: no figure of theirs differs between two of them."""


class TemplateChanged(DomainError):
    """A form file was changed without a new version."""


class NoTemplate(DomainError):
    """No form exists for that year."""


class ReportExists(DomainError):
    """The administration already has a report for that board and year."""


class NoFacts(DomainError):
    """No payroll facts cover the months of the report."""


class ReasonMissing(DomainError):
    """An override without a reason."""


class NotAllowedAnswer(DomainError):
    """The question does not have that answer."""


def store_templates(*, actor: Actor) -> list[Template]:
    """Store every form that ships with this version of Samkoll; those known stay as they are.

    Raises: TemplateChanged, BadForm.
    """
    sources = map(template_reader.source, template_reader.shipped())
    return [store_template(source=source, actor=actor) for source in sources]


@transaction.atomic
def store_template(*, source: template_reader.Source, actor: Actor) -> Template:
    """Store one version of a form; storing it again changes nothing. Raises: TemplateChanged."""
    key = {name: source.content[name] for name in ("kind", "year", "version")}
    template, new = Template.objects.get_or_create(
        **key, defaults={"content": source.content, "sha256": source.sha256}
    )
    if template.sha256 != source.sha256:
        raise TemplateChanged(
            _("Rapportmallen %(name)s har ändrats utan ny version. Höj versionen i filen.")
            % {"name": template}
        )
    if new:
        audit.record("template.stored", actor, template, after={**key, "sha256": source.sha256})
    return template


@transaction.atomic
def create_report(
    *,
    unit: Unit,
    board: Board | None,
    year: int,
    history: bool = False,
    actor: Actor,
    today: date,
) -> Report:
    """Open a report on the newest form that is not newer than the year.

    ``history``: a report from before the first form takes the first.
    Raises: PermissionDenied, NoTemplate, ReportExists.
    """
    require(policies.can_start_year(actor, org.municipality(), today))
    kind = Kind.BOARD if board else Kind.MUNICIPALITY
    newest = Template.objects.filter(kind=kind, year__lte=year).order_by("-year", "-version")
    first = Template.objects.filter(kind=kind).order_by("year", "-version")
    template = newest.first() or (first.first() if history else None)
    if template is None:
        raise NoTemplate(_("Det finns ingen rapportmall för %(year)s.") % {"year": year})
    month = Month.of(year - 1, template.content["last_month"]).index
    try:
        with transaction.atomic():
            report = Report.objects.create(
                template=template,
                kind=kind,
                unit=unit,
                board=board,
                year=year,
                month=month,
                previous_month=month - 12,
            )
    except IntegrityError as error:
        raise ReportExists(
            _("Rapporten för %(name)s %(year)s finns redan.")
            % {"name": board or unit, "year": year}
        ) from error
    audit.record("report.opened", actor, report, template=str(template))
    return report


@transaction.atomic
def start_year(*, year: int, actor: Actor, now: datetime) -> int:
    """Open the reports of a year and pin their facts: all of it or nothing.

    Gives the number of reports. Raises: PermissionDenied, NoTemplate, NoFacts.
    """
    open_year(year=year, actor=actor, today=now.date())
    count = extract_facts(year=year, actor=actor, now=now)
    audit.record("report.year_started", actor, org.municipality(), year=year, reports=count)
    return count


@transaction.atomic
def open_year(*, year: int, actor: Actor, today: date) -> list[Report]:
    """Open the reports of a year that are missing: one per administration and board that it
    serves at the end of the figures' period, and the municipality's.

    Raises: PermissionDenied, NoTemplate.
    """
    store_templates(actor=actor)
    kinds = (Kind.BOARD, Kind.MUNICIPALITY)
    opened_before = Report.objects.filter(year=year, kind__in=kinds)
    have = set(opened_before.values_list("unit_id", "board_id"))
    top = org.municipality()
    wanted = [*served(Month.of(year - 1, 12).last_day), (top, None)]
    opened = [
        create_report(unit=unit, board=board, year=year, actor=actor, today=today)
        for unit, board in wanted
        if (unit.pk, board.pk if board else None) not in have
    ]
    audit.record("report.year_opened", actor, top, year=year, opened=len(opened))
    return opened


def served(day: date) -> list[tuple[Unit, Board | None]]:
    """The pairs of administration and board of a day, as told by the units below each."""
    rows = BoardUnit.objects.filter(valid_on(day)).select_related("board").order_by("pk")
    above = UnitPath.objects.filter(
        ancestor__kind=UnitKind.ADMINISTRATION, descendant__in=[row.unit_id for row in rows]
    ).select_related("ancestor")
    administration = {path.descendant_id: path.ancestor for path in above}
    pairs = {
        (administration[row.unit_id].pk, row.board_id): (administration[row.unit_id], row.board)
        for row in rows
        if row.unit_id in administration
    }
    return list(pairs.values())


@transaction.atomic
def extract_facts(*, year: int, actor: Actor, now: datetime) -> int:
    """Pin the facts that are current now to every report of a year, so that all of them stand on
    the same figures. Signatures of sections fall; with a report that is signed or decided nothing
    is pinned anew. Gives the number of reports. Raises: PermissionDenied, NoFacts.
    """
    require(policies.can_start_year(actor, org.municipality(), now.date()))
    facts = stats.current_facts()
    of_year = Report.objects.select_for_update(of=("self",)).filter(year=year)
    done = (Status.SIGNED, *LOCKED)
    require(policies.can_extract(year, len(of_year.filter(kind__in=CYCLE, status__in=done))))
    reports = list(of_year.exclude(status__in=done))
    for report in reports:
        needed = set(range(report.previous_month - 11, report.month + 1))
        if missing := sorted(needed - facts.months):
            raise NoFacts(
                _("Det saknas lönedata för %(month)s. Läs in den och försök igen.")
                % {"month": Month(missing[0])}
            )
        before: dict[str, object] = {"facts": [ref["sha256"] for ref in report.facts]}
        report.facts, report.extracted_at = facts.refs(), now
        report.save(update_fields=["facts", "extracted_at"])
        unsign(report)
        after: dict[str, object] = {"facts": [ref["sha256"] for ref in report.facts], "at": now}
        audit.record("report.facts", actor, report, before=before, after=after)
    return len(reports)


@transaction.atomic
def set_diary_number(*, report_id: int, diary_number: str, actor: Actor, today: date) -> Report:
    """Set or clear the diary number. Raises: PermissionDenied."""
    report = _locked(report_id)
    require(policies.can_register(actor, report, today))
    before = audit.state(report, "diary_number")
    report.diary_number = diary_number.strip()
    report.save(update_fields=["diary_number"])
    audit.record(
        "report.diary_number", actor, report, before=before,
        after=audit.state(report, "diary_number"),
    )  # fmt: skip
    return report


@transaction.atomic
def override_answer(
    *, report_id: int, question: str, value: str, reason: str, actor: Actor, today: date
) -> Override:
    """Answer a question for the municipality otherwise than the boards' answers propose.

    The reason is stored with the name of whoever gave it, and printed in the report.
    Raises: PermissionDenied, ReasonMissing, NotAllowedAnswer.
    """
    report = _locked(report_id)
    require(policies.can_override(actor, report, today))
    form = template_reader.form_of(report.template.content)
    known = {q.key: q for _section, q in form.questions()}
    if question not in known or value not in known[question].answers:
        raise NotAllowedAnswer(_("Välj ett av frågans svar."))
    if not reason.strip():
        raise ReasonMissing(_("Motivera varför svaret ändras. Motiveringen skrivs ut i rapporten."))
    earlier = Override.objects.filter(report=report, question=question).first()
    before = audit.state(earlier, "value", "reason") if earlier else None
    made, _new = Override.objects.update_or_create(
        report=report,
        question=question,
        defaults={"value": Value(value), "reason": reason.strip(), "by": str(actor)},
    )
    unsign(report, _section_of(report, question))
    audit.record(
        "report.override", actor, report, before=before,
        after=audit.state(made, "value", "reason"), question=question,
    )  # fmt: skip
    return made


@transaction.atomic
def withdraw_override(*, report_id: int, question: str, actor: Actor, today: date) -> None:
    """Go back to the proposed answer. Withdrawing what is not there changes nothing."""
    report = _locked(report_id)
    require(policies.can_override(actor, report, today))
    for made in Override.objects.filter(report=report, question=question):
        before = audit.state(made, "value", "reason")
        made.delete()
        unsign(report, _section_of(report, question))
        audit.record("report.override_ended", actor, report, before=before, question=question)


def unsign(report: Report, *sections: str) -> None:
    """Take the signatures of sections that have changed; of all of them when none is named."""
    signed = SectionState.objects.filter(report=report, signed_at__isnull=False)
    (signed.filter(key__in=sections) if sections else signed).update(signed_by="", signed_at=None)


def _section_of(report: Report, question: str) -> str:
    form = template_reader.form_of(report.template.content)
    return next((section.key for section, q in form.questions() if q.key == question), "")


def _locked(report_id: int) -> Report:
    return held(Report.objects.select_related("template", "unit", "board"), report_id)
