"""Plans and briefs: opening them, measures, what their documents and figure pages show."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from samkoll.audit.services import CommandLine
from samkoll.core.months import Month
from samkoll.documents.content import Heading, Table
from samkoll.reports import briefs, building, composition, plans, registers, services
from samkoll.reports.figures import GroupShown, Shown
from samkoll.reports.material import PlannedMeasure
from samkoll.reports.models import Measure, Report, SectionState
from samkoll.reports.plans import MeasureInput
from samkoll.reports.tests import facts, paper
from samkoll.reports.tests.conftest import PEOPLE, TODAY

ACTOR = CommandLine()


def table(document, caption):
    return next(
        b for b in document.blocks if isinstance(b, Table) and b.caption.startswith(caption)
    )


def texts(found):
    return [[cell.text for cell in row.cells] for row in found.rows]


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


def shown(value):
    return Shown(None, "protected") if value is None else Shown(Decimal(value), "shown")


def measure(heading, form, name, **values):
    empty = dict.fromkeys(("done", "plan", "time_plan", "responsible", "health_factor"), "")
    return PlannedMeasure(heading=heading, form=form, form_name=name, **(empty | values))


def plan(figures=None, **changes):
    values = {"form": paper.form("plan"), "unit_name": "Exempelkommunen", "board_id": None}
    return composition.document(
        paper.context(paper.board(board_name="", **(values | changes)), figures)
    )


MEASURES = (
    measure("Prioritera tid", "ongoing", "Löpande verksamhet", time_plan="Löpande."),
    measure("Ny process", "process", "Process", done="Steg ett är klart.", plan="Steg två."),
    measure("Friskfaktorer", "project", "Projekt", time_plan="Från 2024-09-01"),
)


def test_the_table_stands_by_work_form_and_the_chapters_in_the_plans_own_order():
    document = plan(measures=MEASURES)
    assert texts(table(document, "Åtgärder efter arbetsform")) == [
        ["Friskfaktorer", "Projekt", "Från 2024-09-01"],
        ["Ny process", "Process", "Inte angiven"],
        ["Prioritera tid", "Löpande verksamhet", "Löpande."],
    ]
    chapters = [b.text for b in document.blocks if isinstance(b, Heading) and b.level == 2]
    assert chapters[:3] == ["Prioritera tid", "Ny process", "Friskfaktorer"]


def test_staff_groups_stand_by_their_figure_and_a_protected_group_has_no_place():
    def group(name, employees, women, *values):
        return GroupShown(name, shown(employees), shown(women), tuple(map(shown, values)))

    figures = paper.PaperFigures(
        staff_groups=(
            group("Barnskötare", 741, 90, "13.2", "5.1", "8.1"),
            group("Fältsekreterare", None, None, None, None, None),
            group("Stödpedagog", 20, None, "16.9", "4.8", "12.2"),
        )
    )
    found = table(plan(figures), "Personalgrupper med högst sjukfrånvaro")
    assert texts(found) == [
        ["Stödpedagog", "20", "..", "16,9", "4,8", "12,2"],
        ["Barnskötare", "741", "90", "13,2", "5,1", "8,1"],
    ]
    assert found.rows[0].cells[3].figure_id.startswith("group.sick_leave.2023-12.")
    assert "saknas även om de har högre värden" in found.notes[0]


def brief(**changes):
    values = {"form": paper.form("brief"), "board_id": None, "board_name": "", "whole_id": 1}
    return paper.board(**(values | changes))


def test_a_brief_shows_its_change_and_the_whole_municipality_beside():
    values = {
        (11, None, "sick_leave", "total", 2023): "4.2",
        (11, None, "sick_leave", "total", 2022): "4.4",
        (1, None, "sick_leave", "total", 2023): "7.7",
    }
    document = composition.document(paper.context(brief(months=4), paper.PaperFigures(values)))
    row = table(document, "Nyckeltal").rows[0]
    assert [cell.text for cell in row.cells] == ["Sjukfrånvaro, %", "4,2", "4,4", "−0,2", "7,7"]
    assert row.cells[4].figure_id == "whole.sick_leave.total.2023-12"
    assert document.subtitle == "Kommunstyrelsens förvaltning, september–december 2023"


def test_the_municipalitys_brief_has_no_column_beside():
    document = composition.document(paper.context(brief(unit_id=1, months=1)))
    assert len(table(document, "Nyckeltal").columns) == 4
    assert document.subtitle.endswith(", december 2023")


@pytest.fixture
def paid(town):
    facts.publish(town, PEOPLE)
    return town


def opened_plan(town):
    return plans.create_plan(
        unit=town.units["EXK"], year=2024, month=Month.of(2023, 12), actor=ACTOR, now=facts.NOW
    )


def test_a_plan_is_opened_once_on_pinned_figures(paid):
    report = opened_plan(paid)
    assert report.facts and report.title == "Redogörelse och åtgärdsplan 2024"
    with pytest.raises(services.ReportExists):
        opened_plan(paid)
    assert building.document(report.pk, produced_on=TODAY).title.endswith("åtgärdsplan 2024")


def test_a_brief_needs_a_month_that_ends_a_tertial_and_its_facts(paid):
    unit, now = paid.units["BUF"], facts.NOW
    with pytest.raises(briefs.NotATertial):
        briefs.create_brief(unit=unit, month=Month.of(2023, 11), months=4, actor=ACTOR, now=now)
    with pytest.raises(services.NoFacts):
        briefs.create_brief(unit=unit, month=Month.of(2024, 4), actor=ACTOR, now=now)
    report = briefs.create_brief(
        unit=unit, month=Month.of(2023, 12), months=4, actor=ACTOR, now=now
    )
    document = building.document(report.pk, produced_on=TODAY)
    assert document.short and "september–december 2023" in document.subtitle


def test_changing_a_measure_ends_the_signatures_of_the_sections_that_show_it(paid):
    report, director = opened_plan(paid), paid.user("director")
    first = plans.save_measure(
        report_id=report.pk, typed=MeasureInput("Ett", "project"), actor=ACTOR, today=TODAY
    )
    second = plans.save_measure(
        report_id=report.pk, typed=MeasureInput("Två", "process"), actor=ACTOR, today=TODAY
    )
    SectionState.objects.filter(report=report).update(signed_by="Test director")
    plans.move_measure(report_id=report.pk, measure_id=second.pk, up=True, actor=ACTOR, today=TODAY)
    assert [m.heading for m in Measure.objects.filter(report=report)] == ["Två", "Ett"]
    assert not SectionState.objects.filter(report=report).exclude(signed_by="").exists()
    with pytest.raises(plans.BadMeasure):
        plans.save_measure(
            report_id=report.pk, typed=MeasureInput(" ", "project"), actor=ACTOR, today=TODAY
        )
    with pytest.raises(PermissionDenied):
        plans.remove_measure(report_id=report.pk, measure_id=first.pk, actor=director, today=TODAY)


def test_the_strategist_writes_a_plan_in_the_web(paid, client):
    client.force_login(paid.user("hr_strategist"))
    unit = str(paid.units["EXK"].pk)
    typed = {"unit": unit, "month": "2023-12", "year": "2024"}
    assert client.post(reverse("reports:plans"), {**typed, "month": "2023"}).status_code == 422
    response = client.post(reverse("reports:plans"), typed)
    report = Report.objects.get()
    assert response.url == reverse("reports:measures", args=[report.pk])
    new = reverse("reports:measure_new", args=[report.pk])
    assert client.post(new, {"heading": "", "form": "project"}).status_code == 422
    assert client.post(new, {"heading": "Ny process", "form": "process"}).status_code == 302
    page = text(client.get(reverse("reports:read", args=[report.pk])))
    assert "Ny process" in page
    made = Measure.objects.get()
    step = reverse("reports:measure_move", args=[report.pk, made.pk])
    assert client.post(step, {"step": "remove"}).status_code == 302
    assert not Measure.objects.exists()


def test_an_administration_makes_its_own_brief_and_others_read_it_below(paid, client):
    client.force_login(paid.user("director"))
    page = reverse("reports:briefs")
    unit = str(paid.units["BUF"].pk)
    assert client.post(page, {"unit": unit, "month": "2023-12", "months": "1"}).status_code == 302
    report = Report.objects.get()
    for name in ("sick_leave.total.2023-12", "whole.sick_leave.total.2023-12"):
        figure = client.get(reverse("reports:figure", args=[report.pk, name]))
        assert figure.status_code == 200, name
    count = client.get(reverse("reports:figure", args=[report.pk, "register.overdue_actions"]))
    assert "Försenade åtgärder" in text(count)
    client.force_login(paid.user("manager"))
    assert str(report) in text(client.get(reverse("reports:read", args=[report.pk])))
    assert "Nytt arbetsmiljöbrev" not in text(client.get(page))


def test_the_registers_are_read_in_as_many_queries_for_every_unit(paid, count_queries):
    one = count_queries(lambda: registers.of([paid.units["BUF"].pk], date(2024, 5, 1)))
    every = [unit.pk for unit in paid.units.values()]
    assert count_queries(lambda: registers.of(every, date(2024, 5, 1))) == one
