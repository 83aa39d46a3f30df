"""Finding actions. The only way to an action for a page is ``visible_to``."""

from samkoll.actions.queries.access import leads, led_by, standing, visible_to, worked_on_by
from samkoll.actions.queries.lists import (
    ActionRow,
    is_overdue,
    listed,
    rows,
    rows_of,
    severity_state,
    status_state,
)
from samkoll.actions.queries.people import Candidate, candidates, find_people, title_of
from samkoll.actions.queries.waiting import (
    answers_to_tick_off,
    follow_ups_due,
    mine,
    waiting_for_answer,
)

__all__ = [
    "ActionRow",
    "Candidate",
    "answers_to_tick_off",
    "candidates",
    "find_people",
    "follow_ups_due",
    "is_overdue",
    "leads",
    "led_by",
    "listed",
    "mine",
    "rows",
    "rows_of",
    "severity_state",
    "standing",
    "status_state",
    "title_of",
    "visible_to",
    "waiting_for_answer",
    "worked_on_by",
]
