"""The page of one risk, ready to show: states, facts, ways on, actions, years and history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from samkoll.accounts.models import User
from samkoll.actions.models import Action
from samkoll.actions.queries import is_overdue, status_state
from samkoll.audit import queries as log
from samkoll.audit.queries import Entry
from samkoll.audit.words import in_words
from samkoll.core.access import Verdict
from samkoll.org.registry import pages as unit_pages
from samkoll.risks import policies, queries, showing
from samkoll.risks.log_words import in_order
from samkoll.risks.matrix import Matrix
from samkoll.risks.models import Risk, RiskStatus
from samkoll.risks.queries import OnwardRow
from samkoll.web.picture import Picture
from samkoll.web.tables import Cell, Fact, Head, Kind, Row, State, Table, Tone


@dataclass(frozen=True, slots=True)
class Way:
    """One thing that can be done with the risk, as a button with its verdict."""

    label: str
    url: str
    verdict: Verdict
    icon: str = ""


@dataclass(frozen=True, slots=True)
class OnwardShown:
    """One time that the risk was reported onward, and where to take it back."""

    row: OnwardRow
    url: str


@dataclass(frozen=True, slots=True)
class RiskPage:
    """Everything about a risk."""

    title: str
    description: str
    states: tuple[State, ...]
    facts: tuple[Fact, ...]
    answer: str
    picture: Picture | None
    values: Table | None
    next: Way | None
    ways: tuple[Way, ...]
    actions: Table | None
    new_action: Way
    link: Way
    onward: tuple[OnwardShown, ...]
    lifted: str
    withdraw: Verdict
    gathered: Table | None
    history: list[Entry]


def page_of(risk: Risk, user: User, today: date) -> RiskPage:
    """The page of a risk for a user."""
    write = policies.can_write(user, risk.unit, today)
    ways = policies.ways(risk, write)
    known = queries.matrices_named([risk.matrix])
    matrix = known.get(risk.matrix) if risk.level is not None else None
    lifted = queries.lifted_years(risk)
    steps = _ways(risk, ways)
    return RiskPage(
        title=risk.title,
        description=risk.description,
        states=_states(risk, matrix),
        facts=tuple(_facts(risk)),
        answer=_answer(risk),
        picture=showing.marked(matrix, risk) if matrix else None,
        values=_values(risk, matrix) if matrix else None,
        next=next((way for way in steps if way.verdict), None),
        ways=tuple(steps),
        actions=_actions(risk, today, unlink=bool(ways.act)),
        new_action=_way(risk, _("Ny åtgärd"), "new_action", ways.act, "plus"),
        link=_way(risk, _("Koppla en åtgärd som finns"), "link", ways.act),
        onward=tuple(
            OnwardShown(row, reverse("risks:withdraw", args=[row.pk]))
            for row in queries.onward_of(risk)
        ),
        lifted=showing.lifted_words(lifted),
        withdraw=write,
        gathered=_gathered(risk),
        history=in_words(map(in_order, log.history(risk))),
    )


def _way(risk: Risk, label: str, name: str, verdict: Verdict, icon: str = "") -> Way:
    return Way(label, reverse(f"risks:{name}", args=[risk.pk]), verdict, icon)


def _ways(risk: Risk, ways: policies.Ways) -> list[Way]:
    """What can be done next, the most likely first."""
    if risk.status == RiskStatus.PROPOSED:
        return [
            _way(risk, _("Bedöm risken"), "edit", ways.judge, "pencil"),
            _way(risk, _("Avslå förslaget"), "reject", ways.reject),
        ]
    if risk.status == RiskStatus.CLOSED:
        return [_way(risk, _("Öppna igen"), "reopen", ways.reopen)]
    if risk.status == RiskStatus.REJECTED:
        return []
    out = risk.common is not None
    gather = (
        _way(risk, _("Ta ur den gemensamma risken"), "ungather", ways.gather)
        if out
        else _way(risk, _("Samla under en gemensam risk"), "gather_under", ways.gather)
    )
    return [
        _way(risk, _("Ny åtgärd"), "new_action", ways.act, "plus"),
        _way(risk, _("Ändra bedömningen"), "edit", ways.change, "pencil"),
        _way(risk, _("Bedöm värdet efter åtgärder"), "after", ways.after, "target"),
        _way(risk, _("Rapportera vidare"), "report", ways.report, "arrow-up"),
        gather,
        _way(risk, _("Risken är åtgärdad"), "close", ways.close, "check"),
    ]


def _states(risk: Risk, matrix: Matrix | None) -> tuple[State, ...]:
    level = showing.level_state(matrix, risk.current_level, risk.severity)
    serious = State(_("Allvarlig"), Tone.DANGER) if risk.serious else None
    return tuple(filter(None, (showing.risk_state(risk.status), level, serious)))


def _facts(risk: Risk) -> list[Fact]:
    facts = [
        Fact(_("Enhet"), risk.unit.name, unit_pages.unit_url(risk.unit.code)),
        Fact(_("Allvarlig"), showing.serious_word(risk.serious)),
        Fact(_("Vilka utsätts"), risk.exposed or "–"),
        Fact(_("Område"), queries.area_label(risk.area) if risk.area else "–"),
        Fact(_("Källa"), queries.source_label(risk.source)),
        Fact(_("Upptäckt"), risk.found_on.isoformat()),
    ]
    if risk.proposed_by_name:
        facts.append(Fact(_("Föreslagen av"), risk.proposed_by_name))
    if risk.closed_on:
        facts.append(Fact(_("Åtgärdad"), risk.closed_on.isoformat(), note=risk.status_reason))
    if risk.common:
        url = reverse("risks:detail", args=[risk.common.pk])
        facts.append(Fact(_("Gemensam risk"), risk.common.title, url, note=risk.common.unit.name))
    if risk.assessment:
        url = reverse("risks:assessment", args=[risk.assessment.pk])
        facts.append(Fact(_("Inför ändringen"), risk.assessment.title, url))
    return facts


def _answer(risk: Risk) -> str:
    """What became of a proposal, for the one who made it."""
    if risk.status == RiskStatus.PROPOSED:
        return _("Förslaget väntar på att enhetens chef bedömer det.")
    if risk.status == RiskStatus.REJECTED:
        return _("Förslaget avslogs: %(reason)s") % {"reason": risk.status_reason}
    return ""


def _values(risk: Risk, matrix: Matrix) -> Table:
    """The three values in words: the same as the picture, and what a screen reader reads."""
    rows = [
        _value_row(risk, matrix, prefix, word)
        for prefix, word in (
            ("", _("Före åtgärder")),
            ("wanted_", _("Önskad")),
            ("after_", _("Efter")),
        )
    ]
    heads = (
        Head(_("Värde")), Head(_("Sannolikhet")), Head(_("Konsekvens")),
        Head(_("Risknivå"), Kind.STATE),
    )  # fmt: skip
    return Table(_("Riskens värden"), heads, tuple(rows), caption_hidden=True)


def _value_row(risk: Risk, matrix: Matrix, prefix: str, word: str) -> Row:
    probability = getattr(risk, f"{prefix}probability")
    if probability is None:
        return Row((Cell(word), Cell("–"), Cell("–"), Cell("–")))
    consequence = getattr(risk, f"{prefix}consequence")
    level = matrix.level(probability, consequence)
    return Row(
        (
            Cell(word),
            Cell(f"{probability}. {matrix.probability[probability - 1].label}"),
            Cell(f"{consequence}. {matrix.consequence[consequence - 1].label}"),
            Cell("", state=showing.level_state(matrix, level, None)),
        )
    )


def _actions(risk: Risk, today: date, *, unlink: bool) -> Table | None:
    """The risk's actions; ``unlink``: each with a way to say that it does not serve the risk."""
    actions = queries.actions_of(risk)
    if not actions:
        return None
    heads = (
        Head(_("Åtgärd")), Head(_("Ansvarig")), Head(_("Klar senast"), Kind.DATE),
        Head(_("Status"), Kind.STATE), *((Head(_("Ändra")),) if unlink else ()),
    )  # fmt: skip
    rows = tuple(
        Row(
            (
                Cell(action.title, url=reverse("actions:detail", args=[action.pk])),
                Cell(action.responsible.name),
                _due(action, today),
                Cell("", state=status_state(action.status)),
                *((_unlink(risk, action),) if unlink else ()),
            )
        )
        for action in actions
    )
    return Table(_("Åtgärder"), heads, rows, caption_hidden=True)


def _unlink(risk: Risk, action: Action) -> Cell:
    url = reverse("risks:unlink", args=[risk.pk, action.pk])
    return Cell(_("Koppla bort"), url, about=action.title)


def _due(action: Action, today: date) -> Cell:
    day = action.due_date.isoformat()
    if is_overdue(action, today):
        return Cell("", state=State(day, Tone.DANGER, "clock"), note=_("försenad"))
    return Cell(day)


def _gathered(risk: Risk) -> Table | None:
    under = queries.gathered_under(risk)
    if not under:
        return None
    known = queries.matrices_named({each.matrix for each in under})
    rows = tuple(
        Row(
            (
                Cell(each.title, url=reverse("risks:detail", args=[each.pk])),
                Cell(each.unit.name),
                Cell(
                    "",
                    state=showing.level_state(
                        known.get(each.matrix), each.current_level, each.severity
                    ),
                ),
                Cell("", state=showing.risk_state(each.status)),
            )
        )
        for each in under
    )
    heads = (
        Head(_("Risk")), Head(_("Enhet")), Head(_("Risknivå"), Kind.STATE),
        Head(_("Läge"), Kind.STATE),
    )  # fmt: skip
    return Table(_("Samlade risker"), heads, rows, caption_hidden=True)
