"""Who is awaited next, and which of the year's days counts for it. No database here."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from samkoll.reports.chain import steps
from samkoll.reports.chain.steps import Right, Standing, Step
from samkoll.reports.models import CommentFrom, DueStep, Kind, Status


class Party(TextChoices):
    """Who has to do something before a report can go on."""

    UNIT = "enheten", _("Enhetens chef")
    WRITER = "skribenten", _("Den som skriver")
    GROUP = "samverkan", _("Samverkansgruppen")
    SAFETY = "skyddsombud", _("Huvudskyddsombudet")
    HEAD = "chefen", _("Chefen som godkänner")
    SECRETARY = "sekreteraren", _("Nämndsekreteraren")


@dataclass(frozen=True, slots=True)
class Awaited:
    """One party, and the step whose last day counts."""

    party: Party
    due: DueStep


_PARTIES = {
    Right.WRITE: Party.WRITER,
    Right.SIGN: Party.HEAD,
    Right.REGISTER: Party.SECRETARY,
}


def awaited(standing: Standing) -> tuple[Awaited, ...]:
    """Everybody who is awaited now. During consultation those who have not commented; the head
    as soon as the group has. Nobody when the report has come all the way."""
    if standing.status == Status.CONSULTATION:
        return _in_consultation(standing)
    move = standing.move
    if move is None:
        return ()
    if standing.kind == Kind.UNIT:
        return (Awaited(Party.UNIT, DueStep.HAND_IN),)
    if standing.kind == Kind.BRIEF and move.step == Step.SIGN:
        return (Awaited(Party.HEAD, DueStep.SIGN),)
    return (Awaited(_PARTIES[move.rights[0]], DueStep(move.step)),)


def _in_consultation(standing: Standing) -> tuple[Awaited, ...]:
    found = []
    if CommentFrom.COOPERATION not in standing.commented:
        found.append(Awaited(Party.GROUP, DueStep.COMMENT))
    if CommentFrom.SAFETY not in standing.commented:
        found.append(Awaited(Party.SAFETY, DueStep.COMMENT))
    if CommentFrom.COOPERATION in standing.commented:
        found.append(Awaited(Party.HEAD, DueStep.SIGN))
    return tuple(found)


def due_steps(kind: Kind) -> tuple[DueStep, ...]:
    """The steps of a kind that have a last day, in order."""
    found = []
    for move in steps.MOVES[kind]:
        if move.step != Step.RETURN:
            found.append(DueStep(move.step))
        if move.target == Status.CONSULTATION:
            found.append(DueStep.COMMENT)
    return tuple(found)
