"""The pages of chance and forecasts: sentences, tables, files, and nothing of a small group."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samkoll.explore import chance, services
from samkoll.explore import forecast as forecasting
from samkoll.explore.forecast import NotAPeriod
from samkoll.explore.models import Forecast
from samkoll.explore.tests import walk_chance
from samkoll.stats import metrics
from samkoll.stats import queries as stats
from samkoll.stats.forecast import models, plan
from samkoll.stats.forecast.plan import Part, Result
from samkoll.stats.tests.filing import people, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def browse(client, town):
    """A page as an employee reads it, or somebody else."""

    def browse(name, query="", who="employee", status=200):
        client.force_login(town.user(who))
        answer = client.get(reverse(f"explore:{name}") + query)
        assert answer.status_code == status
        return answer.content.decode()

    return browse


def test_a_funnel_names_the_shown_in_alphabetical_order_and_counts_the_hidden(town, browse):
    walk_chance.figures(town)
    page = browse("funnel")
    assert "Ängsskolan" not in page
    assert page.index("Internservice") < page.index("Tallbackens förskola")
    assert "2 grupper visas inte" in page  # seven, and thirty that would give them away
    assert "slumpvariationen" in page
    assert "Bokstavsordning" in page


def test_a_level_where_nothing_can_be_shown_says_so(town, browse):
    publish(people(town.school.pk, 9) + people(town.office.pk, 8))
    assert "Ingen grupp kan visas" in browse("funnel", "?niva=unit")


def test_the_files_hold_what_the_page_shows(town, browse):
    walk_chance.figures(town)
    table = browse("funnel", "?niva=administration&format=csv")
    assert "Barn- och utbildningsförvaltningen;" in table
    assert browse("control", "?enhet=BUF&format=csv").count("\r\n") == 41


def test_the_limits_can_count_in_how_groups_differ(town, browse):
    walk_chance.figures(town)
    assert "Gränserna räknar in" in browse("funnel", "?spridning=med")


def test_an_address_that_makes_no_sense_gives_the_usual_page(town, browse):
    walk_chance.figures(town)
    page = browse("funnel", "?matt=nej&niva=x&manad=1999-01&inom=XYZ")
    assert "R12 2024-04" in page


def test_the_page_asks_as_often_with_many_units_as_with_few(town, browse, count_queries):
    walk_chance.figures(town)
    browse("funnel")
    few = count_queries(lambda: browse("funnel", "?niva=administration"))
    assert count_queries(lambda: browse("funnel", "?niva=unit")) == few


def test_a_control_chart_compares_in_words(town, browse):
    walk_chance.figures(town)
    page = browse("control", "?enhet=BUF")
    assert "Förändringen på ett år" in page
    assert "mot hela kommunen" in page
    assert "extraordinär tid" in page
    assert "Barn- och utbildningsförvaltningen" in page


def test_a_small_group_has_no_control_chart_and_no_unit_is_a_fault(town, browse):
    walk_chance.figures(town)
    assert "Gruppens månader visas inte" in browse("control", "?enhet=BUF-ANG")
    browse("control", "?enhet=finnsinte", status=422)


def test_two_years_are_needed_for_a_control_chart(town, browse):
    publish(walk_chance.rows(town, first=walk_chance.LAST - 19))
    assert "kräver minst 24 månader" in browse("control")


def test_without_facts_the_pages_say_what_will_be_here(town, browse):
    for name in ("funnel", "control", "forecast"):
        assert "än</p>" in browse(name)


def test_a_forecast_says_the_year_end_its_error_and_its_parts(town, browse):
    walk_chance.forecast(town)
    page = browse("forecast")
    assert "7,0 procent för R12 2024-12" in page
    assert "bara 25 vanliga månader" in page
    assert "0,74, alltså bättre" in page
    assert "Räkna med större osäkerhet" in page
    assert "Barn- och utbildningsförvaltningen" in page
    assert "har ändrats" not in page
    assert "Gör ny prognos" not in page
    assert "8,0 procent för R12" in browse("forecast", "?enhet=BUF")
    assert "För kort." in browse("forecast", "?enhet=KSF")


def test_new_facts_or_other_times_left_out_make_it_out_of_date(town, browse):
    walk_chance.forecast(town)
    actor = town.user("hr_strategist")
    services.change_periods(periods=(), actor=actor, now=walk_chance.MADE)
    assert "har ändrats sedan prognosen gjordes" in browse("forecast")


def test_a_part_that_has_become_protected_is_not_shown(town, browse):
    walk_chance.forecast(town)
    publish(people(town.office.pk, 9, last=walk_chance.LAST, first=walk_chance.FIRST), batch="2")
    page = browse("forecast", "?enhet=BUF")
    assert "8,0 procent" not in page


def test_times_left_out_are_read_line_by_line(town, client):
    client.force_login(town.user("hr_strategist"))
    url = reverse("explore:forecast_periods")
    good = "2020-03 – 2022-03 Pandemin\n2024-02 - 2024-02 Strejk"
    assert client.post(url, {"perioder": good}).status_code == 302
    assert [str(each) for each in forecasting.periods()] == [
        "2020-03 – 2022-03 Pandemin",
        "2024-02 – 2024-02 Strejk",
    ]
    answer = client.post(url, {"perioder": "i fjol"})
    assert answer.status_code == 422
    assert "i fjol" in answer.content.decode()
    with pytest.raises(NotAPeriod, match="slutar innan"):
        forecasting.parse("2022-03 – 2020-03 Fel")


def test_a_forecast_is_ordered_as_a_job_and_kept_with_what_it_stands_on(town, client, monkeypatch):
    walk_chance.figures(town)
    monkeypatch.setattr(models, "is_installed", lambda: True)
    client.force_login(town.user("hr_strategist"))
    assert client.post(reverse("explore:forecast_make")).status_code == 302
    kept: dict[str, object] = {}

    def made(whole, parts, left_out, told):
        kept.update(parts=set(parts), first=min(left_out))
        told(1, 2)
        return Result(1, Part(town.top.pk, 0, "x"), (), ())

    monkeypatch.setattr(plan, "make", made)
    found = services.make_forecast(
        metric="sick_leave",
        actor=town.user("hr_strategist"),
        now=walk_chance.MADE,
        progress=lambda done, total: None,
    )
    assert Forecast.objects.get() == found
    assert found.snapshots == list(stats.current_facts().hashes_of(stats.current_facts().months))
    assert kept == {"parts": {town.education.pk, town.units["KSF"].pk}, "first": 2020 * 12 + 2}


def test_the_levels_are_words_and_the_metrics_can_all_be_held_against_chance():
    assert set(chance.LEVELS) >= {"unit", "administration", "board"}
    assert all(stats.measurable(metrics.lookup(key)) for key in chance.METRICS)
