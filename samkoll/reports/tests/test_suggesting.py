"""Suggested sentences: worked numbers of docs/rules/suggested-text.md, and what they never say."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from samkoll.core.text import number
from samkoll.reports import composition
from samkoll.reports.review import blocks, reviewing
from samkoll.reports.suggesting import checking, gathering, suggesting, words
from samkoll.reports.suggesting.seen import Compared, OfGroup, Period, Seen, Value
from samkoll.reports.tests import paper

PAGE = Path(__file__).parents[3] / "docs" / "rules" / "suggested-text.md"


def chance(metric):
    """Changes are more than chance, distances to the whole are not."""
    return True, False


SEXES = ("total", "women", "men")
NAMES = ("Kommunstyrelsen", "Socialnämnden", "Kultur- och fritidsnämnden", "Förskolenämnden")


def table(heading):
    """The rows below a heading of the page, as lists of cells."""
    text = PAGE.read_text(encoding="utf-8").partition(f"## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in text.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def section_of(context, key, verdict=gathering.nothing_known):
    seen = gathering.seen(context, context.report.form.section(key), verdict)
    return {sentence.rule: sentence for sentence in suggesting.suggest(seen)}


def decimal(text):
    return Decimal(text.replace("\u202f", "").replace(" ", "").replace(",", "."))


@pytest.mark.parametrize("row", table("Words for a change"), ids=lambda row: " ".join(row[:3]))
def test_the_words_for_a_change_are_those_of_the_page(row):
    metric, before, now, said = row
    decimals = 1 if "," in now else 0
    pair = [Value(name, decimal(text), decimals) for name, text in (("now", now), ("then", before))]
    found = suggesting.suggest(
        Seen("Nämnden", Period("2023", "2022"), rows=(Compared(metric, "total", *pair),))
    )
    assert [sentence.text.replace("\u202f", " ") for sentence in found] == [said]


def test_every_metric_has_the_limits_of_the_page():
    written = {row[0]: (row[1], decimal(row[2].split()[0])) for row in table("Marginal changes")}
    units = {"points": "percentage points", "hours": "per cent", "count": "per cent"}
    assert written == {key: (units[n.unit], n.marginal) for key, n in words.NOUNS.items()}


@pytest.mark.parametrize(
    ("name", "owned"),
    [
        ("Kommunstyrelsen", "Kommunstyrelsens"),
        ("Barnens hus", "Barnens hus"),
        ("Enhet 3", "Enhet 3:s"),
        ("Lönecentrum HR", "Lönecentrum HR:s"),
        ("Förskolan Ö", "Förskolan Ös"),
    ],
)
def test_genitives_are_swedish(name, owned):
    assert words.genitive(name) == owned


def test_windows_that_are_no_calendar_years_are_compared_with_a_year_earlier():
    report = paper.board(month=paper.MONTH + 4, previous_month=paper.BEFORE + 4)
    figures = {
        (11, 1, "sick_leave", "total", 2024): "4.2",
        (11, 1, "sick_leave", "total", 2023): "4.9",
    }
    found = section_of(paper.context(report, paper.PaperFigures(figures)), "sick_leave")
    assert found["change.sick_leave.total"].text == (
        "Den totala sjukfrånvaron har minskat med 0,7 procentenheter, från 4,9 procent till "
        "4,2 procent, jämfört med ett år tidigare."
    )


def test_chance_and_the_municipality_are_named():
    figures = {
        (11, 1, "sick_leave", "total", 2023): "4.2",
        (11, 1, "sick_leave", "total", 2022): "4.4",
        (1, None, "sick_leave", "total", 2023): "7.7",
    }
    context = paper.context(paper.board(whole_id=1), paper.PaperFigures(figures))
    found = section_of(context, "sick_leave", chance)
    assert found["change.sick_leave.total"].text.endswith(
        "Förändringen är större än vad slumpen brukar ge."
    )
    assert found["whole.sick_leave"].text == (
        "Kommunstyrelsens sjukfrånvaro är 3,5 procentenheter lägre än i kommunen som helhet, där "
        "den är 7,7 procent. Skillnaden ligger inom slumpvariationen."
    )
    assert ("chance.whole.sick_leave.2023-12", "inom slumpvariationen") in {
        (rest.figure, rest.shown) for rest in found["whole.sick_leave"].figures
    }


def boards(values, metric="sick_leave"):
    """A municipality whose boards have these figures: (before, now), None for protected."""
    found = {}
    for place, pair in enumerate(values, 1):
        for year, value in zip((2022, 2023), pair, strict=True):
            found[10 + place, place, metric, "total", year] = value
    made = [paper.board(pk=n, name=NAMES[n - 1]) for n in range(1, len(values) + 1)]
    return paper.context(paper.municipality(), paper.PaperFigures(found), made)


def test_the_highest_and_lowest_board_and_who_rose():
    context = boards([("4.4", "4.2"), ("8.0", "8.5"), ("6.0", "6.0"), ("9.0", "8.8")])
    found = section_of(context, "sick_leave")
    assert found["boards.sick_leave"].text == (
        "Av nämnderna har Förskolenämnden högst sjukfrånvaro (8,8 procent) och Kommunstyrelsen "
        "lägst (4,2 procent)."
    )
    assert found["moved.sick_leave"].text == (
        "Bland nämnderna har sjukfrånvaron ökat för Socialnämnden och minskat för Kommunstyrelsen "
        "och Förskolenämnden, och den är oförändrad för Kultur- och fritidsnämnden."
    )


def test_a_protected_board_is_left_out_and_the_sentence_says_so():
    context = boards([("4.4", "4.2"), (None, None), ("6.0", "5.0"), ("9.0", "8.8")])
    found = section_of(context, "sick_leave")
    told = [found["boards.sick_leave"], found["moved.sick_leave"]]
    assert found["moved.sick_leave"].text.endswith("för alla nämnder vars siffror visas.")
    assert all("Socialnämnden" not in sentence.text for sentence in told)


def test_the_staff_groups_with_the_highest_figures_are_named():
    names = ("Elevassistent", "Barnskötare", "Stödpedagog, LSS", "Måltidspersonal")
    shown = [
        OfGroup(name, "sick_leave", Value(f"group.{n}", Decimal(12 + n), 1))
        for n, name in enumerate(names)
    ]
    found = suggesting.suggest(Seen("Kommunen", Period(), groups=tuple(shown)))
    assert [sentence.text for sentence in found] == [
        "Av de personalgrupper vars siffror visas har ”Måltidspersonal” (15,0 procent), "
        "”Stödpedagog, LSS” (14,0 procent) och ”Barnskötare” (13,0 procent) högst sjukfrånvaro."
    ]


def test_answers_that_deviate_are_told_with_the_boards_that_gave_them():
    answers = ["no", "yes", "yes", "no"]
    made = [
        paper.board(pk=n, name=name, answers=paper.answered(all_managers_certified=answer))
        for n, (name, answer) in enumerate(zip(NAMES, answers, strict=True), 1)
    ]
    found = section_of(paper.context(paper.municipality(), boards=made), "delegation")
    assert found["answer.all_managers_certified"].text == (
        "På frågan ”Är samtliga chefer i verksamheten certifierade i Exempelkommunens "
        "arbetsmiljöarbete?” avviker två av fyra nämnder. Nej svarar Kommunstyrelsen och "
        "Förskolenämnden."
    )


def rounded(value):
    return str(Decimal(value).quantize(Decimal("0.1"), ROUND_HALF_UP))


@st.composite
def made_up(draw):
    """Figures of a board that agree with each other, counts and answers."""
    values: dict[Any, str | None] = {}

    def put(metric, sex, year, value):
        values[11, 1, metric, sex, year] = None if hidden and sex != "total" else str(value)

    hidden = draw(st.booleans())
    part = st.integers(0, 900).map(lambda hundredths: Decimal(hundredths) / 100)
    for year in (2022, 2023):
        share = Decimal(draw(st.integers(0, 10))) / 10
        exact = {metric: (draw(part), draw(part)) for metric in ("short", "long", "turnover")}
        exact["total"] = tuple(a + b for a, b in zip(exact["short"], exact["long"], strict=True))
        names = {"total": "sick_leave", "turnover": "turnover"}
        for kind, (women, men) in exact.items():
            metric = names.get(kind, f"sick_leave_{kind}")
            each = (share * women + (1 - share) * men, women, men)
            for sex, value in zip(SEXES, each, strict=True):
                put(metric, sex, year, rounded(value))
        hours = [draw(st.integers(0, 40_000)) for _each in range(2)]
        of_hours = ("additional_hours", "overtime_hours", "extra_hours")
        for metric, value in zip(of_hours, (*hours, sum(hours)), strict=True):
            put(metric, "total", year, value)
        put("departures", "total", year, draw(st.integers(0, 700)))
        values[1, None, "sick_leave", "total", year] = rounded(draw(part))
        values[1, None, "turnover", "total", year] = rounded(draw(part))
    injuries, near = draw(st.integers(0, 99)), draw(st.integers(0, 99))
    counts = {
        "occupational_injuries": paper.given(injuries, draw(st.integers(0, 99))),
        "near_misses": paper.given(near),
        "completed_events": paper.given(draw(st.integers(0, injuries + near))),
    }
    asked = {q.key: draw(st.sampled_from(q.answers)) for _s, q in board_form().questions()}
    report = paper.board(whole_id=1, given=counts, answers=paper.answered(**asked))
    return paper.context(report, paper.PaperFigures(values, otherwise=None))


@cache
def board_form():
    return paper.form("board")


def all_sentences(context):
    return {
        section.key: suggesting.suggest(gathering.seen(context, section, chance))
        for section in context.report.form.sections
    }


def findings(context, texts):
    written = replace(context, report=replace(context.report, texts=texts))
    document = blocks.of_content(composition.document(written), "rapporten")
    return set(reviewing.review([document], (*NAMES, "Grundskolenämnden")))


@settings(max_examples=25, deadline=None)
@given(made_up())
def test_the_review_finds_nothing_in_sentences_of_any_figures(context):
    said = all_sentences(context)
    texts = {(key, "main"): "\n\n".join(s.text for s in found) for key, found in said.items()}
    why = {finding.why for finding in findings(context, texts)}
    assert why <= {finding.why for finding in findings(context, {})}


@settings(max_examples=25, deadline=None)
@given(made_up(), st.data())
def test_a_changed_figure_is_noticed_by_what_rests_on_it_and_by_nothing_else(context, data):
    before = all_sentences(context)
    key = data.draw(st.sampled_from([k for k, v in context.figures.values.items() if v]))
    shown = Decimal(context.figures.values[key])
    other = dict(context.figures.values) | {key: str(shown + 1)}
    after = all_sentences(replace(context, figures=paper.PaperFigures(other, otherwise=None)))
    unit, _board, metric, sex, year = key
    name = f"{metric}.{sex}.{year}-12"
    name = f"whole.{name}" if unit == 1 else name
    rested = [s for found in before.values() for s in found]
    assume(any(rest.figure == name for s in rested for rest in s.figures))
    for section, found in before.items():
        for sentence in found:
            checked = checking.check(kept(sentence), sentence.text, after[section])
            rests_on_it = name in {rest.figure for rest in sentence.figures}
            assert checked is not None
            assert bool(checked.moved) or not rests_on_it
            assert checked.changed or not rests_on_it or checked.now == sentence.text
            moved = {figure for figure, _then, _now in checked.moved}
            assert moved <= {name} | {f for f in moved if f.startswith("chance.")}


def kept(sentence):
    figures = {rest.figure: rest.shown for rest in sentence.figures}
    return checking.Kept(sentence.rule, sentence.text, figures)


@settings(max_examples=25, deadline=None)
@given(made_up())
def test_no_sentence_tells_a_protected_figure_or_a_number_that_is_nobodys(context):
    for found in all_sentences(context).values():
        for sentence in found:
            assert None not in [rest.shown for rest in sentence.figures]
            assert "procent procent" not in sentence.text
            if not all(v for k, v in context.figures.values.items() if k[3] != "total"):
                assert "kvinnor" not in sentence.text or sentence.rule.startswith("answer")
            points = re.findall(r"med [\d,]+ (\w+)", sentence.text)
            assert "procent" not in points


OLD = "Den totala sjukfrånvaron har minskat med 0,8 procentenheter, från 8,5 procent 2022 till 7,7."


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        (f"Inledning.\n\n{OLD}\n\nSlut.", OLD),
        (f"Inledning. {OLD} Slut.", OLD),
        (f"- {OLD}", OLD),
        (
            "Sjukfrånvaron har totalt minskat med 0,8 procentenheter, från 8,5 procent till 7,7.",
            "Sjukfrånvaron har totalt minskat med 0,8 procentenheter, från 8,5 procent till 7,7.",
        ),
        ("Vi har arbetat med rehabilitering.", ""),
        ("", ""),
    ],
)
def test_a_sentence_is_found_again_also_reworded(text, stands):
    assert checking.standing(OLD, text) == stands


def test_sentences_go_in_once_and_are_replaced_where_they_stand():
    text = checking.inserted("Inledning.", [OLD, OLD])
    assert text == f"Inledning.\n\n{OLD}"
    assert checking.inserted(text, [OLD]) == text
    assert checking.replaced(text, OLD, "Ny.") == "Inledning.\n\nNy."
    assert checking.replaced("Annat.", OLD, "Ny.") == "Annat.\n\nNy."
    assert number(Decimal(5)) == "5"
