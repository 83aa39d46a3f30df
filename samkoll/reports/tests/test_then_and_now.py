"""Pinned figures beside those of today: told, marked or silent. docs/rules/then-and-now.md."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from django.conf import settings

from samkoll.core.months import Month
from samkoll.reports import building, figure_page, then_and_now
from samkoll.reports.figures import FigureKey
from samkoll.reports.models import Report
from samkoll.reports.tests import facts
from samkoll.reports.tests.conftest import ACTOR, PEOPLE, TODAY
from samkoll.stats import queries as stats
from samkoll.stats import services
from samkoll.stats.engine.changed import Differences
from samkoll.stats.engine.facts import COLUMNS, MAN, WOMAN
from samkoll.stats.engine.hierarchy import Scope
from samkoll.stats.facts import SnapshotWriter
from samkoll.stats.tests.filing import number

pytestmark = pytest.mark.django_db
DECEMBER = Month.of(2023, 12)
WORD = "Med dagens underlag"
MARKED = "Har ändrats efter uttaget"


def correct(town, changed, *, moved=None):
    """December anew: so many (women, men) of each unit were ill for half of their hours.

    ``moved``: (from, to, how many women) have the other unit in the corrected month.
    """
    batch = number()
    rows = []
    for code, counts in PEOPLE.items():
        for sex, count in zip((WOMAN, MAN), counts, strict=True):
            wrong = changed.get(code, (0, 0))[sex - 1]
            for n in range(count):
                row = list(facts._row(town.units[code].pk, DECEMBER.index, sex, n))
                if n < wrong:
                    row[NAMES.index("sick_long")] = 8000
                if moved and code == moved[0] and sex == WOMAN and n < moved[2]:
                    row[NAMES.index("unit")] = town.units[moved[1]].pk
                rows.append(tuple(row))
    frame = pl.DataFrame(rows, {n: facts.KINDS[k] for n, k in COLUMNS}, orient="row")
    metadata = {"source": "payroll", "convention": "day_split", "batch": batch}
    with SnapshotWriter(Path(settings.FACTS), metadata) as writer:
        writer.write(frame.sort("month", "unit", "sex"))
        staged = writer.finish()
    services.publish(staged, batch=batch, actor=ACTOR, now=facts.NOW)


NAMES = [name for name, _kind in COLUMNS]


def context(report):
    return building.gather([report.pk], produced_on=TODAY)[report.pk]


def page_of(report, figure="sick_leave.total.2023-12"):
    page = figure_page.of(context(report), figure)
    assert page is not None
    return page


def told(report, figure="sick_leave.total.2023-12"):
    page = page_of(report, figure)
    fact = next((fact for fact in page.facts if fact.label == WORD), None)
    assert fact is None or (fact.note and not fact.url)
    return str(fact.text) if fact else ""


def test_nothing_is_said_while_nothing_has_changed(extracted):
    assert told(extracted["GSN"]) == ""
    assert then_and_now.link(extracted["GSN"]) == ""


def test_a_correction_of_many_is_told_with_its_value(town, extracted):
    correct(town, {"BUF-SOL": (30, 20), "BUF-ANG": (25, 15), "KSF-INT": (20, 25)})
    report = extracted["GSN"]
    now = stats.figure(report_scope(report), "sick_leave", "total", DECEMBER, stats.current_facts())
    assert now.text != "8,1" and told(report).startswith(now.text)
    assert told(extracted["KS"], "sick_leave.women.2023-12") not in ("", MARKED)
    table = then_and_now.table(context(report), building.document(report.pk, produced_on=TODAY))
    assert len(table.rows) == 2
    assert then_and_now.link(report).endswith("/andrade-siffror/")
    pinned = context(report).figures.shown(report_scope(report), "sick_leave", "total", DECEMBER)
    assert str(pinned.value) == "8.1"


def report_scope(report):
    return Scope(unit=report.unit_id, board=report.board_id)


CASES = {
    "everybody in both schools and at KSF": {
        "BUF-SOL": (30, 20), "BUF-ANG": (25, 15), "KSF-INT": (20, 25),
    },
    "six women at Solskolan": {"BUF-SOL": (6, 0)},
    "everybody at KSF": {"KSF-INT": (20, 25)},
}  # fmt: skip
PAGE = Path(__file__).parents[3] / "docs" / "rules" / "then-and-now.md"


def worked():
    """The worked numbers of the page: (what is corrected, GSN, the municipality)."""
    text = PAGE.read_text(encoding="utf-8").partition("| corrected |")[2].partition("\n\n")[0]
    lines = text.splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


@pytest.mark.parametrize("row", worked(), ids=lambda row: row[0])
def test_the_worked_numbers_of_the_page(town, extracted, row):
    case, *said = row
    correct(town, CASES[case])
    for code, words in zip(("GSN", "EXK"), said, strict=True):
        found = told(extracted[code])
        kind = "only marked" if found == MARKED else "new value" if found else "nothing"
        assert words.startswith(kind), code


def test_a_correction_of_few_is_only_marked(town, extracted):
    correct(town, {"BUF-SOL": (6, 0)})
    assert told(extracted["GSN"]) == MARKED
    assert told(extracted["EXK"]) == MARKED
    page = page_of(extracted["GSN"])
    assert str(page.facts[0].text).startswith("8,1")


def test_the_rest_of_a_whole_is_protected_as_well(town, extracted):
    """Twenty at KSF and six in the schools: the municipality's less KSF's would tell of six."""
    correct(town, {"BUF-SOL": (6, 0), "KSF-INT": (20, 25)})
    tellings = [told(extracted[code]) for code in ("KS", "EXK")]
    assert MARKED in tellings


def test_protected_figures_stay_silent(town, extracted):
    correct(town, {"BUF-TAL": (40, 4), "BUF-SOL": (30, 20)})
    report = extracted["FSN"]
    page = page_of(report, "sick_leave.men.2023-12")
    assert page.notice and WORD not in [fact.label for fact in page.facts]
    document = building.document(report.pk, produced_on=TODAY)
    table = then_and_now.table(context(report), document)
    assert not [row for row in table.rows if "män" in str(row.cells[0].text)]


def test_what_others_changes_do_not_touch_is_left_out(town, extracted):
    correct(town, {"KSF-INT": (20, 25)})
    assert told(extracted["GSN"]) == ""
    assert then_and_now.Today(context(extracted["GSN"])).moved(
        FigureKey("turnover", "total", DECEMBER)
    ) is None  # fmt: skip


def test_whoever_moved_is_counted_once(town, extracted):
    """Six women moved: they leave and enter, and are still six."""
    correct(town, {}, moved=("BUF-SOL", "BUF-ANG", 6))
    pinned = stats.facts_from_refs(Report.objects.get(pk=extracted["GSN"].pk).facts)
    now = stats.current_facts()
    found = Differences(pinned, now, now.statistics.cube.hierarchy)
    scope = Scope(unit=town.units["BUF"].pk)
    assert not found.shown(("ordinary",), scope, "total", DECEMBER.index)
    assert not found.shown(("sick_60",), scope, "total", DECEMBER.index)
