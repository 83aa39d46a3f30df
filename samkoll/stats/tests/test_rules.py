"""The worked numbers of ``docs/rules``: every row is worked out again."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from samkoll.core.text import number
from samkoll.stats.costs import PARTS, Rates, cost
from samkoll.stats.engine.disclosure import protect
from samkoll.stats.engine.facts import MEASURES
from samkoll.stats.engine.hierarchy import Scope, UnitNode
from samkoll.stats.metrics import lookup
from samkoll.stats.tests import world
from samkoll.stats.tests.test_attack import cube_of

RULES = Path(__file__).parents[3] / "docs" / "rules"
MONTHS = list(range(world.FIRST, world.FIRST + 12))


def table(page, first_head):
    """Rows of the page's tables whose first column has that head."""
    rows, wanted = [], False
    for line in (RULES / page).read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|"):
            wanted = False
        elif cells[0] == first_head:
            wanted = True
        elif wanted and not cells[0].startswith("---"):
            rows.append(cells)
    return rows


def shown(metric, **sums):
    known = lookup(metric)
    value = known.value(dict.fromkeys(MEASURES, 0) | sums, months=12)
    assert value is not None
    return number(value, known.terms.decimals).replace("\u202f", "")


@pytest.mark.parametrize("page", ["sick-leave.md", "rolling-windows-and-rounding.md"])
def test_sick_leave_rows(page):
    rows = table(page, "metric")
    assert rows
    for metric, group, sick, ordinary, expected in rows:
        part = "sick_long" if metric == "sick_leave_long" else "sick_short"
        sums = {part: int(sick), "ordinary": int(ordinary)}
        assert shown(metric, **sums) == expected, group


PAGES = ("sick-leave", "turnover", "distinct", "cost-of-sick-leave", "headcount")


@pytest.mark.parametrize("page", PAGES)
def test_rows_with_named_sums(page):
    rows = table(f"{page}.md", "figure")
    assert rows
    for key, sums, expected in rows:
        given = {name: int(text) for name, text in (each.split("=") for each in sums.split())}
        metric = lookup(key)
        assert set(given) == set(metric.expression.measures), key
        value = metric.value(given, months=12)
        text = "–" if value is None else number(value, metric.terms.decimals)
        assert text.replace("\u202f", "") == expected, (key, sums)


def test_cost_rows():
    share = {"sick_pay": "0.8", "deduction": "0.2", "supplement": "0.1", "holiday": "0.12"}
    share |= {"fee": "0.3142", "replaced": "0.5", "replacement_pay": "1.1"}
    year = Rates(
        **{n: Decimal(t) for n, t in (share | {"hourly_pay": "200", "week_hours": "40"}).items()}
    )
    rows = table("cost-of-sick-leave.md", "hours day 1–14")
    assert rows
    for short, long, occasions, *expected in rows:
        hours = {"sick_short": int(short) * 100, "sick_long": int(long) * 100}
        found = cost(hours | {"occasions": int(occasions)}, year)
        assert [round(found[part] / 100) for part in PARTS] == [int(each) for each in expected]


def test_turnover_rows():
    rows = table("turnover.md", "metric")
    assert rows
    for metric, group, left, average, expected in rows:
        assert shown(metric, departures=int(left), permanent=int(average) * 12) == expected, group


def test_hours_rows():
    rows = table("hours.md", "metric")
    assert rows
    for metric, group, additional, overtime, expected in rows:
        sums = {"additional": int(additional), "overtime": int(overtime)}
        assert shown(metric, **sums) == expected, group


def test_small_group_rows():
    rows = table("small-groups.md", "unit")
    ids = {code: number for number, (code, *_) in enumerate(rows, 1)}
    units = [UnitNode(ids[c], ids.get(above), kind, c, c) for c, above, kind, *_ in rows]
    people = [
        world.row(person=ids[code] * 1000 + n, unit=ids[code], month=month, sex=1 + n % 2)
        for code, _, _, placed, *_ in rows
        for n in range(int(placed))
        for month in MONTHS
    ]
    cube = cube_of(world.World(units, {}, [], people, MONTHS))
    protection = protect(cube, "persons")
    for code, _, _, _, below, decision in rows:
        scope = Scope(unit=ids[code])
        assert cube.sums(scope, "total", MONTHS[0], MONTHS[-1]).sizes["persons"] == int(below)
        assert protection.state(scope, "total", MONTHS[-1]) == decision, code
