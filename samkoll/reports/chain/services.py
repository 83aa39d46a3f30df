"""Taking the steps of the chain. Every step is an event with who and when.

Pages, commands and the demo all come through here. ``now`` is aware; the day is the local one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samkoll.accounts.models import User
from samkoll.audit import services as audit
from samkoll.core.access import require
from samkoll.core.errors import DomainError
from samkoll.core.locking import held
from samkoll.reports import building, frozen, storing
from samkoll.reports.chain import copying, notices, policies, queries, steps
from samkoll.reports.chain.steps import Step
from samkoll.reports.models import (
    Comment,
    CommentFrom,
    Decision,
    Event,
    Kind,
    Nature,
    Report,
    SectionState,
    Status,
    What,
)

Actor = policies.Actor


class NotReady(DomainError):
    """The step is the actor's, but something is missing before it."""


class CommentMissing(DomainError):
    """A report is returned, commented or corrected without a word about why."""


class SectionChanged(DomainError):
    """Somebody changed the section after whoever signs it had opened the page."""


class UnknownSection(DomainError):
    """The form has no such section to sign."""


class BadDecision(DomainError):
    """A decision that lacks something, or on a day that cannot be."""


@dataclass(frozen=True, slots=True)
class DecisionInput:
    """A board's decision as in its minutes."""

    nature: Nature
    decided_on: date
    paragraph: str
    diary_number: str
    text: str


@transaction.atomic
def hand_in(*, report_id: int, actor: Actor, now: datetime) -> Report:
    """A unit's or department's part is done. Raises: PermissionDenied, NotReady."""
    return _step(_held(report_id), Step.HAND_IN, actor, now)


@transaction.atomic
def consult(*, report_id: int, actor: Actor, now: datetime) -> Report:
    """Hand the report to cooperation group and head safety representative.

    Raises: PermissionDenied, NotReady.
    """
    return _step(_held(report_id), Step.CONSULT, actor, now)


@transaction.atomic
def sign(*, report_id: int, actor: Actor, now: datetime) -> Report:
    """Answer for the whole report, when every section is signed.

    Raises: PermissionDenied, NotReady.
    """
    return _step(_held(report_id), Step.SIGN, actor, now)


@transaction.atomic
def publish(*, report_id: int, actor: Actor, now: datetime) -> Report:
    """Let everybody read the report. Raises: PermissionDenied, NotReady, NotExtracted."""
    return _step(_held(report_id), Step.PUBLISH, actor, now)


@transaction.atomic
def return_(*, report_id: int, comment: str, actor: Actor, now: datetime) -> Report:
    """Give a part or a report back for more work, saying what; whoever had sent it is told.

    Signatures of sections stay until the section changes.
    Raises: PermissionDenied, NotReady, CommentMissing.
    """
    report = _held(report_id)
    if not comment.strip():
        raise CommentMissing(_("Skriv vad som behöver ändras."))
    sent_by = notices.sender(report)
    _step(report, Step.RETURN, actor, now, comment=comment.strip())
    notices.tell_returned(report, sent_by, actor)
    return report


@transaction.atomic
def decide(*, report_id: int, decision: DecisionInput, actor: Actor, now: datetime) -> Report:
    """Enter what the board did with its report; from then on nothing changes it.

    Raises: PermissionDenied, NotReady, BadDecision, NotExtracted, MixedConventions.
    """
    report = _held(report_id)
    _require_step(report, Step.DECIDE, actor, _day(now))
    _check(report, decision, _day(now))
    report.diary_number = decision.diary_number.strip()
    Decision.objects.create(
        report=report,
        nature=decision.nature,
        decided_on=decision.decided_on,
        paragraph=decision.paragraph.strip().removeprefix("§").strip(),
        text=decision.text.strip(),
        by=str(actor),
        at=now,
    )
    entered = _enter(report, Step.DECIDE, actor, now)
    if isinstance(actor, User):  # files of the draft say no longer what the report says
        storing.order(report_ids=[report.pk], actor=actor, now=now)
    return entered


def _check(report: Report, decision: DecisionInput, today: date) -> None:
    if not all(map(str.strip, (decision.paragraph, decision.diary_number, decision.text))):
        raise BadDecision(_("Fyll i paragraf, diarienummer och beslutets text."))
    if decision.decided_on > today:
        raise BadDecision(_("Sammanträdet har inte varit än. För in beslutet efteråt."))
    signed = report.events.filter(what=What.SIGNED).order_by("-at").first()
    if signed and decision.decided_on < _day(signed.at):
        raise BadDecision(
            _("Rapporten godkändes %(day)s. Beslutet kan inte vara tidigare.")
            % {"day": _day(signed.at)}
        )


@transaction.atomic
def correct(*, report_id: int, reason: str, actor: Actor, now: datetime) -> Report:
    """Begin a new version of a decided report, for a reason that is printed in it.

    The earlier version stays as it was decided. Raises: PermissionDenied, CommentMissing.
    """
    report = _held(report_id)
    newest = not Report.objects.filter(replaces=report).exists()
    require(policies.can_correct(actor, report, _day(now), newest=newest))
    if not reason.strip():
        raise CommentMissing(_("Skriv varför rapporten rättas. Skälet skrivs ut i den."))
    made = copying.copy(report, reason.strip())
    event(made, What.CORRECTED, actor, now, comment=reason.strip())
    audit.record("report.corrected", actor, made, after={"correction": reason.strip()},
                 replaces=report.pk)  # fmt: skip
    return made


@transaction.atomic
def comment(
    *,
    report_id: int,
    of: CommentFrom,
    text: str,
    held_on: date | None,
    actor: Actor,
    now: datetime,
) -> Comment:
    """Enter the comment of the cooperation group, with its meeting, or of the representative.

    A later one replaces it. Raises: PermissionDenied, NotReady, CommentMissing.
    """
    report, today = _held(report_id), _day(now)
    require(policies.may_comment(actor, report, of, today))
    _ready(steps.may_comment(queries.standing(report)))
    if not text.strip():
        raise CommentMissing(_("Skriv synpunkterna, eller att gruppen inte hade några."))
    if of == CommentFrom.COOPERATION and (held_on is None or held_on > today):
        raise CommentMissing(_("Ange dagen då gruppen behandlade rapporten."))
    before = Comment.objects.filter(report=report, of=of).first()
    made, _new = Comment.objects.update_or_create(
        report=report,
        of=of,
        defaults={"text": text.strip(), "held_on": held_on, "by": str(actor), "at": now},
    )
    event(report, What.COMMENTED, actor, now, comment=str(CommentFrom(of).label))
    audit.record(
        "report.commented", actor, report, of=of, after=audit.state(made, "text", "held_on"),
        before=audit.state(before, "text", "held_on") if before else None,
    )  # fmt: skip
    return made


@transaction.atomic
def sign_section(
    *, report_id: int, section: str, version: int, actor: Actor, now: datetime
) -> SectionState:
    """Answer for a section as it stood when the page was opened (``version``).

    Raises: PermissionDenied, NotReady, UnknownSection, SectionChanged.
    """
    state = _section_to_sign(report_id, section, actor, now)
    if state.version != version:
        raise SectionChanged(
            _("%(name)s ändrade avsnittet nyss. Läs det igen innan du godkänner det.")
            % {"name": state.changed_by}
        )
    return _set_signature(state, actor, now, signed=True)


@transaction.atomic
def open_section(*, report_id: int, section: str, actor: Actor, now: datetime) -> SectionState:
    """Take the signature of a section back. Raises: PermissionDenied, NotReady, UnknownSection."""
    return _set_signature(
        _section_to_sign(report_id, section, actor, now), actor, now, signed=False
    )


def _section_to_sign(report_id: int, section: str, actor: Actor, now: datetime) -> SectionState:
    report = _held(report_id)
    require(policies.may_sign_sections(actor, report, _day(now)))
    standing = queries.standing(report)
    _ready(steps.may_sign_sections(standing))
    if section not in standing.sections:
        raise UnknownSection(_("Rapporten har inget sådant avsnitt att godkänna."))
    return SectionState.objects.get_or_create(report=report, key=section)[0]


def _set_signature(
    state: SectionState, actor: Actor, now: datetime, *, signed: bool
) -> SectionState:
    if (state.signed_at is not None) == signed:
        return state
    state.signed_by, state.signed_at = (str(actor), now) if signed else ("", None)
    state.save(update_fields=["signed_by", "signed_at"])
    what = What.SECTION_SIGNED if signed else What.SECTION_OPENED
    event(state.report, what, actor, now, section=state.key)
    audit.record(f"report.{what}", actor, state.report, section=state.key)
    return state


def event(
    report: Report, what: What, actor: Actor, now: datetime, *, section: str = "", comment: str = ""
) -> Event:
    """Write down what happened."""
    return Event.objects.create(
        report=report,
        what=what,
        status=report.status,
        section=section,
        comment=comment,
        by=str(actor),
        user=actor if isinstance(actor, User) else None,
        at=now,
    )


def _told(report: Report) -> dict[str, object]:
    return {"report_status": report.status, "diary_number": report.diary_number}


def _held(report_id: int) -> Report:
    rows = Report.objects.select_related("template", "unit", "board", "part_of__unit")
    return held(rows, report_id)


def _day(now: datetime) -> date:
    return timezone.localtime(now).date()


def _require_step(report: Report, step: Step, actor: Actor, today: date) -> None:
    require(policies.whose(actor, report, step, today))
    _ready(steps.missing(queries.standing(report), step))


def _ready(reason: str) -> None:
    if reason:
        raise NotReady(reason)


def _step(report: Report, step: Step, actor: Actor, now: datetime, comment: str = "") -> Report:
    _require_step(report, step, actor, _day(now))
    return _enter(report, step, actor, now, comment)


def _enter(report: Report, step: Step, actor: Actor, now: datetime, comment: str = "") -> Report:
    """Into the status that a step leads to; what becomes locked is frozen as it is then."""
    move = steps.move(Kind(report.kind), Status(report.status), step)
    if move is None:  # _require_step has refused it
        raise AssertionError(step)
    before, was_locked = _told(report), report.locked
    report.status = move.target
    report.save(update_fields=["status", "diary_number"])
    event(report, steps.WHAT[step], actor, now, comment=comment)
    if report.locked and not was_locked:
        document = building.document(report.pk, produced_on=_day(now))
        frozen.freeze(report, document, now=now)
    audit.record(
        f"report.{steps.WHAT[step]}", actor, report, before=before,
        after=_told(report), comment=comment,
    )  # fmt: skip
    return report
