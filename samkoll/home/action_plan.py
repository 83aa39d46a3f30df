"""The list of actions as a plan to print (handlingsplan): what is done about each risk.

Swedish whatever language its reader has: a document is a record of the municipality's. An action
that serves several risks stands under each of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.utils import translation

from samkoll.actions import queries as actions
from samkoll.actions.queries import ActionRow
from samkoll.core.text import MISSING, number
from samkoll.documents.content import Cell, Column, Document, Paragraph, Row, Table
from samkoll.home.action_list import Choice, in_words
from samkoll.risks import queries as risks
from samkoll.risks.models import Risk, RiskAction

COLUMNS = (
    Column("Åtgärd", weight=3.2),
    Column("Önskad effekt", weight=2.8),
    Column("Enhet", weight=1.6),
    Column("Ansvarig", weight=1.8),
    Column("Klar senast", "date"),
    Column("Status", weight=1.6),
    Column("Uppföljning av effekten", weight=1.8),
)
WITHOUT_RISK = "Åtgärder som inte hör till någon risk"


def document(choice: Choice) -> Document:
    """Everything that the choice finds, grouped by risk, the worst risk first."""
    with translation.override("sv"):
        rows = actions.rows(actions.listed(choice.found()), choice.today)
        groups = _groups(choice, rows)
        body = [row for text, members in groups for row in _group(text, members)]
        table = Table("Åtgärder per risk", COLUMNS, tuple(body))
        return Document(
            title="Handlingsplan",
            subtitle=choice.unit.name if choice.unit else "",
            organisation=settings.MUNICIPALITY_NAME,
            produced_on=choice.today,
            facts=(("Urval", in_words(choice)), ("Antal åtgärder", number(len(rows)))),
            blocks=(table if rows else Paragraph("Inga åtgärder stämmer med urvalet."),),
            short=True,
            landscape=True,
        )


def _groups(choice: Choice, rows: Sequence[ActionRow]) -> list[tuple[str, list[ActionRow]]]:
    """The rows under each risk that the reader sees; those under none come last."""
    by_pk = {row.pk: row for row in rows}
    visible = risks.visible_to(choice.user, choice.today)
    links = RiskAction.objects.filter(action__in=by_pk, risk__in=visible.values("pk"))
    served: dict[Risk, list[ActionRow]] = {}
    for link in links.select_related("risk__unit").defer("risk__search").order_by("pk"):
        served.setdefault(link.risk, []).append(by_pk[link.action_id])
    worst_first = sorted(served, key=lambda risk: (-(risk.severity or 0), -(risk.level or 0)))
    place = {row.pk: at for at, row in enumerate(rows)}
    found = [
        (_about(risk), sorted(served[risk], key=lambda row: place[row.pk])) for risk in worst_first
    ]
    under_a_risk = {row.pk for members in served.values() for row in members}
    rest = [row for row in rows if row.pk not in under_a_risk]
    return [*found, (WITHOUT_RISK, rest)] if rest else found


def _about(risk: Risk) -> str:
    """The risk, where, and its level before the measures, aimed at, and after."""
    levels = (("före", risk.level), ("önskad", risk.wanted_level), ("efter", risk.after_level))
    said = ", ".join(f"{word} {MISSING if level is None else level}" for word, level in levels)
    serious = " Allvarlig." if risk.serious else ""
    return f"Risk: {risk.title} ({risk.unit.name}). Nivå {said}.{serious}"


def _group(text: str, members: Iterable[ActionRow]) -> list[Row]:
    return [Row.group(text, len(COLUMNS)), *map(_row, members)]


def _row(row: ActionRow) -> Row:
    return Row(
        (
            Cell(row.title, head=True),
            Cell(row.wanted_effect or MISSING),
            Cell(row.unit),
            Cell(f"{row.responsible}, {row.responsible_title}"),
            Cell(row.due_date.isoformat()),
            Cell("Försenad" if row.is_overdue else str(row.status.word)),
            Cell(_follow_up(row)),
        )
    )


def _follow_up(row: ActionRow) -> str:
    if row.effect:
        return row.effect
    return f"Planerad {row.follow_up_on.isoformat()}" if row.follow_up_on else MISSING
