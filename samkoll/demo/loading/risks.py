"""Risks with their actions, reported onward in the reports of last year and of this year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from samkoll.actions import services as actions
from samkoll.actions.models import ENDED, Action, Decision
from samkoll.actions.models import Status as ActionStatus
from samkoll.demo.loading.data import read
from samkoll.demo.loading.people import People
from samkoll.org import queries as org
from samkoll.org.models import Board, Person, Position, Unit
from samkoll.risks import services
from samkoll.risks.models import Risk

Comments = dict[tuple[str, str], dict[str, str]]
"""What boards wrote about risks: (board, section of the form) to texts by part."""

SECTIONS = {"previous": "previous_actions", "current": "selected_comments"}

_LATE = "Åtgärden skrevs in i efterhand, tillsammans med förra årets rapport."
_EVIDENCE = "Bedömt i förvaltningens samverkansgrupp, se kommentaren i rapporten."


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the risks of one board lie, who writes them and who leads the administration."""

    unit: Unit
    board: Board
    director: Person
    actor: Any
    today: date


def load_risks(people: People, *, today: date) -> Comments:
    """Add all risks and report them onward; gives the comments, for the reports."""
    data, comments = read("risks"), Comments()
    boards = {board.code: board for board in org.current_boards()}
    for code, item in data["boards"].items():
        place = _place(org.unit_by_code(item["unit"]), boards[code], people, today)
        for told in item["risks"]:
            _risk(place, told, data["report_year"], comments)
    return comments


def count() -> int:
    """How many risks the demo has."""
    return sum(len(item["risks"]) for item in read("risks")["boards"].values())


def _place(unit: Unit, board: Board, people: People, today: date) -> _Place:
    administration = next(u for u in [*org.above(unit), unit] if u.kind == "administration")
    led = Position.objects.filter(unit=administration, is_manager=True, valid_to=None)
    position = led.select_related("person").get()
    actor = people.acting(read("people")["acting"]["writes"].get(administration.code, ""))
    return _Place(unit, board, position.person, actor, today)


def _risk(place: _Place, told: dict[str, Any], year: int, comments: Comments) -> None:
    risk = services.add_risk(
        unit=place.unit,
        title=told["title"],
        probability=told["probability"],
        consequence=told["consequence"],
        serious=told["serious"],
        found_on=told["found_on"],
        actor=place.actor,
        today=place.today,
    )
    for which, reported_in in (("previous", year - 1), ("current", year)):
        if which not in told:
            continue
        chosen = [_action(place, risk, item) for item in told[which]]
        services.report_onward(
            risk=risk,
            board=place.board,
            year=reported_in,
            actions=chosen,
            actor=place.actor,
            today=place.today,
        )
        written = comments.setdefault((place.board.code, SECTIONS[which]), {})
        written[f"risk-{risk.pk}"] = told[f"{which}_comment"]


def _action(place: _Place, risk: Risk, told: dict[str, Any]) -> Action:
    """An action linked to its risk, and moved to the status in which it is now."""
    action = actions.add_action(
        unit=place.unit,
        title=told["title"],
        wanted_effect=told["wanted"],
        due_date=told["end"],
        responsible_title=told["responsible"],
        responsible=place.director,
        reason=_LATE,
        actor=place.actor,
        today=place.today,
    )
    services.link_action(risk=risk, action=action, actor=place.actor, today=place.today)
    status = ActionStatus.DONE if told["status"] == ActionStatus.CLOSED else told["status"]
    if status != ActionStatus.PLANNED:
        actions.change_status(
            action_id=action.pk,
            status=status,
            on=told["end"] if status in ENDED else None,
            actor=place.actor,
            today=place.today,
        )
    if told["status"] == ActionStatus.CLOSED:
        actions.follow_up(
            action_id=action.pk,
            effect=told["effect"],
            evidence=_EVIDENCE,
            safety_rep_took_part=True,
            decision=Decision.CLOSE,
            actor=place.actor,
            today=place.today,
        )
    return action
