"""Everything that changes an action. Pages, imports and commands all come through here."""

from samkoll.actions.services.adding import PastDate, add_action
from samkoll.actions.services.bulk import TooMany, bulk_change
from samkoll.actions.services.by_rules import hand_over, readdress, set_level
from samkoll.actions.services.common import (
    BadStep,
    EditConflict,
    IncompleteAction,
    NotHere,
)
from samkoll.actions.services.conversation import add_comment, attach_files, remove_file
from samkoll.actions.services.editing import change_responsible, edit_action, move_due_date
from samkoll.actions.services.follow_ups import NewAction, follow_up
from samkoll.actions.services.hand_ups import (
    TIME_TO_ANSWER,
    CannotAnswer,
    CannotAsk,
    NothingAbove,
    Question,
    answer_hand_up,
    hand_up,
    tick_off_answer,
)
from samkoll.actions.services.steps import FOLLOW_UP_AFTER, change_status

__all__ = [
    "FOLLOW_UP_AFTER",
    "TIME_TO_ANSWER",
    "BadStep",
    "CannotAnswer",
    "CannotAsk",
    "EditConflict",
    "IncompleteAction",
    "NewAction",
    "NotHere",
    "NothingAbove",
    "PastDate",
    "Question",
    "TooMany",
    "add_action",
    "add_comment",
    "answer_hand_up",
    "attach_files",
    "bulk_change",
    "change_responsible",
    "change_status",
    "edit_action",
    "follow_up",
    "hand_over",
    "hand_up",
    "move_due_date",
    "readdress",
    "remove_file",
    "set_level",
    "tick_off_answer",
]
