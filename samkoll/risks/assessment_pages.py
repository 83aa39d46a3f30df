"""The pages of assessments before a change, ready to show, and what is printed of one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from samkoll.accounts.models import User
from samkoll.audit import queries as log
from samkoll.audit.queries import Entry
from samkoll.audit.words import in_words
from samkoll.core.access import Verdict
from samkoll.org.registry import pages as unit_pages
from samkoll.risks import policies, queries, services, showing
from samkoll.risks.log_words import in_order
from samkoll.risks.matrix import Matrix
from samkoll.risks.models import AssessmentStatus, ChangeAssessment, Risk
from samkoll.risks.printing import PrintedAction, PrintedAssessment, PrintedRisk
from samkoll.web import lists
from samkoll.web.lists import Sort
from samkoll.web.tables import Cell, Column, Fact, Head, Kind, Row, State, Table, Tone

STEP_WORDS: dict[str, str | Promise] = {
    "andring": gettext_lazy("A. Vad ändras och vilka berörs"),
    "risker": gettext_lazy("B. Risker efter ändringen"),
    "mojligheter": gettext_lazy("Möjligheter"),
    "atgarder": gettext_lazy("C. Åtgärder"),
    "medverkan": gettext_lazy("Medverkan"),
    "uppfoljning": gettext_lazy("D. Uppföljning"),
}


@dataclass(frozen=True, slots=True)
class Way:
    """One thing that can be done, as a button with its verdict."""

    label: str
    url: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class AssessmentPage:
    """Everything about an assessment."""

    state: State
    late: bool
    facts: tuple[Fact, ...]
    steps: list[tuple[str | Promise, str]]
    what: str
    affected: str
    decision: str
    opportunities: str
    no_risks: str
    safety_rep: str
    employees: str
    result: str
    status_reason: str
    lacking: list[str]
    risks: Table | None
    actions: Table | None
    edit: dict[str, Way]
    add_risk: Way
    ways: tuple[Way, ...]
    next: Way | None
    exports: tuple[tuple[str, str], ...]
    history: list[Entry]
    printed: PrintedAssessment


def steps(assessment: ChangeAssessment | None, now: str) -> list[tuple[str | Promise, str]]:
    """The steps with where one is: "done", "now" or "later", for ``web/steps.html``."""
    done = _done(assessment) if assessment else set[str]()
    return [
        (word, "now" if key == now else "done" if key in done else "later")
        for key, word in STEP_WORDS.items()
    ]


def table(rows: Iterable[ChangeAssessment], query: QueryDict, sort: Sort, today: date) -> Table:
    """The list of assessments."""
    columns = (
        Column(_("Ändring"), key="andring"),
        Column(_("Läge"), Kind.STATE),
        Column(_("Enhet"), key="enhet"),
        Column(_("Ändringen sker"), Kind.DATE, key="sker"),
        Column(_("Uppföljning"), Kind.DATE, key="foljs"),
        Column(_("Risker"), Kind.NUMBER),
        Column(_("Diarienummer")),
    )
    shown = tuple(_list_row(queries.assessment_row(row, today)) for row in rows)
    return Table(
        _("Bedömningar inför ändringar"), lists.heads(query, columns, sort), shown,
        caption_hidden=True,
    )  # fmt: skip


def page_of(assessment: ChangeAssessment, user: User, today: date) -> AssessmentPage:
    """The page of an assessment for a user."""
    write = policies.can_write(user, assessment.unit, today)
    may_edit = policies.can_edit_assessment(assessment, write)
    risks = list(assessment.risks.prefetch_related("links__action__responsible").order_by("pk"))
    draft = assessment.status == AssessmentStatus.DRAFT
    ways = _ways(assessment, write, may_edit)
    return AssessmentPage(
        state=showing.assessment_state(assessment.status),
        late=assessment.status == AssessmentStatus.DECIDED and assessment.follow_up_on < today,
        facts=_facts(assessment),
        steps=steps(assessment, _step_now(assessment)),
        what=assessment.what,
        affected=assessment.affected,
        decision=assessment.decision,
        opportunities=assessment.opportunities,
        no_risks=assessment.no_risks,
        safety_rep=assessment.safety_rep,
        employees=assessment.employees,
        result=assessment.result,
        status_reason=assessment.status_reason,
        lacking=services.lacking(assessment) if draft else [],
        risks=_risks(risks),
        actions=_actions(risks),
        edit={
            step: Way(_("Ändra"), _url(assessment, "assessment_edit", step), may_edit)
            for step in ("andring", "mojligheter", "medverkan")
        },
        add_risk=Way(_("Ny risk"), _url(assessment, "assessment_risk"), may_edit),
        ways=ways,
        next=next((way for way in ways if way.verdict), None),
        exports=(("PDF", "?format=pdf"), ("Word", "?format=docx")),
        history=in_words(map(in_order, log.history(assessment))),
        printed=_in_swedish(assessment, risks),
    )


def _ways(assessment: ChangeAssessment, write: Verdict, may_edit: Verdict) -> tuple[Way, ...]:
    follow = policies.can_follow_up(assessment, write)
    return (
        Way(_("Gör bedömningen klar"), _url(assessment, "assessment_ready"), may_edit),
        Way(_("Följ upp ändringen"), _url(assessment, "assessment_follow_up"), follow),
        Way(
            _("Ändringen genomförs inte"),
            _url(assessment, "assessment_withdraw"),
            policies.can_withdraw(assessment, write),
        ),
    )


def _url(assessment: ChangeAssessment, name: str, *more: str) -> str:
    return reverse(f"risks:{name}", args=[assessment.pk, *more])


def _done(assessment: ChangeAssessment) -> set[str]:
    """The steps that have what they need."""
    has_risks = assessment.risks.exists()
    found = {
        "andring": True,
        "risker": has_risks or bool(assessment.no_risks),
        "mojligheter": bool(assessment.opportunities),
        "atgarder": bool(assessment.no_risks)
        or assessment.risks.filter(links__isnull=False).exists(),
        "medverkan": bool(assessment.safety_rep and assessment.employees),
        "uppfoljning": assessment.status == AssessmentStatus.FOLLOWED_UP,
    }
    return {key for key, done in found.items() if done}


def _step_now(assessment: ChangeAssessment) -> str:
    done = _done(assessment)
    return next((key for key in STEP_WORDS if key not in done), "")


def _list_row(row: queries.AssessmentRow) -> Row:
    follow = row.follow_up_on.isoformat()
    late = State(follow, Tone.DANGER, "clock")
    return Row(
        (
            Cell(row.title, url=reverse("risks:assessment", args=[row.pk])),
            Cell("", state=showing.assessment_state(row.status)),
            Cell(row.unit),
            Cell(row.change_on.isoformat()),
            Cell("", state=late, note=_("försenad")) if row.late else Cell(follow),
            Cell(str(row.risks)),
            Cell(row.diary_number or "–"),
        )
    )


def _facts(assessment: ChangeAssessment) -> tuple[Fact, ...]:
    affected = assessment.affected_units.order_by("name_order")
    named = ", ".join(unit.name for unit in affected)
    unit = assessment.unit
    facts = [
        Fact(_("Enhet"), unit.name, unit_pages.unit_url(unit.code)),
        Fact(_("Berörda enheter"), named or "–"),
        Fact(_("Ändringen sker"), assessment.change_on.isoformat()),
        Fact(_("Uppföljning"), assessment.follow_up_on.isoformat()),
        Fact(_("Diarienummer"), assessment.diary_number or "–"),
    ]
    if assessment.decided_on:
        facts.append(Fact(_("Klar"), assessment.decided_on.isoformat()))
    if assessment.followed_up_on:
        facts.append(Fact(_("Uppföljd"), assessment.followed_up_on.isoformat()))
    return tuple(facts)


def _risks(risks: list[Risk]) -> Table | None:
    if not risks:
        return None
    known = queries.matrices_named({risk.matrix for risk in risks})
    rows = tuple(
        Row(
            (
                Cell(risk.title, url=reverse("risks:detail", args=[risk.pk])),
                Cell(
                    "",
                    state=showing.level_state(
                        known.get(risk.matrix), risk.current_level, risk.severity
                    ),
                ),
                Cell(showing.serious_word(risk.serious)),
                Cell(str(len(risk.links.all()) or _("Ingen"))),
                Cell("", state=showing.risk_state(risk.status)),
            )
        )
        for risk in risks
    )
    heads = (
        Head(_("Risk")), Head(_("Risknivå"), Kind.STATE), Head(_("Allvarlig")),
        Head(_("Åtgärder")), Head(_("Läge"), Kind.STATE),
    )  # fmt: skip
    return Table(_("Risker efter ändringen"), heads, rows, caption_hidden=True)


def _actions(risks: list[Risk]) -> Table | None:
    links = [(risk, link.action) for risk in risks for link in risk.links.all()]
    if not links:
        return None
    rows = tuple(
        Row(
            (
                Cell(
                    action.title, url=reverse("actions:detail", args=[action.pk]), note=risk.title
                ),
                Cell(action.responsible.name),
                Cell(action.due_date.isoformat()),
                Cell(action.get_status_display()),
            )
        )
        for risk, action in links
    )
    heads = (
        Head(_("Åtgärd")), Head(_("Ansvarig")), Head(_("Klar senast"), Kind.DATE),
        Head(_("Status")),
    )  # fmt: skip
    return Table(_("Åtgärder"), heads, rows, caption_hidden=True)


def _in_swedish(assessment: ChangeAssessment, risks: list[Risk]) -> PrintedAssessment:
    """Documents are Swedish, whoever reads the page."""
    with override("sv"):
        return _printed(assessment, risks)


def _printed(assessment: ChangeAssessment, risks: list[Risk]) -> PrintedAssessment:
    """The frozen rows that the document is made of."""
    known = queries.matrices_named({risk.matrix for risk in risks}) if risks else {}
    affected = assessment.affected_units.order_by("name_order")
    return PrintedAssessment(
        title=assessment.title,
        unit=assessment.unit.name,
        status=str(AssessmentStatus(assessment.status).label),
        finished=assessment.status != AssessmentStatus.DRAFT,
        diary_number=assessment.diary_number,
        what=assessment.what,
        affected=assessment.affected,
        affected_units=tuple(unit.name for unit in affected),
        decision=assessment.decision,
        change_on=assessment.change_on,
        follow_up_on=assessment.follow_up_on,
        opportunities=assessment.opportunities,
        no_risks=assessment.no_risks,
        safety_rep=assessment.safety_rep,
        employees=assessment.employees,
        result=assessment.result,
        followed_up_on=assessment.followed_up_on,
        status_reason=assessment.status_reason,
        risks=tuple(_printed_risk(risk, known) for risk in risks),
    )


def _printed_risk(risk: Risk, known: dict[str, Matrix]) -> PrintedRisk:
    state = showing.level_state(known.get(risk.matrix), risk.level, risk.severity)
    return PrintedRisk(
        title=risk.title,
        description=risk.description,
        level=str(state.word).replace("\u00a0", " ") if state else "–",
        serious=showing.serious_word(risk.serious),
        actions=tuple(
            PrintedAction(
                link.action.title,
                link.action.wanted_effect,
                link.action.responsible_title,
                link.action.due_date,
            )
            for link in risk.links.all()
        ),
    )
