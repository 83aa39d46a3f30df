"""Web forms of actions."""

from samkoll.actions.forms.moving import (
    AnswerForm,
    AttachForm,
    CommentForm,
    DoneForm,
    DropForm,
    FollowUpForm,
    HandUpForm,
    ReopenForm,
)
from samkoll.actions.forms.promising import DueDateForm, EditForm, NewForm

__all__ = [
    "AnswerForm",
    "AttachForm",
    "CommentForm",
    "DoneForm",
    "DropForm",
    "DueDateForm",
    "EditForm",
    "FollowUpForm",
    "HandUpForm",
    "NewForm",
    "ReopenForm",
]
