"""What the browser's walk needs on the pages of a unit and of people: figures, and rows."""

from __future__ import annotations

from samkoll.stats.models import MonthVersion
from samkoll.stats.tests.filing import people, publish
from tests.town import Town


def figures(town: Town) -> dict[str, object]:
    """The administration with figures: schools with 20, 12 and (too small to show) 7 persons."""
    if not MonthVersion.objects.exists():
        pk = {code: unit.pk for code, unit in town.units.items()}
        publish(
            people(pk["BUF-SOL"], 20, women=9, sick_short=400)
            + people(pk["BUF-TAL"], 12, women=6, sick_short=1600)
            + people(pk["BUF-ANG"], 7, sick_short=800)
        )
    return {"code": "BUF"}


def figure(town: Town) -> dict[str, object]:
    """One figure of the administration."""
    return {**figures(town), "metric": "sick_leave", "sex": "women", "month": "2023-12"}


def person(town: Town) -> dict[str, object]:
    """A person with a role that can be ended."""
    return {"pk": town.people["employee"].pk}


def unit(town: Town) -> dict[str, object]:
    """A unit with small groups for its own line."""
    return {**figures(town), "code": "BUF-GRU"}
