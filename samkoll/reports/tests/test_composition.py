"""The documents: what stands where, what is marked, what small groups take away."""

from __future__ import annotations

from decimal import Decimal

from samkoll.documents.content import Bullets, Heading, Note, Paragraph, Table
from samkoll.reports import composition
from samkoll.reports.material import Answered
from samkoll.reports.tests import paper
from samkoll.stats.charts import Chart


def table(document, caption):
    return next(b for b in document.blocks if isinstance(b, Table) and b.caption == caption)


def texts(table):
    return [[cell.text for cell in row.cells] for row in table.rows]


def words(document):
    lines = [b.text for b in document.blocks if isinstance(b, Paragraph | Note)]
    return "\n".join(
        lines + [i for b in document.blocks if isinstance(b, Bullets) for i in b.items]
    )


def board(figures=None, **changes):
    return composition.document(paper.context(paper.board(**changes), figures))


def municipality(*boards, figures=None, **changes):
    return composition.document(paper.context(paper.municipality(**changes), figures, boards))


SICK = "Sjukfrånvaro, procent av ordinarie arbetstid"


def test_the_difference_is_that_of_the_two_shown_values():
    figures = paper.PaperFigures(
        {(11, 1, "sick_leave", "total", 2023): "4.2", (11, 1, "sick_leave", "total", 2022): "4.4"}
    )
    rows = texts(table(board(figures), SICK))
    assert rows[0] == ["Total sjukfrånvaro", "4,2", "4,4", "−0,2"]


def test_column_heads_name_the_windows():
    heads = [column.label for column in table(board(), SICK).columns]
    assert heads == ["Sjukfrånvaro", "R12 2023-12", "R12 2022-12", "Skillnad"]


def test_a_protected_figure_and_its_difference_show_two_dots_and_carry_no_link():
    figures = paper.PaperFigures({(11, 1, "sick_leave", "men", 2023): None})
    row = table(board(figures), SICK).rows[2]
    assert [cell.text for cell in row.cells] == ["Män", "..", "5,0", ".."]
    assert row.cells[1].figure_id == "" and row.cells[1].value is None and row.cells[1].mark


def test_a_rounding_note_stands_only_where_parts_differ_from_the_whole():
    sums = {
        (11, 1, f"sick_leave{part}", sex, year): value
        for part, value in (("", "5.0"), ("_short", "2.0"), ("_long", "3.0"))
        for sex in ("total", "women", "men")
        for year in (2022, 2023)
    }
    assert table(board(paper.PaperFigures(sums)), SICK).notes == ()
    sums[11, 1, "sick_leave", "women", 2023] = "5.1"
    assert "avrundas" in table(board(paper.PaperFigures(sums)), SICK).notes[0]


def test_given_counts_are_marked_as_given():
    document = board(given={"occupational_injuries": paper.given(9, source="KIA")})
    cell = table(document, "Arbetsskador och tillbud").rows[0].cells[1]
    assert (cell.text, cell.mark) == ("9", "Angiven, inte beräknad: KIA.")


def test_given_numbers_without_a_table_are_marked_too():
    document = board(given={"sick_leave_2020": paper.given("3.4")})
    note = next(b for b in document.blocks if isinstance(b, Note))
    assert (note.lead, note.text) == (
        "Angiven, inte beräknad", "Sjukfrånvaro 2020: 3,4 procent."
    )  # fmt: skip


def test_the_year_before_gets_a_column_only_where_somebody_typed_it():
    one = table(board(given={"near_misses": paper.given(9)}), "Arbetsskador och tillbud")
    two = table(board(given={"near_misses": paper.given(9, 7)}), "Arbetsskador och tillbud")
    assert (len(one.columns), len(two.columns)) == (2, 3)


def test_risks_of_last_year_span_their_actions_and_wanted_effects():
    risk = paper.risk(paper.action(), paper.action("Kylaggregat", "ongoing", ""))
    found = table(board(previous_risks=(risk,)), "Föregående års åtgärder")
    assert texts(found) == [
        ["Hög arbetsbelastning", "12", "Ny process", "✓\u00a0Avslutad", "2024-03-31"],
        ["Ordning och reda."],
        ["Kylaggregat", "Pågående", "2024-03-31"],
    ]
    assert found.rows[0].cells[0].rows == 3


def test_this_years_risks_name_a_role_and_not_a_person():
    found = table(
        board(current_risks=(paper.risk(paper.action(status="ongoing")),)),
        "Utvalda risker och åtgärder",
    )
    assert texts(found)[0][2:] == ["Ny process", "Förvaltningschef", "2024-03-31"]


def test_every_risk_has_its_own_heading_and_text():
    document = board(
        previous_risks=(paper.risk(paper.action()),),
        texts={("previous_actions", "risk-7"): "Det gick bra."},
    )
    place = next(
        i for i, b in enumerate(document.blocks)
        if isinstance(b, Heading) and b.text == "Hög arbetsbelastning"
    )  # fmt: skip
    assert document.blocks[place + 1] == Paragraph("Det gick bra.")


def test_the_chart_has_its_values_beside_it_from_the_first_full_window_on():
    blocks = board().blocks
    place = next(i for i, b in enumerate(blocks) if isinstance(b, Chart))
    rows = texts(blocks[place + 1])
    assert (rows[0][0], rows[-1][0], len(rows)) == ("R12 2021-12", "R12 2023-12", 9)
    assert "december 2023" in blocks[place].alt


def test_counts_of_the_municipality_are_sums_and_wait_for_the_last_board():
    one = paper.board(given={"occupational_injuries": paper.given(9)})
    two = paper.board(2, "Socialnämnden", given={"occupational_injuries": paper.given(11)})
    whole = table(municipality(one, two), "Arbetsskador och tillbud")
    assert whole.rows[0].cells[1].value == Decimal(20)
    part = table(municipality(one, paper.board(2)), "Arbetsskador och tillbud")
    assert part.rows[0].cells[1].text == "–"


def test_the_deviating_boards_are_named_per_answer():
    boards = [
        paper.board(1, "Kommunstyrelsen", answers=paper.answered(all_managers_certified="no")),
        paper.board(2, "Socialnämnden", answers=paper.answered(all_managers_certified="no")),
        paper.board(
            3, "Vård- och omsorgsnämnden", answers=paper.answered(all_managers_certified="yes")
        ),
    ]
    said = words(municipality(*boards))
    assert "arbetsmiljöarbete? Nej svarar Kommunstyrelsen och Socialnämnden." in said


def test_an_override_shows_the_answer_the_proposal_and_the_reason():
    one = paper.board(answers=paper.answered(rounds_carried_out="partly"))
    document = municipality(
        one, overrides={"rounds_carried_out": paper.overridden("yes", "Alla planerade är klara.")}
    )
    cell = table(document, "Arbetsmiljöronder och arbetsmiljöarbete").rows[0].cells[1]
    assert (cell.text, cell.mark) == ("Ja", "Ändrat från Delvis, se nedan.")
    assert "Motivering: Alla planerade är klara." in words(document)


def test_a_comment_stands_under_its_question():
    document = board(answers={"rounds_carried_out": Answered("partly", "Två kvar.")})
    asked, comment = table(document, "Arbetsmiljöronder och arbetsmiljöarbete").rows[:2]
    assert (asked.cells[1].text, comment.kind) == ("Delvis", "detail")
    assert [(c.label, c.text, c.columns) for c in comment.cells] == [("Kommentar", "Två kvar.", 2)]


def test_the_municipalitys_report_says_what_each_board_was_told_and_how_it_ended():
    lighter = paper.risk(paper.action(), pk=8, title="Buller", level=8)
    before = paper.risk(paper.action(), paper.action(status="ongoing"), paper.action())
    said = words(
        municipality(
            paper.board(1, "Kommunstyrelsen", current_risks=(paper.risk(paper.action()), lighter)),
            paper.board(2, "Socialnämnden", previous_risks=(before,)),
        )
    )
    assert "Kommunstyrelsen: Hög arbetsbelastning (risknivå 12); Buller (risknivå 8)." in said
    assert "Inga risker rapporterades vidare till Socialnämnden." in said
    assert "Socialnämnden: 1 risk, 3 åtgärder: 2 avslutade och 1 pågående." in said


def test_what_a_writer_sees_is_what_nobody_types_in_the_section():
    context = paper.context(paper.board(texts={("sick_leave", "main"): "Lägre."}))
    shown = composition.computed(context, context.report.form.section("sick_leave"))
    assert [type(block) for block in shown] == [Table, Chart, Table]
    assert composition.computed(context, context.report.form.section("meetings")) == []


def test_boards_with_more_events_and_hours_are_named():
    figures = paper.PaperFigures({(12, 2, "extra_hours", "total", 2023): "9"}, otherwise="5")
    events = {"occupational_injuries": paper.given(9, 7), "near_misses": paper.given(1, 1)}
    fewer = {"occupational_injuries": paper.given(5, 7), "near_misses": paper.given(1, 1)}
    document = municipality(
        paper.board(1, "Kommunstyrelsen", given=events),
        paper.board(2, "Socialnämnden", given=fewer),
        figures=figures,
    )
    assert "tillbud än föregående år: Kommunstyrelsen." in words(document)
    assert "mertid och övertid än föregående år: Socialnämnden." in words(document)


def test_the_end_says_what_the_figures_are_and_stand_on():
    said = words(board())
    assert "Dag 1–14" in said and "kontrollsumman 0123456789ab" in said
    assert "Underlaget togs ut 2024-04-30" in said
