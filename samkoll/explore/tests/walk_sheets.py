"""What the browser and the access matrix look at: the sheets of a month, made for the town."""

from __future__ import annotations

from datetime import UTC, datetime

from samkoll.audit.services import CommandLine
from samkoll.core.months import Month
from samkoll.explore import sheets_services
from samkoll.explore.sheets_models import Sheet, SheetRun
from samkoll.stats.tests.filing import people, publish
from tests.town import Town

NOW = datetime(2024, 5, 15, 12, tzinfo=UTC)
MONTH = Month.of(2023, 12)


def figures(town: Town) -> None:
    """Two schools of which one is too small to show, a preschool and an office; two years."""
    pk = {code: unit.pk for code, unit in town.units.items()}
    publish(
        people(pk["BUF-SOL"], 30, women=18, sick_short=400, sick_long=800)
        + people(pk["BUF-ANG"], 7, women=3, sick_short=1974)  # 12,3 per cent, never shown
        + people(pk["BUF-TAL"], 40, women=22, sick_short=1600, overtime=300)
        + people(pk["KSF-INT"], 25, women=13, sick_long=640, additional=200)
    )


def made(town: Town) -> dict[str, object]:
    """One sheet without making its files: pages only list it."""
    run = SheetRun.objects.create(
        month=MONTH.index, wanted=1, made=1, actor_name="HR", started_at=NOW, finished=True
    )
    sheet = Sheet.objects.create(
        run=run,
        person=town.people["manager"],
        month=MONTH.index,
        units="Solskolan",
        xlsx=b"xlsx",
        pdf=b"pdf",
        made_at=NOW,
    )
    return {"pk": sheet.pk}


def listed(town: Town) -> dict[str, object]:
    """Figures to make sheets of, and a sheet."""
    figures(town)
    made(town)
    return {}


def run(*, mail: bool = True) -> SheetRun:
    """The sheets of every manager of the town."""
    return sheets_services.make(month=MONTH, mail=mail, actor=CommandLine(), now=NOW)
