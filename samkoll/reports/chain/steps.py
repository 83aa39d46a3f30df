"""The pure state machine: which step leads from which status to which, by whose right, and what
a step needs. No database here. The table of steps and roles: docs/rules/report-chain.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samkoll.reports.models import CommentFrom, Kind, Status, What


class Step(TextChoices):
    """What somebody does with a whole report. Its label is the button's."""

    HAND_IN = "hand_in", gettext_lazy("Lämna in delen")
    CONSULT = "consult", gettext_lazy("Lämna till samverkan")
    SIGN = "sign", gettext_lazy("Godkänn rapporten")
    DECIDE = "decide", gettext_lazy("För in nämndens beslut")
    PUBLISH = "publish", gettext_lazy("Publicera")
    RETURN = "return", gettext_lazy("Lämna tillbaka")
    CORRECT = "correct", gettext_lazy("Rätta med en ny version")


class Right(StrEnum):
    """Whose step it is; ``chain.policies`` says which permission that is for which report."""

    WRITE = "write"
    GATHER = "gather"
    COMMENT = "comment"
    SIGN = "sign"
    REGISTER = "register"
    MUNICIPAL = "municipal"


@dataclass(frozen=True, slots=True)
class Move:
    """One step from one status to another. ``rights``: any of them is enough."""

    step: Step
    source: Status
    target: Status
    rights: tuple[Right, ...]


_D, _C, _S = Status.DRAFT, Status.CONSULTATION, Status.SIGNED
_UNIT = (
    Move(Step.HAND_IN, _D, Status.HANDED_IN, (Right.WRITE,)),
    Move(Step.RETURN, Status.HANDED_IN, _D, (Right.GATHER, Right.MUNICIPAL)),
)
_BOARD = (
    Move(Step.CONSULT, _D, _C, (Right.WRITE,)),
    Move(Step.SIGN, _C, _S, (Right.SIGN,)),
    Move(Step.DECIDE, _S, Status.DECIDED, (Right.REGISTER,)),
    Move(Step.PUBLISH, Status.DECIDED, Status.PUBLISHED, (Right.REGISTER,)),
    Move(Step.RETURN, _C, _D, (Right.WRITE, Right.SIGN, Right.MUNICIPAL)),
    Move(Step.RETURN, _S, _D, (Right.SIGN, Right.REGISTER, Right.MUNICIPAL)),
)
_BRIEF = (
    Move(Step.SIGN, _D, _S, (Right.SIGN,)),
    Move(Step.PUBLISH, _S, Status.PUBLISHED, (Right.WRITE,)),
    Move(Step.RETURN, _S, _D, (Right.WRITE, Right.SIGN, Right.MUNICIPAL)),
)
MOVES: dict[Kind, tuple[Move, ...]] = {
    Kind.UNIT: _UNIT,
    Kind.BOARD: _BOARD,
    Kind.MUNICIPALITY: _BOARD,
    Kind.PLAN: _BOARD,
    Kind.BRIEF: _BRIEF,
}
WHAT: dict[Step, What] = {
    Step.HAND_IN: What.HANDED_IN,
    Step.CONSULT: What.CONSULTED,
    Step.SIGN: What.SIGNED,
    Step.DECIDE: What.DECIDED,
    Step.PUBLISH: What.PUBLISHED,
    Step.RETURN: What.RETURNED,
    Step.CORRECT: What.CORRECTED,
}


def path(kind: Kind) -> tuple[Status, ...]:
    """The statuses of a kind in the order in which a report passes them."""
    forward = [move for move in MOVES[kind] if move.step != Step.RETURN]
    return (Status.DRAFT, *(move.target for move in forward))


def move(kind: Kind, status: Status, step: Step) -> Move | None:
    """The step from a status; None where the kind does not have it there."""
    return next((m for m in MOVES[kind] if m.step == step and m.source == status), None)


def following(kind: Kind, status: Status) -> Move | None:
    """The next step forward; None when the report has come all the way."""
    forward = (m for m in MOVES[kind] if m.source == status and m.step != Step.RETURN)
    return next(forward, None)


def rights(kind: Kind, status: Status, step: Step) -> tuple[Right, ...]:
    """Whose a step is: from the status where it can be taken there, else from any other."""
    here = move(kind, status, step)
    if here:
        return here.rights
    anywhere = [right for m in MOVES[kind] if m.step == step for right in m.rights]
    return tuple(dict.fromkeys(anywhere))


@dataclass(frozen=True, slots=True)
class Standing:
    """What the machine needs to know about one report.

    ``sections``: keys of those to be signed, ``signed``: of those that are. ``commented``: who has
    commented. ``asked``: its questions, ``unanswered``: those without an answer; none for
    what sums up its boards.
    ``has_facts``: whether the figures are pinned.
    """

    kind: Kind
    status: Status
    sections: tuple[str, ...] = ()
    signed: frozenset[str] = frozenset()
    commented: frozenset[CommentFrom] = frozenset()
    asked: int = 0
    unanswered: int = 0
    has_facts: bool = True

    @property
    def unsigned(self) -> tuple[str, ...]:
        """Sections that nobody answers for as they stand, in the order of the form."""
        return tuple(key for key in self.sections if key not in self.signed)

    @property
    def move(self) -> Move | None:
        """The next step forward."""
        return following(self.kind, self.status)


def missing(standing: Standing, step: Step) -> str:
    """Why the step cannot be taken yet, as a sentence; empty when it can."""
    if move(standing.kind, standing.status, step) is None:
        return _out_of_turn(standing, step)
    if step in (Step.CONSULT, Step.DECIDE, Step.PUBLISH) and not standing.has_facts:
        return _("Underlaget är inte uttaget än. HR-strategen tar ut det för alla rapporter.")
    return " ".join(_before_signing(standing)) if step == Step.SIGN else ""


def _out_of_turn(standing: Standing, step: Step) -> str:
    status = {"status": Status(standing.status).label}
    if standing.move is None:
        return _("Läget är ”%(status)s”. Inga fler steg återstår.") % status
    if step == Step.RETURN:
        return _("Läget är ”%(status)s”. Det finns inget att lämna tillbaka.") % status
    said = _("Läget är ”%(status)s”. Nästa steg är: %(step)s.")
    return said % {**status, "step": standing.move.step.label}


def _before_signing(standing: Standing) -> Iterable[str]:
    """Answers, the cooperation group's treatment where the kind has it, and every section."""
    if standing.unanswered:
        yield ngettext(
            "%(count)d fråga saknar svar.", "%(count)d frågor saknar svar.", standing.unanswered
        ) % {"count": standing.unanswered}
    if Status.CONSULTATION in path(standing.kind) and (
        CommentFrom.COOPERATION not in standing.commented
    ):
        yield _("Samverkansgruppens synpunkter är inte införda.")
    if count := len(standing.unsigned):
        yield ngettext(
            "%(count)d avsnitt är inte godkänt.", "%(count)d avsnitt är inte godkända.", count
        ) % {"count": count}


def may_sign_sections(standing: Standing) -> str:
    """Why sections cannot be signed or opened now; empty when they can."""
    signing = [m for m in MOVES[standing.kind] if m.step == Step.SIGN]
    if not signing:
        return _("En enhets del godkänns inte avsnitt för avsnitt. Den lämnas in.")
    if standing.status in (Status.DRAFT, signing[0].source):
        return ""
    return _("Rapporten är redan godkänd. Lämna tillbaka den om ett avsnitt ska ändras.")


def may_comment(standing: Standing) -> str:
    """Why nobody can comment now; empty when it can be done."""
    if standing.status == Status.CONSULTATION:
        return ""
    if standing.status == Status.DRAFT:
        return _("Synpunkter lämnas när rapporten har lämnats till samverkan.")
    return _("Samverkan är avslutad. Lämna tillbaka rapporten om den ska tas upp igen.")
