"""View-models of the chain: the panel of a report, its sections to sign, its history."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkoll.accounts.models import User
from samkoll.core.access import Verdict
from samkoll.reports.chain import awaited, dues, policies, queries, steps
from samkoll.reports.chain.steps import Standing, Step
from samkoll.reports.models import (
    Comment,
    CommentFrom,
    Decision,
    Event,
    Kind,
    Report,
    SectionState,
    Status,
    What,
)
from samkoll.reports.template_data import Section
from samkoll.reports.template_reader import form_of
from samkoll.web.tables import Cell, Fact, State, Tone

TONES = {
    Status.DRAFT: Tone.NEUTRAL,
    Status.HANDED_IN: Tone.INFO,
    Status.CONSULTATION: Tone.INFO,
    Status.SIGNED: Tone.INFO,
    Status.DECIDED: Tone.SUCCESS,
    Status.PUBLISHED: Tone.SUCCESS,
}
ADDRESSES = {
    Step.DECIDE: "reports:decide",
    Step.RETURN: "reports:send_back",
    Step.CORRECT: "reports:correct",
}
"""Steps with a form of their own; the others are confirmed on ``reports:step``."""


def state(status: str) -> State:
    """A status as word, tone and icon."""
    return State(str(Status(status).label), TONES[Status(status)])


@dataclass(frozen=True, slots=True)
class Act:
    """A button: what it says, where it leads, whether the reader may."""

    label: str
    url: str
    verdict: Verdict
    variant: str = "secondary"


@dataclass(frozen=True, slots=True)
class Panel:
    """Where a report is and what comes next. ``waits``: who is awaited, each with its last
    day, and how many sections are signed.

    ``next``: the step forward, shown to all with its reason; ``acts``: what else the reader may.
    """

    state: State
    steps: tuple[tuple[str, str], ...]
    waits: tuple[Fact, ...]
    next: Act | None
    acts: tuple[Act, ...]
    url: str


def panel(report: Report, user: User, today: date) -> Panel:
    """The panel of one report, for one reader."""
    standing = queries.standing(report)
    move = standing.move
    may = policies.can_step(user, report, standing, move.step, today) if move else None
    return Panel(
        state=state(report.status),
        steps=_steps(standing),
        waits=tuple(_waits(report, standing)),
        next=_act(report, move.step, may, "primary") if move and may is not None else None,
        acts=tuple(_acts(report, standing, user, today)),
        url=reverse("reports:steps", args=[report.pk]),
    )


def _steps(standing: Standing) -> tuple[tuple[str, str], ...]:
    way = steps.path(standing.kind)
    here = way.index(standing.status)
    last = len(way) - 1

    def when(place: int) -> str:
        if place < here or here == last:
            return "done"
        return "now" if place == here else "later"

    return tuple((str(status.label), when(place)) for place, status in enumerate(way))


def _waits(report: Report, standing: Standing) -> Iterator[Fact]:
    days = dues.days([report.year])
    for each in awaited.awaited(standing):
        day = dues.due_of(report, each.due, days)
        note = _("Senast %(day)s") % {"day": day} if day else ""
        yield Fact(_("Väntar på"), str(each.party.label), note=note)
    if not steps.may_sign_sections(standing) or standing.signed:
        count = {
            "done": len(standing.sections) - len(standing.unsigned),
            "all": len(standing.sections),
        }
        url = reverse("reports:signing", args=[report.pk])
        yield Fact(_("Godkända avsnitt"), _("%(done)s av %(all)s") % count, url=url)


def _act(report: Report, step: Step, verdict: Verdict, variant: str = "secondary") -> Act:
    if step in ADDRESSES:
        url = reverse(ADDRESSES[step], args=[report.pk])
    else:
        url = reverse("reports:step", args=[report.pk, step])
    return Act(str(step.label), url, verdict, variant)


def _acts(report: Report, standing: Standing, user: User, today: date) -> Iterator[Act]:
    """What the reader may do besides the next step; what somebody else may is left out."""
    labels = {
        CommentFrom.COOPERATION: _("För in samverkansgruppens synpunkter"),
        CommentFrom.SAFETY: _("Lämna huvudskyddsombudets synpunkter"),
    }
    for of, label in labels.items():
        verdict = policies.can_comment(user, report, standing, of, today)
        if verdict:
            yield Act(label, reverse("reports:comment", args=[report.pk, of]), verdict)
    back = policies.can_step(user, report, standing, Step.RETURN, today)
    if back:
        yield _act(report, Step.RETURN, back)
    newest = not Report.objects.filter(replaces=report).exists()
    correct = policies.can_correct(user, report, today, newest=newest)
    if correct:
        yield _act(report, Step.CORRECT, correct)


@dataclass(frozen=True, slots=True)
class SectionToSign:
    """A section with its state. ``version``: what whoever signs now has read."""

    key: str
    label: str
    name: Cell
    state: Cell
    signed: bool
    version: int


def sections(report: Report) -> list[SectionToSign]:
    """The sections that are signed one by one, in order."""
    states = {row.key: row for row in SectionState.objects.filter(report=report)}
    return [
        _to_sign(report, section, states.get(section.key))
        for section in queries.signed_sections(queries.own_form(report))
    ]


def _to_sign(report: Report, section: Section, row: SectionState | None) -> SectionToSign:
    signed = row is not None and row.signed_at is not None
    note = ""
    if row and signed:
        note = _("%(who)s, %(day)s") % {"who": row.signed_by, "day": _day(row.signed_at)}
    elif row and row.version:
        said = _("Ändrat av %(who)s, %(day)s")
        note = said % {"who": row.changed_by, "day": _day(row.changed_at)}
    word = State(_("Godkänt"), Tone.SUCCESS) if signed else State(_("Inte godkänt"), Tone.NEUTRAL)
    label = f"{section.number} {section.heading}"
    return SectionToSign(
        key=section.key,
        label=label,
        name=Cell(label, url=f"{reverse('reports:read', args=[report.pk])}#{section.anchor}"),
        state=Cell("", state=word, note=note),
        signed=signed,
        version=row.version if row else 0,
    )


def _day(moment: datetime | None) -> str:
    return moment.date().isoformat() if moment else ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the history."""

    when: datetime
    who: str
    what: str


DID = {
    What.HANDED_IN: gettext_lazy("lämnade in"),
    What.RETURNED: gettext_lazy("lämnade tillbaka"),
    What.CONSULTED: gettext_lazy("lämnade till samverkan"),
    What.COMMENTED: gettext_lazy("förde in synpunkter"),
    What.SECTION_SIGNED: gettext_lazy("godkände avsnitt"),
    What.SECTION_OPENED: gettext_lazy("öppnade avsnitt"),
    What.SIGNED: gettext_lazy("godkände rapporten"),
    What.DECIDED: gettext_lazy("förde in beslutet"),
    What.PUBLISHED: gettext_lazy("publicerade rapporten"),
    What.CORRECTED: gettext_lazy("öppnade en ny version"),
    What.REMINDED: gettext_lazy("påminde"),
}
"""What somebody did, after the name."""


def history(report: Report) -> tuple[list[Entry], list[Entry]]:
    """Steps of the whole version, and those of single sections; the newest first."""
    numbers = {s.key: s.number for s in form_of(report.template.content).sections}
    whole: list[Entry] = []
    single: list[Entry] = []
    for event in report.events.order_by("-at", "-pk"):
        (single if event.section else whole).append(_entry(event, numbers))
    return whole, single


def _entry(event: Event, numbers: dict[str, str]) -> Entry:
    what = f"{DID[What(event.what)]} {numbers.get(event.section, '')}".strip()
    said = f"{what}: {event.comment}" if event.comment else what
    return Entry(event.at, event.by, said)


def comments(report: Report) -> list[tuple[str, Comment]]:
    """What has been said about the report, with on whose behalf."""
    return [(str(c.get_of_display()), c) for c in report.comments.order_by("of")]


def facts(report: Report) -> tuple[Fact, ...]:
    """The decision, the versions and the diary number, as far as there are any."""
    found = []
    decision = Decision.objects.filter(report=report).first()
    if decision:
        said = f"{decision.get_nature_display()} {decision.decided_on} § {decision.paragraph}"
        found.append(Fact(_("Beslut"), said, note=decision.text))
    if report.diary_number:
        found.append(Fact(_("Diarienummer"), report.diary_number))
    if report.replaces:
        before = reverse("reports:read", args=[report.replaces.pk])
        found.append(Fact(_("Rättar"), _("Version %(n)s") % {"n": report.version - 1}, url=before))
        found.append(Fact(_("Skäl till rättelsen"), report.correction))
    later = Report.objects.filter(replaces=report).first()
    if later:
        address = reverse("reports:read", args=[later.pk])
        found.append(Fact(_("Ersatt av"), _("Version %(n)s") % {"n": later.version}, url=address))
    return tuple(found)


def notice(report: Report) -> str:
    """One sentence about what the reader has before them."""
    if report.status == Status.PUBLISHED:
        return _("Rapporten är publicerad och ändras inte mer.")
    if report.locked:
        return _("Rapporten är beslutad och ändras inte mer.")
    if report.kind == Kind.UNIT:
        return _part(report)
    if report.kind == Kind.BRIEF:
        return _("Brevet är ett utkast tills det har publicerats.")
    if report.unit.parent_id is None:
        return _("Kommunens rapport. Den är ett utkast tills den har beslutats.")
    return _("Rapport från %(unit)s. Den är ett utkast tills den har beslutats.") % {
        "unit": report.unit.name
    }


def _part(part: Report) -> str:
    """What a unit's part goes into: its board's report, or the part that its department gathers."""
    above = part.part_of
    if above and above.kind == Kind.UNIT:
        return _("Delen samlas i delen från %(unit)s.") % {"unit": above.unit.name}
    return _("Delen ingår i %(report)s.") % {"report": above}
