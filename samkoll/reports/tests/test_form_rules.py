"""Conditions, limits of length and checks of forms; the worked examples of report-forms.md."""

from __future__ import annotations

import copy
import json

import pytest

from samkoll.core.errors import DomainError
from samkoll.reports import lengths, template_reader
from samkoll.reports.template_conditions import Known, applied, with_figures
from samkoll.reports.tests import paper
from samkoll.stats.tests.test_rules import table


def content(kind="board", year=2026):
    path = template_reader.FOLDER / f"{kind}-{year}.yaml"
    return copy.deepcopy(template_reader.source(path).content)


def refused(change, kind="board", year=2026):
    broken = content(kind, year)
    change(broken)
    with pytest.raises(DomainError) as error:
        template_reader.parse(json.dumps(broken))
    return str(error.value)


def section(form, key):
    return next(each for each in form["sections"] if each["key"] == key)


def numbers(form):
    return [each.number for each in form.sections]


def test_the_2026_forms_have_the_goal_and_the_eight_health_factors():
    board, municipality = paper.form("board", 2026), paper.form("municipality", 2026)
    assert [q for _s, q in board.questions()] == [q for _s, q in municipality.questions()]
    factors = [q.key for _s, q in board.questions() if q.key.startswith("factor_")]
    assert len(factors) == 8 and "2.12" in numbers(board) and "2.13" in numbers(board)


def test_a_form_of_2024_is_whole_in_that_of_2026():
    """An answer, a text or a count of 2024 has its place in the form of 2026."""
    old, new = paper.form("board", 2024), paper.form("board", 2026)
    assert {q.key for _s, q in old.questions()} <= {q.key for _s, q in new.questions()}
    places = [{(s.key, t.key) for s in form.sections for t in s.texts} for form in (old, new)]
    assert places[0] <= places[1] and set(old.given()) <= set(new.given())


@pytest.mark.parametrize(
    ("answer", "stands"), table("report-forms.md", "answer to osa_goal_activities_done")
)
def test_a_section_stands_only_while_its_condition_holds(answer, stands):
    answers = {"osa_goal_activities_done": answer} if answer != "–" else {}
    form = applied(paper.form("board", 2026), Known(answers, "KS", ()))
    assert ("2.12.1" in numbers(form)) is (stands == "yes")


def conditioned(*conditions):
    made = content()
    section(made, "assessment")["only_when"] = list(conditions)
    return template_reader.parse(json.dumps(made))


@pytest.mark.parametrize(
    ("condition", "known", "stands"),
    [
        ({"boards": ["FSN"]}, Known({}, "FSN", ()), True),
        ({"boards": ["FSN"]}, Known({}, "KS", ()), False),
        ({"units": ["BUF"]}, Known({}, "", ("BUF-SOL", "BUF", "EXK")), True),
        ({"units": ["BUF"]}, Known({}, "", ("KSF", "EXK")), False),
    ],
)
def test_a_section_goes_with_everything_below_it(condition, known, stands):
    found = numbers(applied(conditioned(condition), known))
    assert ("2" in found) is stands and ("2.1" in found) is stands and "3" in found


def test_a_section_about_a_figure_that_does_not_exist_is_not_printed():
    form = conditioned({"figure": "sick_leave"}, {"figure": "turnover"})
    assert "2" in numbers(with_figures(form, lambda metric: True))
    assert "2" not in numbers(with_figures(form, lambda metric: metric == "turnover"))


@pytest.mark.parametrize(("typed", "limit", "count", "over"), table("report-forms.md", "typed"))
def test_characters_are_counted_as_typed(typed, limit, count, over):
    text = typed.strip("`").replace("⏎", "\r\n").replace("·", " ")
    assert lengths.counted(text) == int(count)
    said = lengths.too_long(text, int(limit))
    assert said == "" if over == "–" else f"Texten är {over} tecken för lång" in said


REFUSALS = [
    (lambda f: f["sections"][1].update(key="Ny nyckel"), "duger inte"),
    (lambda f: f["sections"][1].update(number="4"), "nummerordning"),
    (lambda f: f["sections"][3].update(number="2.1.1.1"), "Skriv numret"),
    (lambda f: f["sections"].pop(1), "Avsnittet ovanför det saknas"),
    (lambda f: f["sections"][0].update(instruction="Skriv {namn}"), "variabel som inte finns"),
    (lambda f: f["sections"].clear(), "inga avsnitt"),
    (lambda f: f.update(kind="poem"), "poem"),
    (
        lambda f: section(f, "osa_goal")["parts"][0]["questions"][0].update(
            expected="not_applicable"
        ),
        "väntar ett svar som inte är tillåtet",
    ),
    (
        lambda f: section(f, "osa_goal").update(only_when=[{"answer": "finns_inte", "is": ["no"]}]),
        "en fråga eller ett svar som inte finns",
    ),
    (
        lambda f: section(f, "osa_goal").update(
            only_when=[{"answer": "osa_goal_known", "is": ["no"]}]
        ),
        "bara ställs i avsnittet",
    ),
    (lambda f: section(f, "osa_goal").update(only_when=[{"moon": "full"}]), "går inte att läsa"),
    (
        lambda f: section(f, "osa_goal")["parts"].append({"kind": "measures", "show": "table"}),
        "av en annan typ",
    ),
]


@pytest.mark.parametrize(("change", "why"), REFUSALS, ids=[why for _change, why in REFUSALS])
def test_a_form_that_cannot_be_used_is_refused_with_the_place(change, why):
    assert why in refused(change)


def test_the_municipalitys_sections_cannot_depend_on_an_answer():
    def change(form):
        section(form, "osa_goal")["only_when"] = [{"answer": "rounds_carried_out", "is": ["no"]}]

    assert "vägs samman" in refused(change, "municipality")


def test_an_answer_in_a_section_that_does_not_stand_is_not_counted():
    form = conditioned({"boards": ["FSN"]})
    answers = paper.answered(rounds_carried_out="no")
    for code, counted in (("FSN", True), ("KS", False)):
        board = paper.board(form=applied(form, Known({}, code, ())), answers=answers)
        assert (board.asked("rounds_carried_out") is not None) is counted


def test_units_answer_the_questions_of_their_boards_form():
    board, unit = paper.form("board", 2026), paper.form("unit", 2026)
    asked = [q for _s, q in unit.questions()]
    assert asked == [q for _s, q in board.questions()]
    assert {s.key for s in unit.sections} <= {s.key for s in board.sections}
