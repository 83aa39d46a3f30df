"""Reports whose next step is one person's, filtered in SQL: list and menu count the same rows.

Each is asked only of those who have the permission somewhere (ADR 0056).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, TypedDict

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from samkoll.accounts.models import User
from samkoll.org import queries as org
from samkoll.reports.chain import dues
from samkoll.reports.counted import counted
from samkoll.reports.models import (
    Comment,
    CommentFrom,
    DueStep,
    Event,
    Kind,
    Report,
    Status,
    What,
)

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class Dated(TypedDict):
        """``last_day`` of what waits."""

        last_day: date | None

    DatedReport = WithAnnotations[Report, Dated]

GROUP = Exists(Comment.objects.filter(report=OuterRef("pk"), of=CommentFrom.COOPERATION))
HANDED_IN = Exists(Event.objects.filter(report=OuterRef("pk"), what=What.HANDED_IN))
SAFETY = Exists(Comment.objects.filter(report=OuterRef("pk"), of=CommentFrom.SAFETY))


def to_hand_in(user: User, today: date) -> QuerySet[DatedReport]:
    """Parts of the units that the user leads, as long as they have not been handed in once."""
    open_ = Q(status=Status.DRAFT, kind=Kind.UNIT, unit__in=_led(user, today))
    return _dated(open_ & ~Q(HANDED_IN), DueStep.HAND_IN)


def to_consult(user: User, today: date) -> QuerySet[DatedReport]:
    """Drafts that can go to consultation, for those who write: boards' with every answer, and the
    municipality's. One that came back is told of by ``returned``."""
    answered = counted(Report.objects.filter(kind=Kind.BOARD)).filter(answered__gte=F("asked"))
    board = Q(pk__in=answered.values("pk")) & _held(user, "report:write", today)
    whole = Q(kind=Kind.MUNICIPALITY) & _held(user, "report:municipal", today)
    fresh = Report.objects.alias(last_what=_last_what()).filter(
        Q(last_what=None) | ~Q(last_what=What.RETURNED)
    )
    drafts = Q(status=Status.DRAFT) & ~Q(facts=[])
    return _dated(drafts & (board | whole), DueStep.CONSULT, fresh)


def to_comment(user: User, today: date) -> QuerySet[DatedReport]:
    """In consultation, without the head safety representative's comment."""
    open_ = Q(status=Status.CONSULTATION) & ~Q(SAFETY)
    return _dated(open_ & _held(user, "report:comment", today), DueStep.COMMENT)


def to_enter(user: User, today: date) -> QuerySet[DatedReport]:
    """In consultation, without the cooperation group's comment, for those who write."""
    open_ = Q(status=Status.CONSULTATION) & ~Q(GROUP)
    return _dated(open_ & _held(user, "report:write", today), DueStep.COMMENT)


def to_sign(user: User, today: date) -> QuerySet[DatedReport]:
    """Treated by the cooperation group, for the head who answers for it."""
    open_ = Q(status=Status.CONSULTATION) & Q(GROUP)
    return _dated(open_ & _held(user, "report:sign", today), DueStep.SIGN)


def to_finish(user: User, today: date) -> QuerySet[DatedReport]:
    """The municipality's own reports in consultation, for HR who writes and signs them."""
    whole = Q(status=Status.CONSULTATION, board=None, unit__parent=None)
    return _dated(whole & _held(user, "report:municipal", today), DueStep.SIGN)


def to_decide(user: User, today: date) -> QuerySet[DatedReport]:
    """Signed, for the secretary who enters the board's decision."""
    open_ = Q(status=Status.SIGNED) & ~Q(kind=Kind.BRIEF)
    return _dated(open_ & _held(user, "report:register", today), DueStep.DECIDE)


def to_publish(user: User, today: date) -> QuerySet[DatedReport]:
    """Decided, for the secretary who publishes it."""
    return _dated(Q(status=Status.DECIDED) & _held(user, "report:register", today), DueStep.PUBLISH)


def returned(user: User, today: date) -> QuerySet[DatedReport]:
    """Given back with a comment and not sent again: units' parts to the unit's own manager,
    others to those who write."""
    mine = Q(kind=Kind.UNIT, unit__in=_led(user, today)) | (
        ~Q(kind=Kind.UNIT) & _held(user, "report:write", today)
    )
    found = Report.objects.alias(last_what=_last_what()).filter(last_what=What.RETURNED)
    return _dated(Q(status=Status.DRAFT) & mine, DueStep.CONSULT, found)


def _last_what() -> Subquery:
    """The last step of a report that took it anywhere."""
    last = Event.objects.filter(report=OuterRef("pk")).exclude(
        what__in=(What.REMINDED, What.SECTION_SIGNED, What.SECTION_OPENED)
    )
    return Subquery(last.order_by("-at", "-pk").values("what")[:1])


def _led(user: User, today: date) -> QuerySet[Any, Any]:
    return org.managers(today).filter(person__user=user).values("unit")


def _held(user: User, permission: str, today: date) -> Q:
    return Q(unit__in=org.units_with(user, permission, today))


def _dated(
    condition: Q, step: DueStep, among: QuerySet[Report] | None = None
) -> QuerySet[DatedReport]:
    rows = Report.objects.all() if among is None else among
    found: QuerySet[Report] = rows.filter(condition, successor=None)
    return (
        found.annotate(last_day=dues.of_step(step))
        .select_related("unit", "board")
        .order_by("last_day", "unit__name_order", "board__name_order")
    )
