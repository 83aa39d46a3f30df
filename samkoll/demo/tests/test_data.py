"""The rest of the demo's data: whole, and in step with the published figures."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from samkoll.demo.generator.organisation import exempelkommunen

DATA = Path(__file__).parents[1] / "data"
BOARDS = ["FSN", "GSN", "GAN", "KS", "KFN", "NSN", "BTN", "SN", "VON"]
YES_PARTLY_NO = {  # the municipality's proposed answers: which boards deviate
    "rounds_carried_out": {"KS": "partly"},
    "routines_followed": {"KS": "partly"},
    "safety_representatives_took_part": {"GSN": "partly"},
    "measures_fed_back": {"KS": "partly", "GSN": "partly"},
    "all_have_written_task_distribution": {"KS": "no"},
    "all_managers_certified": dict.fromkeys(["KS", "SN", "KFN", "FSN", "GSN"], "no"),
}


def load(name: str):
    return yaml.safe_load((DATA / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def given():
    return load("reports/given.yaml")


@pytest.mark.parametrize(
    ("key", "board", "whole"),
    [("occupational_injuries", 9, 990), ("near_misses", 9, 748), ("completed_events", 2, 1_563)],
)
def test_counts_of_events_are_the_published_ones(given, key, board, whole):
    assert given[key]["KS"][0] == board
    assert sum(values[0] for values in given[key].values()) == whole
    assert list(given[key]) == BOARDS


def test_more_events_than_last_year_in_the_named_boards_only(given):
    for key in ("occupational_injuries", "near_misses"):
        more = {board for board, (now, before) in given[key].items() if now > before}
        assert more == {"VON", "SN", "GAN", "BTN"}
        assert all(now != before for now, before in given[key].values())


def test_no_board_completed_more_events_than_it_had(given):
    for board in BOARDS:
        reported = given["occupational_injuries"][board][0] + given["near_misses"][board][0]
        assert given["completed_events"][board][0] <= reported
        kinds = given["injuries_commuting"][board][0] + given["injuries_accident"][board][0]
        assert kinds <= given["occupational_injuries"][board][0]


def test_answers_deviate_in_the_named_boards_only(given):
    for question, boards in YES_PARTLY_NO.items():
        found = {b: item["answer"] for b, item in given["answers"][question].items()}
        assert found == boards
    no = set(given["answers"]["inspected_by_authority"])
    assert set(BOARDS) - no == {"FSN", "GSN"}
    assert sum(values[0] for values in given["inspections"].values()) == 4
    assert {b for b, v in given["inspections"].items() if v[0]} == {"FSN", "GSN"}
    assert all(item["reason"] for item in given["overrides"].values())


def test_the_open_answer_does_not_decide_the_municipalitys(given):
    """A mixed answer of other boards gives partly, whatever the last one answers."""
    assert given["unanswered"] == {"measures_fed_back": ["NSN"]}
    assert "NSN" not in given["answers"]["measures_fed_back"]
    assert YES_PARTLY_NO["measures_fed_back"]


def test_risks_have_levels_of_the_matrix_and_ended_actions_where_the_text_says():
    boards = load("risks.yaml")["boards"]
    assert set(boards) == set(BOARDS)
    ended = {
        board
        for board, item in boards.items()
        for risk in item["risks"]
        for action in risk.get("previous", [])
        if action["status"] in ("closed", "done")
    }
    assert set(BOARDS) - ended == {"KFN", "GAN"}
    ks = [risk["probability"] * risk["consequence"] for risk in boards["KS"]["risks"]]
    assert ks == [12, 8]
    assert all(any("current" in risk for risk in item["risks"]) for item in boards.values())


def test_actions_that_are_closed_have_a_judged_effect_and_all_a_wanted_one():
    for item in load("risks.yaml")["boards"].values():
        for risk in item["risks"]:
            for action in risk.get("previous", []) + risk.get("current", []):
                assert action["wanted"] and action["responsible"]
                assert ("effect" in action) == (action["status"] == "closed")


def test_every_unit_that_people_and_risks_name_exists():
    codes = {unit.code for unit in exempelkommunen().units if unit.valid_to is None}
    people = load("people.yaml")
    named = {person["unit"] for person in people["users"] + people["safety_representatives"]}
    named |= {role["unit"] for p in people["users"] for role in p["roles"] if "unit" in role}
    named |= {unit for area in people["safety_areas"] for unit in area["units"]}
    named |= {item["unit"] for item in load("risks.yaml")["boards"].values()}
    assert named <= codes


def test_there_is_one_demo_user_for_each_role_and_names_are_obviously_made_up():
    people = load("people.yaml")
    roles = [role["role"] for person in people["users"] for role in person["roles"]]
    assert len(set(roles)) == len(people["users"]) == 13
    assert all(person["name"].startswith("Demo ") for person in people["users"])


def test_every_board_and_the_municipality_has_its_own_texts():
    texts = load("reports/texts.yaml")
    assert list(texts) == ["KS", "FSN", "GSN", "GAN", "KFN", "NSN", "BTN", "SN", "VON", "EXK"]
    sections = {board: set(texts[board]) for board in BOARDS}
    assert len({frozenset(keys) for keys in sections.values()}) == 1
    long = [text for parts in texts.values() for text in parts.values() if len(text) > 60]
    assert len(long) == len(set(long))
