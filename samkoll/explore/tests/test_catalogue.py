"""The pages of the metric catalogue and of limits and costs."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.urls import reverse

from samkoll.audit.models import Change
from samkoll.explore import catalogue
from samkoll.explore.tests import walk_catalogue as walk
from samkoll.stats import metrics
from samkoll.stats.models import CostYear, Limit
from samkoll.stats.tests.filing import people, publish

pytestmark = pytest.mark.django_db

COSTS = {**walk.PAID, "source-fee": "Skatteverket", "checked_on": "2024-01-10"}


@pytest.fixture
def browse(client, town):
    """A browser of somebody."""

    def signed_in(who):
        client.force_login(town.user(who))
        return client

    return signed_in


def test_every_metric_stands_in_the_catalogue_once(town):
    shown = [row.cells[0].url for shelf in catalogue.shelves() for row in shelf.table.rows]
    expected = [reverse("explore:metric", args=[m.key]) for m in metrics.catalogue()]
    assert sorted(shown) == sorted(expected)


@pytest.mark.parametrize(
    ("asked", "found"),
    [("sex tillfällen", 1), ("ÖVERTID", 4), ("turnover_state", 1), ("ingenting", 0)],
)
def test_the_catalogue_is_searched_by_all_words(asked, found):
    assert sum(len(shelf.table.rows) for shelf in catalogue.shelves(asked)) == found


@pytest.mark.parametrize("one", metrics.catalogue(), ids=lambda m: m.key)
def test_every_metric_has_a_page_without_facts(town, one):
    page = catalogue.page_of(one)
    assert page.definition
    assert all(str(fact.text) for fact in page.facts)
    assert page.history.rows


def test_a_page_tells_the_latest_figure_and_who_uses_it(browse, town):
    publish(people(town.units["KSF-INT"].pk, 30, sick_short=800))
    text = browse("employee").get(reverse("explore:metric", args=["sick_leave"])).text
    assert "R12 2023-12" in text
    assert "5,0\u00a0%" in text
    assert "Enheternas sidor" in text
    assert "matt=sick_leave" in text


def test_a_metric_that_does_not_exist_has_no_page(browse, town):
    url = reverse("explore:metric", args=["sick_leav"])
    assert browse("employee").get(url).status_code == HTTPStatus.NOT_FOUND


def test_who_may_not_change_reads_and_sees_why(browse, town):
    walk.both(town)
    text = browse("employee").get(reverse("explore:parameters")).text
    assert "Kollektivavtal om arbetstid" in text
    assert "Skatteverket" in text
    assert "HR-strateg" in text
    assert reverse("explore:new_limit") not in text


def test_a_limit_is_written_on_its_page(browse, town):
    form = {
        "kind": "overtime_year",
        "valid_from": "2024-01-01",
        "hours": "150,5",
        "source": "Avtal",
    }
    answer = browse("hr_strategist").post(reverse("explore:new_limit"), form)
    assert answer.status_code == HTTPStatus.FOUND
    kept = Limit.objects.get()
    assert (str(kept.hours), kept.source) == ("150.50", "Avtal")
    assert Change.objects.filter(action="stats.limit_kept").exists()


@pytest.mark.parametrize(
    "wrong", [{"valid_from": "2024-01-15"}, {"hours": "0"}, {"hours": "många"}]
)
def test_a_limit_that_cannot_be_kept_comes_back_as_typed(browse, town, wrong):
    form = {"kind": "overtime_year", "valid_from": "2024-01-01", "hours": "150", "source": "Avtal"}
    answer = browse("hr_strategist").post(reverse("explore:new_limit"), form | wrong)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'value="Avtal"' in answer.text
    assert not Limit.objects.exists()


def test_costs_are_written_and_come_back_as_typed_when_wrong(browse, town):
    client, url = browse("hr_strategist"), reverse("explore:cost_year", args=[2024])
    answer = client.post(url, COSTS | {"fee": "trettio"})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'value="Skatteverket"' in answer.text
    assert client.post(url, COSTS).status_code == HTTPStatus.FOUND
    row = CostYear.objects.get(year=2024)
    assert (str(row.fee), row.sources) == ("31.42", {"fee": "Skatteverket"})


def test_a_new_year_starts_from_the_one_before(browse, town):
    walk.year(town)
    text = browse("hr_strategist").get(reverse("explore:cost_year", args=[2025])).text
    assert 'value="200,00"' in text
    assert "Lönesystemet" in text


def test_the_catalogue_asks_the_database_for_nothing_of_its_own(town, django_assert_num_queries):
    with django_assert_num_queries(0):
        catalogue.shelves("övertid")
