"""Finding actions. The only way to an action for a page is ``visible_to``."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from samkoll.accounts.models import User
from samkoll.actions.models import Action
from samkoll.org import queries as org


def visible_to(user: User, today: date) -> QuerySet[Action]:
    """The actions of all units where the user may read actions, filtered in SQL."""
    return Action.objects.filter(unit__in=org.units_with(user, "action:read", today))
