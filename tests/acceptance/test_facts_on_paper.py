"""The comparison itself, on reports made of the facts: it accepts them and notices any change.

``tests/demo/test_facts.py`` does the same with the reports that the demo makes from payroll files.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from samkoll.documents import writers
from samkoll.reports import composition
from samkoll.reports.tests import paper
from tests.acceptance import expected
from tests.acceptance.reading import Docx, Html, Pdf

KEYS = {"short_": "sick_leave_short", "long_": "sick_leave_long", "": "sick_leave"}


def figures(facts, unit, board):
    """The facts as figures by scope."""
    found = {}

    def put(metric, sex, values):
        for year, value in zip((2023, 2022), values[:2], strict=True):
            found[unit, board, metric, sex, year] = str(value)

    for key, values in facts["sick_leave"].items():
        prefix, _under, sex = key.rpartition("_")
        put(KEYS[f"{prefix}_" if prefix else ""], sex, values)
    for key, values in facts["turnover"].items():
        sexed = key in ("total", "women", "men")
        put("turnover" if sexed else key, key if sexed else "total", values)
    for key, values in facts["working_time"].items():
        put("extra_hours" if key == "sum" else key, "total", values)
    return paper.PaperFigures(found)


@pytest.fixture(scope="module")
def facts():
    return expected.load("board")


@pytest.fixture(scope="module")
def files(facts):
    counts = {key: paper.given(value) for key, value in facts["incidents"].items()}
    risk = facts["previous_risks"][0]
    actions = [paper.action(action["title"]) for action in risk["actions"]]
    report = paper.board(
        given={**counts, "sick_leave_2020": paper.given(Decimal("3.4"))},
        previous_risks=(paper.risk(*actions, title=risk["risk"]),),
    )
    document = composition.document(paper.context(report, figures(facts, 11, 1)))
    made = writers.render(document)
    return {"html": Html(made["html"]), "docx": Docx(made["docx"]), "pdf": Pdf(made["pdf"])}


@pytest.mark.parametrize("form", ["html", "docx", "pdf"])
def test_every_cell_is_read_back_from_the_file(files, facts, form):
    for caption, rows in expected.tables(facts).items():
        expected.shows(files[form], caption, rows)
    expected.shows(files[form], expected.EVENTS, expected.events(facts), exact=False)
    assert facts["given"][0] in files[form].text


@pytest.mark.parametrize("form", ["html", "docx", "pdf"])
def test_risks_and_actions_are_read_back(files, facts, form):
    action = facts["previous_risks"][0]["actions"][0]["title"]
    row = [facts["previous_risks"][0]["risk"], "12", action, "✓ Avslutad", "2024-03-31"]
    expected.shows(files[form], "Föregående års åtgärder", [row], exact=False)


@pytest.mark.parametrize("form", ["html", "docx", "pdf"])
def test_another_value_in_any_cell_is_noticed(files, facts, form):
    for caption, rows in expected.tables(facts).items():
        for place, row in enumerate(rows):
            for cell in range(1, len(row)):
                wrong = [list(each) for each in rows]
                wrong[place][cell] += "7"
                with pytest.raises(AssertionError):
                    expected.shows(files[form], caption, wrong)
