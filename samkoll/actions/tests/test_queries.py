"""What lists show and what waits for whom, at the same price for two rows and for twenty."""

from __future__ import annotations

from datetime import date

from samkoll.actions import queries, services
from samkoll.actions.models import Action
from samkoll.actions.tests.making import TODAY, add, answer, change, done, follow_up, hand_up
from tests.town import ACTOR


def titles(found):
    return [action.title for action in found]


def test_a_row_says_all_that_a_list_shows(town):
    action = add(town, due_date=date(2024, 5, 14), reason="Sen.")
    services.set_level({action.pk: (9, 3)})
    hand_up(town, action)
    row = queries.rows(queries.listed(Action.objects.all()), TODAY)[0]
    assert (row.unit_code, row.origin, row.responsible) == (
        "BUF-SOL", "Egen åtgärd", "Test manager",
    )  # fmt: skip
    assert row.severity and row.severity.word == "Hög (9)"
    assert row.status.word == "Ej påbörjad"
    assert row.is_overdue and row.is_handed_up


def test_twenty_rows_need_no_more_queries_than_two(town, count_queries):
    def ask():
        return queries.rows(queries.listed(queries.visible_to(town.user("manager"), TODAY)), TODAY)

    for count in (2, 18):
        for _n in range(count):
            add(town)
        assert count_queries(ask) == 2  # the person's places, the rows


def test_rows_are_read_by_their_keys_in_the_order_of_the_keys(town, count_queries):
    keys = [add(town, title=title).pk for title in "abc"]
    wanted, found = [keys[2], keys[0], 0], []
    assert count_queries(lambda: found.extend(queries.rows_of(wanted, TODAY))) == 1
    assert titles(found) == ["c", "a"]


def test_only_what_is_done_has_a_day_on_which_to_judge_it(town):
    def day(action):
        return queries.rows_of([action.pk], TODAY)[0].to_judge_on

    action = done(town)
    assert day(action) == action.follow_up_on
    follow_up(town, action)
    assert day(action) is None


def test_mine_is_what_i_answer_for_or_help_with_and_is_open(town):
    add(town, title="Annans")
    late = add(town, title="Sen", responsible=town.people["employee"], responsible_title="X")
    early = add(town, title="Tidig", helpers=[town.people["employee"]], due_date=TODAY)
    change(town, add(town, helpers=[town.people["employee"]]), "done")
    assert list(queries.mine(town.user("employee"))) == [early, late]


def test_the_units_manager_and_a_writing_responsible_judge_effects_that_are_due(town):
    action = done(town, responsible=town.people["director"], responsible_title="X")
    Action.objects.update(follow_up_on=TODAY)
    for who, judges in (("manager", True), ("director", True), ("upper_manager", False)):
        assert (action in queries.follow_ups_due(town.user(who), TODAY)) is judges
    Action.objects.update(follow_up_on=date(2024, 5, 16))
    assert not queries.follow_ups_due(town.user("manager"), TODAY).exists()


def test_a_judgement_waits_while_the_question_is_with_somebody_else(town):
    question = services.Question("money", "Dyrt.", TODAY)
    action = done(town)
    follow_up(town, action, effect="partly", decision="hand_up", question=question)
    assert not queries.follow_ups_due(town.user("manager"), TODAY).exists()
    answer(town, action.hand_ups.get(), "refuses")
    assert list(queries.follow_ups_due(town.user("manager"), TODAY)) == [action]


def test_questions_wait_for_the_manager_of_the_asked_unit(town):
    asked = hand_up(town, add(town))
    assert list(queries.waiting_for_answer(town.user("upper_manager"), TODAY)) == [asked]
    for who in ("manager", "director", "outsider"):
        assert not queries.waiting_for_answer(town.user(who), TODAY).exists()


def test_questions_to_a_unit_without_a_manager_wait_for_those_who_write_there(town):
    action = add(town, "director", unit=town.units["BUF-TAL"])
    asked = hand_up(town, action, "director")
    assert list(queries.waiting_for_answer(town.user("director"), TODAY)) == [asked]
    assert not queries.waiting_for_answer(town.user("hr_partner"), TODAY).exists()


def test_answers_wait_to_be_read_where_the_question_came_from(town):
    asked = answer(town, hand_up(town, add(town)), "refuses")
    assert list(queries.answers_to_tick_off(town.user("manager"), TODAY)) == [asked]
    services.tick_off_answer(hand_up_id=asked.pk, actor=ACTOR, today=TODAY)
    assert not queries.answers_to_tick_off(town.user("manager"), TODAY).exists()


def test_people_are_found_by_parts_of_name_title_and_unit(town):
    found = queries.find_people("man chef sol", TODAY)
    assert [c.label for c in found] == ["Test manager, Chef, Solskolan"]
    assert [c.person for c in queries.find_people(found[0].label, TODAY)] == [
        town.people["manager"]
    ]
    assert queries.find_people("  ", TODAY) == []


def test_two_people_of_the_same_name_are_told_apart(town):
    town.people["employee"].name = town.people["auditor"].name = "Anna Berg"
    labels = [c.label for c in queries.candidates(
        [town.people["employee"], town.people["auditor"]], TODAY)]  # fmt: skip
    assert labels == ["Anna Berg, employee@exempel.invalid", "Anna Berg, auditor@exempel.invalid"]


def test_a_states_colour_says_how_bad_it_is(town):
    states = [queries.severity_state(n, None) for n in (1, 2, 3, 4)]
    tones = [state.tone for state in states if state]
    assert tones == ["neutral", "info", "warning", "danger"]
    assert queries.severity_state(None, None) is None
