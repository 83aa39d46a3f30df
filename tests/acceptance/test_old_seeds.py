"""Reading the reports of a real municipality: all that the facts have is found, nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from samkoll.reports import template_reader
from samkoll.reports.old import reading
from samkoll.reports.review import child

SHARED = Path(__file__).parents[3] / "shared"
BOARDS = ("Kommunstyrelsen", "Förskolenämnden", "Grundskolenämnden", "Socialnämnden")
SECTIONS = ("incidents", "answers")

pytestmark = pytest.mark.skipif(
    not (SHARED / "seeds").is_dir(), reason="the seeds are not beside the project"
)


def load(name):
    return yaml.safe_load((SHARED / "facts" / f"{name}.yaml").read_text(encoding="utf-8"))


def read(number):
    forms = {}
    for path in template_reader.shipped():
        form = template_reader.form_of(template_reader.source(path).content)
        if form.year == 2024:
            forms[form.kind] = form
    (path,) = (SHARED / "seeds").glob(f"{number}_*.txt")
    document = child.read(path.name, path.suffix, path.read_bytes())
    return reading.read(document, forms, BOARDS)


def answers(facts):
    return {**facts["incidents"]["answers"], **facts["answers"]}


def shown(found):
    return {(f.metric, f.sex, f.month): f.shown.replace(",", ".") for f in found.figures}


@pytest.fixture(scope="module")
def board():
    return read("000")


@pytest.fixture(scope="module")
def municipality():
    return read("001")


def test_the_boards_report_is_recognised(board):
    assert (board.kind, board.year, board.board) == ("board", 2024, "Kommunstyrelsen")
    assert board.diary_number == load("huddinge_ksf_2024")["report"]["diary_number"]


def test_every_answer_of_both_reports_is_read(board, municipality):
    for found, name in ((board, "huddinge_ksf_2024"), (municipality, "huddinge_kommun_2024")):
        facts = load(name)
        said = {key: value for key, value in answers(facts).items() if isinstance(value, str)}
        assert {a.question: a.value for a in found.answers} == said


def test_every_count_of_both_reports_is_read(board, municipality):
    for found, name in ((board, "huddinge_ksf_2024"), (municipality, "huddinge_kommun_2024")):
        counts = {key: n for key, n in load(name)["incidents"].items() if isinstance(n, int)}
        assert {g.key: int(g.current) for g in found.given} == counts


def test_every_figure_of_the_boards_tables_is_read(board):
    facts, found = load("huddinge_ksf_2024"), shown(board)
    for sex in ("total", "women", "men"):
        for metric, group in (("sick_leave", "sick_leave"), ("turnover", "turnover")):
            row = facts[group][sex]
            assert found[metric, sex, "2023-12"] == str(row["current"])
            assert found[metric, sex, "2022-12"] == str(row["previous"])
    assert found["additional_hours", "total", "2023-12"] == "184"


def test_risks_and_their_measures_are_the_facts(board):
    facts = load("huddinge_ksf_2024")
    for which, rows in (("previous", "previous_risks"), ("current", "selected_risks")):
        found = [risk for risk in board.risks if risk.which == which]
        assert [(risk.title, risk.level) for risk in found] == [
            (row["risk"], row["level"]) for row in facts[rows]
        ]
        for risk, row in zip(found, facts[rows], strict=True):
            assert [(a.title, a.due) for a in risk.actions] == [
                (each["title"], each["end"]) for each in row["measures"]
            ]
    effects = [a.wanted_effect for r in board.risks if r.which == "previous" for a in r.actions]
    assert all(effects)


def test_every_section_with_words_has_its_text(board, municipality):
    assert len(board.texts) == 14
    assert len(municipality.texts) == 18
    assert {t.part for t in municipality.texts if t.section == "sick_leave"} == {"main", "analysis"}
    assert not board.strange
    assert not municipality.strange


def test_the_action_plan_gives_its_ten_measures_with_their_forms_of_work():
    found = read("004")
    facts = load("huddinge_atgardsplan_2024")["measures"]
    expected = {row["title"]: row["form"] for row in facts}
    assert {m.title: m.work_form for m in found.measures} == expected
    assert all(m.account and m.plan and m.time_plan for m in found.measures)
    assert found.strange == (
        "Tabell: Personalgrupp | Antal medarbetare | Andel kvinnor | Total Sjukfrånvaro | "
        "1-14 dgr | 15-dgr",
    )
