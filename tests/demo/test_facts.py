"""The demo's reports show every figure, answer and risk of the facts, in all three formats.

From payroll files through import, statistics and roll-up to the finished files: the whole chain.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from samkoll.core.months import Month
from samkoll.core.text import listing
from samkoll.reports import building, queries, template_reader
from samkoll.reports.template_data import QuestionsPart, Words
from tests.acceptance import expected
from tests.acceptance.reading import Docx, Html, Pdf, plain

READERS: dict[str, Any] = {"html": Html, "docx": Docx, "pdf": Pdf}
FORM = template_reader.form_of(
    template_reader.source(template_reader.FOLDER / "board-2024.yaml").content
)
SETS = [
    part for section in FORM.sections for part in section.parts if isinstance(part, QuestionsPart)
]


@pytest.fixture(scope="module", params=["html", "docx", "pdf"])
def form(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@cache
def opened(path: Path) -> Any:
    return READERS[path.suffix.removeprefix(".")](path.read_bytes())


def read(out: Path, facts: expected.Facts, form: str) -> Any:
    return opened(out / f"{facts['file']}.{form}")


def asked(key: str) -> str:
    return plain(Words("Exempelkommunen", 2024).fill(FORM.question(key).text))


OVER_TIME = "Värden: Sjukfrånvaro per kön, rullande tolv månader"
BOARD, MUNICIPALITY = expected.load("board"), expected.load("municipality")


@pytest.mark.parametrize("facts", [BOARD, MUNICIPALITY], ids=["KS", "kommunen"])
class TestBoth:
    """What the board's report and the municipality's have in common."""

    def test_every_cell_of_tables_2_1_to_2_4(self, out, facts, form):
        file = read(out, facts, form)
        for caption, rows in expected.tables(facts).items():
            expected.shows(file, caption, rows)
        expected.shows(file, expected.EVENTS, expected.events(facts), exact=False)

    def test_every_answer(self, out, facts, form):
        file = read(out, facts, form)
        for part in SETS:
            rows = [[asked(q.key), facts["answers"][q.key]] for q in part.questions]
            expected.shows(file, part.caption, rows)

    def test_numbers_without_a_table_are_marked_as_given(self, out, facts, form):
        text = read(out, facts, form).text
        assert "Angiven, inte beräknad" in text
        for given in facts["given"]:
            assert given in text


def test_ks_shows_its_comments_below_their_answers(out, form):
    rounds = read(out, BOARD, form).table("Arbetsmiljöronder och arbetsmiljöarbete")
    below = [bool(row[0].startswith("Kommentar ")) for row in rounds]
    assert below == [False, True, False, True, False, False, True]


def test_ks_shows_the_year_of_the_pandemic(out, form):
    file = read(out, BOARD, form)
    value = f"{BOARD['sick_leave_r12_2021_12']:.1f}".replace(".", ",")
    expected.shows(file, OVER_TIME, [["R12 2021-12", value]], exact=False)


@pytest.mark.parametrize(
    ("caption", "key", "third"),
    [
        ("Föregående års åtgärder", "previous_risks", "status"),
        ("Utvalda risker och åtgärder", "selected_risks", "responsible"),
    ],
)
def test_ks_shows_its_risks_and_actions(out, form, caption, key, third):
    rows = expected.risk_rows(BOARD[key], third)
    expected.shows(read(out, BOARD, form), caption, rows, exact=False)


def test_the_municipalitys_sick_leave_is_one_figure(out, form):
    """One definition, one figure: the other document's value never stands for the whole."""
    file, never = read(out, MUNICIPALITY, form), MUNICIPALITY["never"]
    totals = [file.table(expected.SICK)[0], *(row[:2] for row in file.table(OVER_TIME))]
    assert not [row for row in totals if never in row]
    assert len(totals) == 1 + 9  # every third month from R12 2021-12 to R12 2023-12
    for path in sorted(out.glob(f"*.{form}")):
        said = opened(path).text
        assert not re.search(rf"(?i)\bkommunen[^.]* {never}\b", said), path.name


@pytest.mark.django_db
def test_no_window_of_the_municipality_has_the_other_documents_value():
    """Not only the windows that are printed: every month that the reports' facts reach."""
    report = queries.municipality_report(2024)
    assert report is not None
    context = building.gather([report.pk], produced_on=date(2024, 5, 15))[report.pk]
    months = context.figures.months
    ends = [m for m in months if all(before in months for before in range(m - 11, m))]
    shown = {
        str(end): context.figures.shown(context.report.scope, "sick_leave", "total", end).value
        for end in map(Month, sorted(ends))
    }
    never = Decimal(MUNICIPALITY["never"].replace(",", "."))
    assert len(shown) >= 25
    assert not [end for end, value in shown.items() if value == never]


def test_deviating_boards_are_named(out, form):
    text = read(out, MUNICIPALITY, form).text
    for key, by_answer in MUNICIPALITY["deviating"].items():
        for answer, boards in by_answer.items():
            sentence = text[text.index(f"{asked(key)} {answer} svarar") :].split(" svarar ")[1]
            assert set(boards) == {b for b in boards if b in sentence.split(".")[0]}
            assert sentence.split(".")[0].count("nämnden") == sum("nämnden" in b for b in boards)


def test_boards_with_more_events_and_hours_are_named(out, form):
    text = read(out, MUNICIPALITY, form).text
    boards = MUNICIPALITY["boards"]
    for lead, key in (
        ("Fler rapporterade arbetsskador och tillbud än föregående år:", "more_events"),
        ("Fler timmar mertid och övertid än föregående år:", "more_hours"),
    ):
        named = text[text.index(lead) + len(lead) :].split(".")[0]
        assert sorted(named.strip().replace(" och ", ", ").split(", ")) == sorted(
            ", ".join(boards[key]).replace(" och ", ", ").split(", ")
        ), listing(boards[key])


def test_overridden_answers_show_their_reasons(out, form):
    text = read(out, MUNICIPALITY, form).text
    for key in MUNICIPALITY["overridden"]:
        place = text.index(f"{asked(key)} Nämndernas svar ger Delvis, rapporten svarar Ja.")
        assert "Motivering:" in text[place : place + 400]
