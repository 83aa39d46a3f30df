"""Figures of the whole catalogue: worked values, what is missing and why, and who sees what."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from samkoll.audit.models import Change
from samkoll.audit.services import CommandLine
from samkoll.core.months import Month, Window
from samkoll.stats import queries, services
from samkoll.stats.engine.facts import OPTIONAL
from samkoll.stats.engine.hierarchy import Scope
from samkoll.stats.models import Limit, LimitKind
from samkoll.stats.tests.filing import LAST, people, publish

pytestmark = pytest.mark.django_db

TODAY = date(2024, 5, 15)
ME = CommandLine()
KNOWS = ",".join(OPTIONAL)
AMOUNTS_2023 = {
    "hourly_pay": Decimal(200),
    "week_hours": Decimal(40),
    "sick_pay": Decimal(80),
    "deduction": Decimal(20),
    "supplement": Decimal(10),
    "holiday": Decimal(12),
    "fee": Decimal("31.42"),
    "replaced": Decimal(50),
    "replacement_pay": Decimal(110),
}


@pytest.fixture
def staffed(town):
    """Internservice: 20 well, 12 with an occasion of 8 hours every month; led by one of them."""
    units = {code: unit.pk for code, unit in town.units.items()}
    boss = units["KSF-INT"] * 10_000 + 1
    ill = {"sick_short": 800, "sick_days": 1, "occasions": 1, "sick_60": 200}
    publish(
        people(units["KSF-INT"], 20, women=13, manager=boss)
        + people(units["KSF-INT"], 12, start=500, manager=boss, overtime=5_100, **ill)
        + people(units["BUF-SOL"], 40),
        knows=KNOWS,
    )
    return units


def ask(place, metric, month=LAST, audience="published", **more):
    return queries.figure(
        Scope(unit=place), metric, "total", month, queries.current_facts(), audience, **more
    )


@pytest.mark.parametrize(
    ("metric", "text"),
    [
        ("sick_leave_60", "25,0"),
        ("sick_days", "4,5"),
        ("sick_occasions", "4,50"),
        ("without_sick_leave", "62,5"),
        ("repeated_short", "12"),
        ("repeated_share", "37,5"),
        ("over_overtime_year", "12"),
        ("over_overtime_month", "12"),
        ("over_additional_year", "0"),
        ("full_time_share", "100,0"),
        ("turnover_november", "0,0"),
        ("turnover_opening", "0,0"),
        ("turnover_least", "0,0"),
        ("turnover_state", "0,0"),
        ("internal_turnover", "0,0"),
        ("sick_hours", "1 152"),
    ],
)
def test_the_figures_of_a_unit(staffed, metric, text):
    found = ask(staffed["KSF-INT"], metric)
    assert (found.state, found.text.replace("\u202f", " ")) == ("shown", text), found.reason


def test_who_leads_few_is_seen_by_nobody_else(staffed):
    """One manager in the municipality: the span is protected, whatever the number of the led."""
    assert ask(staffed["EXK"], "span_of_control").state == "protected"
    assert ask(staffed["EXK"], "managers_in_span", audience="internal").state == "protected"


def test_a_column_that_the_payroll_does_not_know_makes_no_figure(staffed):
    publish(people(staffed["KSF-INT"], 30, first=LAST), batch="2", knows="sick_60")
    for metric, word in (
        ("sick_occasions", "sjukfrånvarotillfällen"),
        ("repeated_short", "sjukfrånvarotillfällen"),
        ("span_of_control", "närmaste chef"),
    ):
        found = ask(staffed["KSF-INT"], metric)
        assert (found.state, found.value) == ("missing", None)
        assert word in found.reason
    assert ask(staffed["KSF-INT"], "sick_leave_60").state == "shown"


def test_what_looks_at_the_month_before_needs_it(staffed):
    """Two years of facts: the first window has nothing before it."""
    for metric in ("turnover_opening", "turnover_least", "internal_turnover"):
        assert ask(staffed["KSF-INT"], metric, LAST - 12).state == "missing"
    assert ask(staffed["KSF-INT"], "turnover_november", LAST - 12).state == "shown"


def test_what_counts_persons_has_one_window(staffed):
    quarter = Window(LAST - 2, LAST)
    assert ask(staffed["KSF-INT"], "repeated_short", window=quarter).state == "missing"
    assert ask(staffed["KSF-INT"], "hired", window=quarter).state == "shown"


def test_the_year_so_far_begins_in_january(staffed):
    found = ask(staffed["KSF-INT"], "over_overtime_year", Month.of(2023, 3))
    assert found.window == Window(Month.of(2023, 1), Month.of(2023, 3))
    assert found.text == "0"


def test_a_limit_holds_from_its_month(staffed):
    limit = {
        "kind": LimitKind.OVERTIME_YEAR,
        "valid_from": date(2023, 1, 1),
        "hours": Decimal(1000),
        "source": "Kollektivavtal",
        "checked_on": None,
    }
    kept = services.save_limit(limit_id=None, values=limit, actor=ME, today=TODAY)
    assert ask(staffed["KSF-INT"], "over_overtime_year").text == "0"
    assert ask(staffed["KSF-INT"], "over_overtime_year", LAST - 12).text == "12"
    services.remove_limit(limit_id=kept.pk, actor=ME, today=TODAY)
    assert ask(staffed["KSF-INT"], "over_overtime_year").text == "12"


def test_a_limit_is_changed_in_its_place_and_logged(town):
    limit = {
        "kind": LimitKind.OVERTIME_MONTH,
        "valid_from": date(2023, 1, 1),
        "hours": Decimal(50),
        "source": "",
        "checked_on": None,
    }
    kept = services.save_limit(limit_id=None, values=limit, actor=ME, today=TODAY)
    values = limit | {"hours": Decimal(48)}
    services.save_limit(limit_id=kept.pk, values=values, actor=ME, today=TODAY)
    log = Change.objects.filter(action="stats.limit_kept").latest("pk")
    assert (log.before, log.after) == ({"hours": "50.00"}, {"hours": "48"})
    with pytest.raises(services.LimitTaken):
        services.save_limit(limit_id=None, values=limit, actor=ME, today=TODAY)
    with pytest.raises(PermissionDenied):
        services.save_limit(limit_id=None, values=limit, actor=town.user("manager"), today=TODAY)
    assert Limit.objects.count() == 1


def keep_costs(year=2023, **changed):
    return services.save_cost_year(
        year=year,
        amounts=AMOUNTS_2023 | changed,
        sources={"fee": "Skatteverket", "sick_pay": ""},
        checked_on=None,
        actor=ME,
        today=TODAY,
    )


def test_costs_are_worked_out_with_the_year_s_own_parameters(staffed):
    """docs/rules/cost-of-sick-leave.md: Internservice has the same hours as the example."""
    assert "Kostnader saknas" in ask(staffed["KSF-INT"], "cost_direct").reason
    row = keep_costs()
    assert row.sources == {"fee": "Skatteverket"}
    found = {name: ask(staffed["KSF-INT"], f"cost_{name}").text for name in ("short", "long")}
    assert found == {"short": "0", "long": "0"}
    assert ask(staffed["KSF-INT"], "cost_replacement").text == "187"


def test_a_cost_over_two_years_uses_both(staffed):
    keep_costs(2022, hourly_pay=Decimal(100))
    keep_costs()
    month = Month.of(2023, 6)
    assert ask(staffed["KSF-INT"], "cost_replacement", month).text == "140"
    assert ask(staffed["KSF-INT"], "cost_replacement", LAST - 12).text == "93"


def test_twenty_figures_of_persons_ask_the_database_what_two_ask(staffed, count_queries):
    def some(times):
        facts = queries.current_facts()
        for _ in range(times):
            queries.figure(Scope(unit=staffed["EXK"]), "over_overtime_year", "total", LAST, facts)

    assert count_queries(lambda: some(2)) == count_queries(lambda: some(20))
