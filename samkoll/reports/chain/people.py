"""The people behind the parties: who is to be reminded of what waits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from samkoll.core.fields import valid_on
from samkoll.org import queries as org
from samkoll.org.models import Person, RoleAssignment, UnitPath
from samkoll.reports import policies
from samkoll.reports.chain.awaited import Party
from samkoll.reports.models import Report

Asked = tuple[Report, Party]
_HELD = {Party.SAFETY: "report:comment", Party.SECRETARY: "report:register"}


def awaited_people(asked: Iterable[Asked], today: date) -> dict[tuple[int, Party], list[Person]]:
    """Who is meant by a party of a report, by report and party.

    Units and administrations are led by somebody; the rest hold a role there. At most ten queries.
    """
    rows = list(asked)
    units = {report.unit_id for report, _party in rows}
    leaders = org.in_charge(units, today)
    permissions = {_permission(report, party) for report, party in rows} - {""}
    holders = {each: _holders(each, units, today) for each in sorted(permissions)}
    found: dict[tuple[int, Party], list[Person]] = {}
    for report, party in rows:
        permission = _permission(report, party)
        leader = leaders.get(report.unit_id)
        leading = [leader] if leader else []
        people = holders[permission].get(report.unit_id, []) if permission else leading
        found[report.pk, party] = people
    return found


def _permission(report: Report, party: Party) -> str:
    """The permission that says who it is; empty where it is whoever leads the unit."""
    whole = "report:municipal" if policies.of_the_whole(report) else ""
    return _HELD.get(party, whole)


def _holders(permission: str, units: Iterable[int], today: date) -> dict[int, list[Person]]:
    """Who has a permission at each unit, by role there, above it or for a safety area."""
    assignments = (
        RoleAssignment.objects.filter(valid_on(today), role__in=org.roles_with(permission))
        .select_related("person", "safety_area")
        .prefetch_related("safety_area__units")
        .order_by("person__name", "pk")
    )
    whole: dict[int, list[Person]] = defaultdict(list)
    alone: dict[int, list[Person]] = defaultdict(list)
    for row in assignments:
        if row.safety_area:
            for unit in row.safety_area.units.all():
                whole[unit.pk].append(row.person)
        elif row.unit_id:
            (whole if row.with_subtree else alone)[row.unit_id].append(row.person)
    found: dict[int, list[Person]] = defaultdict(list)
    paths = UnitPath.objects.filter(descendant__in=[*units])
    for below, above in paths.values_list("descendant", "ancestor"):
        here = whole[above] + (alone[above] if above == below else [])
        found[below] += [person for person in here if person not in found[below]]
    return found
