"""The shipped forms: what they hold, and what the reader refuses."""

from __future__ import annotations

import copy
import json

import pytest

from samkoll.core.errors import DomainError
from samkoll.reports import template_reader
from samkoll.reports.tests import paper

NUMBERS = ["1", "2", *(f"2.{n}" for n in range(1, 12)), "3", "3.1"]


def content():
    return template_reader.source(template_reader.FOLDER / "board-2024.yaml").content


def refused(change):
    broken = copy.deepcopy(content())
    change(broken)
    with pytest.raises(DomainError) as error:
        template_reader.parse(json.dumps(broken))
    return str(error.value)


def test_the_board_form_has_sections_1_to_3_1():
    assert [section.number for section in paper.form("board").sections] == NUMBERS


def test_both_forms_ask_the_same_questions_by_the_same_rules():
    board, municipality = paper.form("board"), paper.form("municipality")
    assert [q for _s, q in board.questions()] == [q for _s, q in municipality.questions()]


@pytest.mark.parametrize(
    ("name", "genitive"), [("Exempelkommunen", "Exempelkommunens"), ("Tranås", "Tranås")]
)
def test_the_name_of_the_municipality_is_a_variable(name, genitive):
    from samkoll.reports.template_data import Words

    question = paper.form("board").question("all_managers_certified")
    assert f"certifierade i {genitive} arbetsmiljöarbete" in Words(name, 2024).fill(question.text)


def test_an_unknown_metric_is_refused_with_the_nearest_name():
    def change(form):
        form["sections"][3]["parts"][0]["rows"][0]["metric"] = "sick_leav"

    assert "sick_leave" in refused(change)


def test_a_key_used_twice_is_refused():
    def change(form):
        form["sections"][1]["key"] = "previous_actions"

    assert "två gånger" in refused(change)


def test_a_rule_that_does_not_exist_is_refused():
    def change(form):
        form["sections"][7]["parts"][0]["questions"][0]["roll_up"] = "majority"

    assert "majority" in refused(change)


def test_a_missing_field_is_refused():
    assert "mallen" in refused(lambda form: form.pop("title"))
