"""What an organisation file would change."""

from __future__ import annotations

from datetime import date

from samkoll.org.importing.lines import read_lines
from samkoll.org.importing.plan import Plan, make_plan
from samkoll.org.importing.sheet import read_sheet
from samkoll.org.importing.tree import Known, Node
from samkoll.org.models import BoardUnit, Succession, Unit
from samkoll.org.queries.finding import current_boards


def preview(content: bytes, day: date) -> Plan:
    """What an organisation file would change, or its faults. Raises: FileUnreadable."""
    lines, faults = read_lines(read_sheet(content))
    if faults:
        return Plan(faults=tuple(sorted(faults)))
    return make_plan(lines, _known(), day=day)


def _known() -> Known:
    served = {
        row.unit_id: row for row in BoardUnit.objects.filter(valid_to=None).select_related("board")
    }
    units = list(Unit.objects.all())
    keys = {unit.pk: (unit.code, unit.valid_from) for unit in units}
    nodes = {}
    for unit in units:
        serving = served.get(unit.pk)
        nodes[keys[unit.pk]] = Node(
            code=unit.code,
            name=unit.name,
            kind=unit.kind,
            starts=unit.valid_from,
            ends=unit.valid_to,
            parent=keys[unit.parent_id] if unit.parent_id else None,
            board=serving.board.code if serving else "",
            board_since=serving.valid_from if serving else None,
        )
    pairs = Succession.objects.values_list("predecessor", "successor")
    return Known(
        units=nodes,
        boards={board.code: board.name for board in current_boards()},
        successions=frozenset((keys[old], keys[new]) for old, new in pairs),
    )
