"""The action plan's table of staff groups: as in the model plan, without the group of eight."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from samkoll.audit.services import CommandLine
from samkoll.core.months import Month
from samkoll.documents.content import Table
from samkoll.org import queries as org
from samkoll.reports import building, plans
from samkoll.reports.models import Kind, Report
from tests.demo.test_staff_groups import TABLE

NOW, LAST = datetime(2024, 9, 12, 12, tzinfo=UTC), Month.of(2024, 4)


@pytest.mark.django_db
def test_the_plans_table_is_that_of_the_model_plan_without_the_group_of_eight():
    report = Report.objects.filter(kind=Kind.PLAN, month=LAST.index).first() or plans.create_plan(
        unit=org.municipality(), year=2024, month=LAST, actor=CommandLine(), now=NOW
    )
    document = building.document(report.pk, produced_on=date(2024, 9, 12))
    found = next(
        block for block in document.blocks
        if isinstance(block, Table) and block.caption.startswith("Personalgrupper")
    )  # fmt: skip
    rows = {row.cells[0].text: tuple(cell.text for cell in row.cells[1:]) for row in found.rows}
    shown = {name: values for name, values in TABLE.items() if name != "Fältsekreterare"}
    assert {name: rows.get(name) for name in shown} == shown
    assert list(rows)[: len(shown)] == list(shown) and "Fältsekreterare" not in rows
