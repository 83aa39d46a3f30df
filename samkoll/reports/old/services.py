"""From a read document to a report: a person has chosen what is right, all of it or nothing."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samkoll.audit import services as audit
from samkoll.core.access import require
from samkoll.core.errors import DomainError
from samkoll.core.locking import held
from samkoll.core.months import Month
from samkoll.files import services as files
from samkoll.org import queries as org
from samkoll.org.models import Board
from samkoll.reports import plans, policies, services, template_reader
from samkoll.reports.models import Kind, OldReport, OldState, Report, Template
from samkoll.reports.old import adding, reading, writing
from samkoll.reports.old.choice import Choice, Confirmed
from samkoll.reports.old.found import Found, from_json, to_json
from samkoll.reports.review import opening
from samkoll.reports.template_data import Form, FormKind

Actor = policies.Actor


class NothingFound(DomainError):
    """The document is not a report that Samkoll understands."""


class NotWaiting(DomainError):
    """The document has been confirmed or thrown away already."""


def forms() -> dict[FormKind, Form]:
    """The oldest form of each kind, by which old documents are read."""
    stored = Template.objects.order_by("kind", "year", "-version").distinct("kind")
    found = (
        template_reader.form_of(content) for content in stored.values_list("content", flat=True)
    )
    return {form.kind: form for form in found}


@transaction.atomic
def read(*, upload: files.Checked, actor: Actor, now: datetime) -> OldReport:
    """Read a document and keep it with what was found, to be confirmed.

    Raises: PermissionDenied, Unreadable, NothingFound.
    """
    require(policies.can_start_year(actor, org.municipality(), now.date()))
    services.store_templates(actor=actor)
    document = opening.read(upload.name, upload.content)
    boards = Board.objects.values_list("name", flat=True)
    found = reading.read(document, forms(), boards)
    if found.empty:
        raise NothingFound(
            _(
                "%(name)s har inga av arbetsmiljörapportens avsnitt, svar eller tabeller. "
                "Kontrollera att det är rätt fil."
            )
            % {"name": upload.name}
        )
    stored = files.store(upload=upload, actor=actor, now=now)
    old = OldReport.objects.create(file=stored, found=to_json(found), by=str(actor), at=now)
    audit.record("report.old_read", actor, old, file=upload.name)
    return old


@transaction.atomic
def confirm(*, old_id: int, choice: Choice, actor: Actor, now: datetime) -> Confirmed:
    """Put what was chosen into the report of that year, which is opened when it is missing.

    What the report already has stays as it is. Risks that the document reported onward are added
    with their measures, and reported onward in the same year. A plan gets its measures.
    Raises: PermissionDenied, NotWaiting, NoTemplate, NoFacts for a plan without payroll data, what
    editing and risks raise.
    """
    require(policies.can_start_year(actor, org.municipality(), now.date()))
    old = _waiting(old_id)
    found = from_json(old.found)
    confirmed = Confirmed(_report(found, choice, actor, now))
    today = now.date()
    parts = adding.add_risks(found, choice, confirmed, actor, today)
    adding.add_measures(found, choice, confirmed, actor, today)
    writing.write(found, choice, parts, confirmed, actor, today)
    old.state, old.report = OldState.CONFIRMED, confirmed.report
    old.save(update_fields=["state", "report"])
    audit.record("report.old_confirmed", actor, old, report=str(confirmed.report))
    return confirmed


@transaction.atomic
def discard(*, old_id: int, actor: Actor, today: date) -> None:
    """Throw away what was read. The document stays. Raises: PermissionDenied, NotWaiting."""
    require(policies.can_start_year(actor, org.municipality(), today))
    old = _waiting(old_id)
    old.state = OldState.DISCARDED
    old.save(update_fields=["state"])
    audit.record("report.old_discarded", actor, old)


def _waiting(old_id: int) -> OldReport:
    old = held(OldReport.objects.select_related("file"), old_id)
    if old.state != OldState.WAITING:
        raise NotWaiting(_("%(name)s är redan hanterad.") % {"name": old.file.name})
    return old


def _report(found: Found, choice: Choice, actor: Actor, now: datetime) -> Report:
    """The report of that year, opened when it is missing."""
    kind = Kind.PLAN if found.kind == "plan" else Kind.MUNICIPALITY
    current = Report.objects.current().filter(
        kind=Kind.BOARD if choice.board else kind,
        year=choice.year,
        unit=choice.unit,
        board=choice.board,
    )
    if (report := current.first()) is not None:
        return report
    if kind == Kind.PLAN:
        month = Month.of(choice.year - 1, 12)
        return plans.create_plan(
            unit=choice.unit, year=choice.year, month=month, actor=actor, now=now
        )
    return services.create_report(
        unit=choice.unit,
        board=choice.board,
        year=choice.year,
        history=True,
        actor=actor,
        today=now.date(),
    )
