"""The steps of reports that are due soon, for the morning's mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from samkoll.reports.chain import awaited, dues, people, queries
from samkoll.reports.chain.awaited import Party
from samkoll.reports.models import Report, Status, StepDue


@dataclass(frozen=True, slots=True)
class DueReport:
    """A step that waits for one person; ``user`` is None for somebody without an account."""

    person: int
    user: int | None
    unit: str
    day: date


def due_soon(*, today: date, until: date) -> list[DueReport]:
    """Every step with a last day not after ``until``, for each person who is awaited for it.

    At most fifteen queries, whatever the number of reports.
    """
    years = StepDue.objects.filter(day__lte=until).values("year")
    waits = ~Q(status__in=(Status.HANDED_IN, Status.PUBLISHED))
    dated = Q(due__lte=until) | Q(year__in=years)
    found = Report.objects.current().filter(waits & dated)
    if not (rows := list(found.select_related("template", "unit", "board"))):
        return []
    set_days, standings = dues.days({row.year for row in rows}), queries.standings(rows)
    asked: dict[tuple[int, Party], tuple[Report, date]] = {}
    for row in rows:
        for each in awaited.awaited(standings[row.pk]):
            day = dues.due_of(row, each.due, set_days)
            if day and day <= until:
                asked[row.pk, each.party] = row, day
    pairs = [(row, party) for (_pk, party), (row, _day) in asked.items()]
    persons = people.awaited_people(pairs, today)
    return [
        DueReport(person.pk, person.user_id, row.unit.name, day)
        for key, (row, day) in asked.items()
        for person in persons[key]
    ]
