"""An action as its own page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkoll.accounts.models import User
from samkoll.actions import policies, queries
from samkoll.actions.models import Action, FollowUp, HandUp, Status
from samkoll.actions.pages.conversation import Said, conversation
from samkoll.actions.pages.hand_ups import Asked, asked
from samkoll.actions.registry import Related, origins
from samkoll.core.access import ALLOW, Verdict
from samkoll.core.text import number
from samkoll.files.queries import FileRow
from samkoll.files.queries import row as file_row
from samkoll.org.models import Unit
from samkoll.org.registry import pages as unit_pages
from samkoll.web.tables import Fact, State, Tone

NEWEST = 20
"""How much of the conversation is open; the rest is folded away below."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that can be done now, or cannot and why. ``posts``: without a form in between."""

    label: str
    url: str
    verdict: Verdict
    posts: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """Steps that cannot be taken for one and the same reason."""

    labels: str
    reason: str


@dataclass(frozen=True, slots=True)
class Judged:
    """One follow-up."""

    state: State
    when: date
    who: str
    evidence: str
    decision: str
    with_safety_rep: bool


@dataclass(frozen=True, slots=True)
class Attached:
    """One file, with where it is fetched and, for those who may, removed."""

    file: FileRow
    url: str
    remove_url: str


@dataclass(frozen=True, slots=True)
class ActionPage:
    """Everything on the page. ``next``: the one primary button."""

    pk: int
    states: tuple[State, ...]
    next: Step | None
    steps: tuple[Step, ...]
    refused: tuple[Refused, ...]
    facts: tuple[Fact, ...]
    wanted_effect: str
    related: tuple[Related, ...]
    asked: tuple[Asked, ...]
    judged: tuple[Judged, ...]
    files: tuple[Attached, ...]
    said: tuple[Said, ...]
    said_before: tuple[Said, ...]
    comment: Verdict
    attach: Verdict


def action_page(action: Action, user: User, today: date) -> ActionPage:
    """The page for one person. As many queries whatever has happened to the action."""
    standing = queries.standing(user, action, today)
    hand_ups = list(action.hand_ups.select_related("from_unit", "to_unit", "origin").order_by("pk"))
    led = _led(user, hand_ups, today)
    shown = tuple(asked(row, led, today) for row in hand_ups)
    waiting = next((row for row in hand_ups if not row.answer), None)
    steps = [*_answers(shown), *_steps(action, standing, waiting)]
    is_over = action.status in (Status.CLOSED, Status.DROPPED)
    first, others = (None, steps) if is_over else (steps[0], steps[1:])
    said = conversation(action)
    may_work = policies.can_work(standing)
    return ActionPage(
        pk=action.pk,
        states=_states(action, waiting, today),
        next=first,
        steps=tuple(step for step in others if step.verdict),
        refused=_refused([step for step in others if not step.verdict]),
        facts=_facts(action, today),
        wanted_effect=action.wanted_effect,
        related=(*origins.related([action.pk]).get(action.pk, ()), *_line(action)),
        asked=shown,
        judged=tuple(_judged(row) for row in action.follow_ups.order_by("-on", "-pk")),
        files=_files(action, may_work),
        said=tuple(said[:NEWEST]),
        said_before=tuple(said[NEWEST:]),
        comment=policies.can_comment(standing),
        attach=may_work,
    )


def _led(user: User, hand_ups: list[HandUp], today: date) -> set[int]:
    units = {pk for row in hand_ups for pk in (row.to_unit_id, row.origin_id)}
    led = Unit.objects.filter(queries.led_by(user, today), pk__in=units)
    return set(led.values_list("pk", flat=True))


def _answers(shown: tuple[Asked, ...]) -> list[Step]:
    """A question that waits for this very person comes before everything else."""
    urls = [row.answer_url for row in shown if row.answer_url]
    return [Step(_("Svara på frågan"), url, ALLOW) for url in urls]


def _steps(action: Action, standing: policies.Standing, waiting: HandUp | None) -> list[Step]:
    """What can come next, the likeliest first."""
    change, work = policies.can_change(standing), policies.can_work(standing)
    ended = change and policies.can_end(waiting)
    hand_up = policies.can_hand_up(standing) and policies.can_be_handed_up(action, waiting)
    step = {
        "start": Step(_("Påbörja åtgärden"), _url(action, "start"), work, posts=True),
        "done": Step(_("Markera som genomförd"), _url(action, "done"), work),
        "follow_up": Step(_("Följ upp effekten"), _url(action, "follow_up"), change),
        "edit": Step(_("Ändra åtgärden"), _url(action, "edit"), change),
        "due_date": Step(_("Flytta slutdatum"), _url(action, "due_date"), change),
        "hand_up": Step(_("Lyft frågan uppåt"), _url(action, "hand_up"), hand_up),
        "drop": Step(_("Genomförs inte"), _url(action, "drop"), ended),
        "reopen": Step(_("Öppna igen"), _url(action, "reopen"), change),
    }
    return [step[name] for name in _ORDER[Status(action.status)]]


def _refused(steps: list[Step]) -> tuple[Refused, ...]:
    """Each reason once, with what it stands in the way of."""
    labels: dict[str, list[str]] = {}
    for step in steps:
        labels.setdefault(step.verdict.reason, []).append(step.label)
    return tuple(Refused(", ".join(found), reason) for reason, found in labels.items())


_ORDER = {
    Status.PLANNED: ("start", "done", "edit", "due_date", "hand_up", "drop"),
    Status.ONGOING: ("done", "edit", "due_date", "hand_up", "drop"),
    Status.DONE: ("follow_up", "edit", "hand_up", "reopen"),
    Status.CLOSED: ("reopen", "edit"),
    Status.DROPPED: ("reopen", "edit"),
}


def _states(action: Action, waiting: HandUp | None, today: date) -> tuple[State, ...]:
    states = [queries.status_state(action.status)]
    if queries.is_overdue(action, today):
        days = (today - action.due_date).days
        late = ngettext("Försenad %(n)s dag", "Försenad %(n)s dagar", days) % {"n": days}
        states.append(State(late, Tone.DANGER))
    if action.status == Status.DONE and action.follow_up_on and action.follow_up_on <= today:
        states.append(State(_("Dags att följa upp"), Tone.WARNING))
    if waiting:
        states.append(State(_("Lyft till %(unit)s") % {"unit": waiting.to_unit}, Tone.INFO))
    return tuple(states)


def _facts(action: Action, today: date) -> tuple[Fact, ...]:
    severity = queries.severity_state(action.severity, action.level)
    helpers = ", ".join(action.helpers.order_by("name_order").values_list("name", flat=True))
    facts = [
        Fact(_("Enhet"), action.unit.name, url=unit_pages.unit_url(action.unit.code)),
        Fact(_("Ansvarig"), action.responsible.name, note=action.responsible_title),
        Fact(_("Hjälper till"), helpers),
        Fact(_("Klar senast"), f"{action.due_date}"),
        Fact(_ended_word(action), f"{action.ended_on or ''}"),
        Fact(_("Effekten följs upp"), _follow_up_day(action)),
        Fact(_("Effekt"), action.get_effect_display()),
        Fact(_("Risknivå"), "", state=severity) if severity else None,
        Fact(_("Ursprung"), origins.label(action.origin)),
        Fact(_("Kostnad"), "" if action.cost is None else f"{number(action.cost)} kr"),
        Fact(_("Tillagd"), f"{action.added_on}"),
    ]
    return tuple(fact for fact in facts if fact and (fact.text or fact.state))


def _ended_word(action: Action) -> str:
    return _("Avslutad") if action.status == Status.DROPPED else _("Genomförd")


def _follow_up_day(action: Action) -> str:
    return f"{action.follow_up_on}" if action.status == Status.DONE else ""


def _line(action: Action) -> tuple[Related, ...]:
    """The action that this one follows, and those that follow it."""
    found = [*Action.objects.filter(followed_by=action), *action.followed_by.order_by("pk")]
    word = {True: _("Följer på: %(title)s"), False: _("Följs av: %(title)s")}
    return tuple(
        Related(
            word[each.pk == action.follows_id] % {"title": each.title},
            _url(each, "detail"),
            queries.status_state(each.status),
        )
        for each in found
    )


def _judged(row: FollowUp) -> Judged:
    tones = {"reached": Tone.SUCCESS, "partly": Tone.WARNING, "not_reached": Tone.DANGER}
    return Judged(
        state=State(row.get_effect_display(), tones[row.effect]),
        when=row.on,
        who=row.by_name,
        evidence=row.evidence,
        decision=row.get_decision_display(),
        with_safety_rep=row.safety_rep_took_part,
    )


def _files(action: Action, may_work: Verdict) -> tuple[Attached, ...]:
    return tuple(
        Attached(
            file_row(link.file),
            reverse("actions:file", args=[action.pk, link.pk]),
            reverse("actions:remove", args=[action.pk, link.pk]) if may_work else "",
        )
        for link in action.files.select_related("file").order_by("pk")
    )


def _url(action: Action, name: str) -> str:
    return reverse(f"actions:{name}", args=[action.pk])
