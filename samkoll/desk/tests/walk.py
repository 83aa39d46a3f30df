"""What the browser's walk needs on the settings page: a choice, and an open calendar."""

from __future__ import annotations

from django.utils import timezone

from samkoll.desk import queries, services
from tests.town import Town


def weekly(town: Town) -> dict[str, object]:
    """Weekly reminders, and a calendar address that has been made before."""
    owner = town.user("manager")
    wanted = queries.Reminders("weekly", 1, 7, on_due=True, after_due=True)
    services.change_reminders(owner=owner, reminders=wanted)
    services.open_calendar(owner=owner, now=timezone.now())
    return {}


def notice(town: Town) -> dict[str, object]:
    """Something that the manager has been told."""
    told = services.tell(
        owner_id=town.user("manager").pk, text="Du har tagit över 2 åtgärder.", url="/"
    )
    return {"pk": told.pk}
