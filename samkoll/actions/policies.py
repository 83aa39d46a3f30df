"""Who may do what with an action, as verdicts that buttons and services share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from samkoll.accounts.models import User
from samkoll.actions.models import Action, HandUp, Status
from samkoll.audit.services import CommandLine
from samkoll.core.access import ALLOW, Verdict, deny
from samkoll.org import queries as org
from samkoll.org.models import Unit


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands to one action today: see ``queries.standing``.

    ``writes`` and ``comments`` at the action's unit, ``works_on`` it as responsible or helper,
    ``leads`` the unit: its own manager, or whoever may write there while it has none.
    """

    unit: str
    writes: bool
    comments: bool
    works_on: bool
    leads: bool


def can_write(actor: User | CommandLine, unit: Unit, today: date) -> Verdict:
    """Add and change actions of a unit. The command line acts for whoever runs the server."""
    if isinstance(actor, CommandLine) or org.may(actor, "action:write", today, unit=unit):
        return ALLOW
    return _managers_only(unit.name)


def can_change(standing: Standing) -> Verdict:
    """Change everything about the action: text, person, day, status, judgement."""
    return ALLOW if standing.writes else _managers_only(standing.unit)


def can_work(standing: Standing) -> Verdict:
    """Start the action, say that it is done, attach files to it."""
    if standing.writes or standing.works_on:
        return ALLOW
    return deny(
        _(
            "Bara den som ansvarar för åtgärden, de som hjälper till och chefer för %(unit)s "
            "får göra det här."
        )
        % {"unit": standing.unit}
    )


def can_comment(standing: Standing) -> Verdict:
    """Say something about the action."""
    if standing.writes or standing.works_on or standing.comments:
        return ALLOW
    return deny(_("Du får läsa åtgärden, men inte kommentera den."))


def can_hand_up(standing: Standing) -> Verdict:
    """Ask the unit above to act."""
    if standing.leads:
        return ALLOW
    return deny(
        _("Bara enhetens chef får lyfta frågan uppåt. Vänd dig till chefen för %(unit)s.")
        % {"unit": standing.unit}
    )


def can_answer(unit: Unit, *, leads: bool) -> Verdict:
    """Answer what was handed up to a unit."""
    if leads:
        return ALLOW
    return deny(_("Bara chefen för %(unit)s får svara på frågan.") % {"unit": unit.name})


def can_tick_off(unit: Unit, *, leads: bool) -> Verdict:
    """Say that the unit that asked has read the answer."""
    if leads:
        return ALLOW
    return deny(_("Bara chefen för %(unit)s får kvittera svaret.") % {"unit": unit.name})


def can_be_handed_up(action: Action, waiting: HandUp | None) -> Verdict:
    """Whether the question can be asked now. ``waiting``: the one that has no answer yet."""
    if waiting:
        return deny(
            _("Frågan är redan lyft till %(unit)s. Vänta på svaret.")
            % {"unit": waiting.to_unit.name}
        )
    if action.unit.parent is None:
        return deny(_("Det finns ingen enhet ovanför att lyfta åtgärden till."))
    if action.status in (Status.CLOSED, Status.DROPPED):
        return deny(_("Åtgärden är avslutad. Öppna den igen om frågan ska lyftas."))
    if action.status == Status.DONE and not action.effect:
        return deny(_("Åtgärden är genomförd. Följ upp effekten innan frågan lyfts."))
    return ALLOW


def can_end(waiting: HandUp | None) -> Verdict:
    """Whether the action may be closed or dropped: not while somebody owes it an answer."""
    if waiting is None:
        return ALLOW
    return deny(
        _("Frågan är lyft till %(unit)s. Vänta på svaret innan åtgärden avslutas.")
        % {"unit": waiting.to_unit.name}
    )


def _managers_only(unit: str) -> Verdict:
    return deny(
        _("Bara chefer för %(unit)s, eller för en enhet ovanför, får ändra åtgärderna.")
        % {"unit": unit}
    )
