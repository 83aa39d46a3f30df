"""What waits for somebody among actions, questions up the line, risks and changes."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from samkoll.actions import queries as actions
from samkoll.actions.models import Action, HandUp, Status
from samkoll.desk import queries as desk
from samkoll.desk.models import Notice
from samkoll.home.todo_rows import SOON, Asker, Source, Todo
from samkoll.risks import queries as risks
from samkoll.risks.models import ChangeAssessment, Risk

MOST_LATER = 20
"""What lies further off is not counted, and the list of actions has the rest of it."""


def _soon(asker: Asker) -> QuerySet[Action]:
    return _mine(asker).filter(due_date__lte=asker.today + SOON)


def _later(asker: Asker) -> QuerySet[Action]:
    return _mine(asker).filter(due_date__gt=asker.today + SOON)[:MOST_LATER]


def _mine(asker: Asker) -> QuerySet[Action]:
    return actions.mine(asker.user).select_related("unit").defer("search", "wanted_effect")


def _action(action: Action) -> Todo:
    ongoing = action.status == Status.ONGOING
    step = "actions:done" if ongoing else "actions:detail"
    return Todo(
        _("Åtgärd att genomföra") if ongoing else _("Åtgärd att påbörja"),
        action.title,
        _("Markera som genomförd") if ongoing else _("Öppna åtgärden"),
        reverse(step, args=[action.pk]),
        action.unit.name,
        action.due_date,
    )


def _follow_ups(asker: Asker) -> QuerySet[Action]:
    due = actions.follow_ups_due(asker.user, asker.today)
    return due.select_related("unit").defer("search", "wanted_effect")


def _follow_up(action: Action) -> Todo:
    return Todo(
        _("Effekt att följa upp"),
        action.title,
        _("Följ upp effekten"),
        reverse("actions:follow_up", args=[action.pk]),
        action.unit.name,
        action.follow_up_on,
    )


def _questions(asker: Asker) -> QuerySet[HandUp]:
    return actions.waiting_for_answer(asker.user, asker.today).defer("action__search")


def _question(asked: HandUp) -> Todo:
    return Todo(
        _("Lyft fråga att svara på"),
        asked.action.title,
        _("Svara"),
        reverse("actions:answer", args=[asked.pk]),
        asked.from_unit.name,
        asked.answer_by,
    )


def _answers(asker: Asker) -> QuerySet[HandUp]:
    return actions.answers_to_tick_off(asker.user, asker.today).defer("action__search")


def _answer(asked: HandUp) -> Todo:
    said = {"unit": asked.to_unit.name, "answer": asked.get_answer_display().lower()}
    return Todo(
        _("Svar att läsa: %(unit)s %(answer)s") % said,
        asked.action.title,
        _("Läs och kvittera"),
        reverse("actions:detail", args=[asked.action_id]),
        asked.origin.name,
    )


def _proposals(asker: Asker) -> QuerySet[Risk]:
    waiting = risks.waiting(asker.user, asker.today).select_related("unit")
    return waiting.defer("search").order_by("found_on", "pk")


def _proposal(risk: Risk) -> Todo:
    return Todo(
        _("Föreslagen risk att bedöma"),
        risk.title,
        _("Bedöm risken"),
        reverse("risks:detail", args=[risk.pk]),
        risk.unit.name,
    )


def _assessments(asker: Asker) -> QuerySet[ChangeAssessment]:
    return risks.to_follow_up(asker.user, asker.today).order_by("follow_up_on", "pk")


def _assessment(assessment: ChangeAssessment) -> Todo:
    return Todo(
        _("Ändring att följa upp"),
        assessment.title,
        _("Följ upp ändringen"),
        reverse("risks:assessment_follow_up", args=[assessment.pk]),
        assessment.unit.name,
        assessment.follow_up_on,
    )


def _notices(asker: Asker) -> QuerySet[Notice]:
    return desk.notices(asker.user)


def _notice(notice: Notice) -> Todo:
    url = reverse("desk:notice", args=[notice.pk])
    return Todo(_("Besked"), notice.text, _("Läs och kvittera"), url)


SOURCES = (
    Source(_questions, _question),
    Source(_soon, _action),
    Source(_follow_ups, _follow_up),
    Source(_assessments, _assessment, needs="risk:write"),
    Source(_proposals, _proposal, needs="risk:write"),
    Source(_answers, _answer),
    Source(_notices, _notice),
    Source(_later, _action, counted=False),
)
