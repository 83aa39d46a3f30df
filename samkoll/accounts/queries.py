"""Users as the sign-in page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import QuerySet

from samkoll.accounts import registry
from samkoll.accounts.models import User


@dataclass(frozen=True, slots=True)
class DemoUser:
    """One button of the demo's sign-in page."""

    pk: int
    name: str
    roles: str


def demo_sign_in_allowed() -> bool:
    """Whether one click may sign in: in a demo, where every user is a demo user.

    Asked anew at every attempt, so the first real user ends it at once.
    """
    return bool(settings.DEMO_SIGN_IN) and not _real_users().exists()


def demo_users(today: date) -> list[DemoUser]:
    """The demo users in the order in which they were added; none where demo sign-in is off."""
    if not demo_sign_in_allowed():
        return []
    users = list(User.objects.filter(is_demo=True, is_active=True).order_by("pk"))
    said = registry.descriptions([user.pk for user in users], today)
    return [DemoUser(u.pk, u.name, "; ".join(said.get(u.pk, []))) for u in users]


def demo_user(pk: int) -> User | None:
    """The demo user that a click names; None for anybody else, and where it is off."""
    if not demo_sign_in_allowed():
        return None
    return User.objects.filter(pk=pk, is_demo=True, is_active=True).first()


def _real_users() -> QuerySet[User]:
    return User.objects.filter(is_demo=False)
