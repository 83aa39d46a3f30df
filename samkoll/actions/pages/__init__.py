"""What the pages of actions show, as frozen rows: templates ask for nothing."""

from samkoll.actions.pages.conversation import Said, conversation
from samkoll.actions.pages.detail import ActionPage, action_page
from samkoll.actions.pages.hand_ups import Asked, question
from samkoll.actions.pages.words import conflict

__all__ = [
    "ActionPage",
    "Asked",
    "Said",
    "action_page",
    "conflict",
    "conversation",
    "question",
]
