"""The review of reports: a correct one gives nothing, every mutation is found, the seeds' table."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from samkoll.documents import content, writers
from samkoll.reports import cli, composition
from samkoll.reports.review import blocks, child, opening, reviewing
from samkoll.reports.review.figures import number
from samkoll.reports.review.lines import of_text
from samkoll.reports.review.rules.arithmetic import adds_up
from samkoll.reports.tests import paper
from tests.acceptance import expected
from tests.acceptance.test_facts_on_paper import figures

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
BOARDS = ("Kommunstyrelsen", "Förskolenämnden", "Grundskolenämnden", "Vård- och omsorgsnämnden")
TEXTS = {
    "injuries": "Medarbetarna har fått återkoppling om de händelser som är utredda.",
    "sick_leave": (
        "Den totala sjukfrånvaron för 2023 var 4,2 procent, vilket är en minskning med 0,2 "
        "procentenheter jämfört med 2022. Sjukfrånvaron är högre än 2021 (3,9 procent). "
        "Kvinnornas sjukfrånvaro var 5,8 procent och för män 1,8 procent. Männens långa "
        "sjukfrånvaro har minskat, medan kvinnornas ligger stilla. Kvinnors sjukfrånvaro är på "
        "samma nivå som 2022. Den korta sjukfrånvaron ökade med 0,1 procentenheter. Frånvaron kan "
        "öka i vinter. I Vård- och omsorgsnämnden har sjukfrånvaron ökat."
    ),
    "turnover": (
        "Personalomsättningen har minskat med 7,5 procentenheter, från 19,5 procent. Nu är "
        "personalomsättningen 12 procent. Omsättningen har minskat för kvinnor och minskat för män."
    ),
    "working_time": (
        "Mertid och övertid har minskat med totalt 453 timmar. Både mertid och övertid har minskat."
    ),
    "rounds": "Skyddsombuden deltog i ronden. Övriga arbetsmiljöronder har delvis genomförts.",
    "inspections": "Ingen inspektion har gjorts under året.",
    "delegation": "De flesta chefer har fått en skriftlig fördelning. Läs mer i avsnitt 2.10.",
}
ANSWERS = {
    "reporting_followed_routine": "yes", "fed_back_to_employees": "yes",
    "rounds_carried_out": "partly", "routines_followed": "partly",
    "safety_representatives_took_part": "yes", "measures_fed_back": "partly",
    "occupational_health_service_used": "yes", "inspected_by_authority": "no",
    "all_have_written_task_distribution": "no", "all_managers_certified": "no",
    "those_have_authority_resources_knowledge": "yes",
}  # fmt: skip


def composed(texts=None, answers=None, given=None):
    facts = expected.load("board")
    counts = {key: paper.given(value) for key, value in facts["incidents"].items()} | (given or {})
    report = paper.board(
        given=counts,
        texts={(section, "main"): text for section, text in (TEXTS | (texts or {})).items()},
        answers=paper.answered(**(ANSWERS | (answers or {}))),
    )
    return composition.document(paper.context(report, figures(facts, 11, 1)))


@pytest.fixture(scope="module")
def correct():
    return composed()


def reviewed(*documents):
    return reviewing.review([blocks.of_content(d, f"{n}") for n, d in enumerate(documents)], BOARDS)


def rules(*documents):
    return {finding.rule for finding in reviewed(*documents)}


def changed(document, old, new, label):
    """The document with another text in the cell that has ``old`` in the first row so labelled."""
    seen = False
    made = []
    for block in document.blocks:
        rows = []
        for row in block.rows if isinstance(block, content.Table) else ():
            texts = [cell.text for cell in row.cells]
            cells = list(row.cells)
            if texts[0] == label and old in texts and not seen:
                cells[texts.index(old)] = content.Cell(new)
                seen = True
            rows.append(replace(row, cells=tuple(cells)))
        made.append(replace(block, rows=tuple(rows)) if rows else block)
    assert seen
    return replace(document, blocks=tuple(made))


def as_text(document):
    """The report as a text file in the form of the seeds."""
    lines = [document.subtitle]
    for block in document.blocks:
        match block:
            case content.Heading():
                lines.append(block.label)
            case content.Paragraph():
                lines.append(block.text)
            case content.Table():
                rows = [[column.label for column in block.columns]]
                rows += [[cell.text for cell in row.cells] for row in block.rows]
                lines.append("\n".join("\t".join(row) for row in rows))
    return "\n\n".join(lines).encode()


def test_a_correct_report_gives_nothing_in_any_format(correct):
    made = writers.render(correct, formats=("docx", "pdf")) | {"txt": as_text(correct)}
    read = [child.read(f"rapport.{form}", f".{form}", data) for form, data in made.items()]
    assert reviewed(correct) == ()
    for document in read:
        assert len(document.tables) >= 9
        assert reviewing.review([document], BOARDS) == ()
    assert reviewing.review(read, BOARDS) == ()


def test_a_wrong_cell_is_found_in_every_format(correct):
    wrong = changed(correct, "−7,5", "−5,7", "Totalt")
    made = writers.render(wrong, formats=("docx", "pdf")) | {"txt": as_text(wrong)}
    for form, data in made.items():
        (found,) = reviewing.review([child.read(f"rapport.{form}", f".{form}", data)], BOARDS)
        assert found.rule == "skillnad"
        place = found.quotations[0].place
        assert "Personalomsättning" in place.heading
        assert bool(place.page) == (form == "pdf")


CELLS = [
    ("skillnad", "−0,2", "−0,3", "Total sjukfrånvaro"),
    ("skillnad", "−7,5", "7,5", "Totalt"),
    ("skillnad", "−24", "−34", "Antal avgångar (externa)"),
    ("skillnad", "4,2", "4,3", "Total sjukfrånvaro"),
    ("delar", "389", "398", "Summa"),
    ("delar", "2,7", "7,2", "Totalt"),
    ("text-tabell", "4,2", "4,8", "Total sjukfrånvaro"),
    ("text-tabell", "5,8", "5,6", "Kvinnor"),
    ("mellan", "12,0", "12,9", "Totalt"),
    ("klarmarkerade", "2", "20", "Antal klarmarkerade händelser"),
]


@pytest.mark.parametrize(("rule", "old", "new", "label"), CELLS)
def test_another_value_in_a_cell_is_found(correct, rule, old, new, label):
    assert rule in rules(changed(correct, old, new, label))


def test_parts_that_rounding_explains_are_no_finding(correct):
    """5,8 against 1,5 + 4,2 stands in the correct report; one tenth more is no longer rounding."""
    wrong = changed(correct, "5,8", "5,9", "Kvinnor")
    assert "delar" in rules(wrong)


WORDS = [
    ("text-tabell", "sick_leave", "för 2023 var 4,2", "för 2023 var 4,7"),
    ("text-tabell", "sick_leave", "för 2023 var", "för 2022 var"),
    ("fel-ar", "sick_leave", "för 2023 var", "för 2024 var"),
    ("fel-ar", "sick_leave", "samma nivå som 2022", "samma nivå som 2023"),
    ("fel-ar", "sick_leave", "jämfört med 2022", "jämfört med 2021"),
    ("text-tabell", "sick_leave", "minskning med 0,2", "minskning med 0,4"),
    ("riktning", "sick_leave", "en minskning med 0,2", "en ökning med 0,2"),
    ("riktning", "sick_leave", "korta sjukfrånvaron ökade", "korta sjukfrånvaron minskade"),
    ("riktning", "sick_leave", "Männens långa sjukfrånvaro har minskat",
     "Männens långa sjukfrånvaro har ökat"),
    ("text-tabell", "sick_leave", "Kvinnornas sjukfrånvaro var", "Männens sjukfrånvaro var"),
    ("text-tabell", "sick_leave", "för män 1,8", "för kvinnor 1,8"),
    ("procentenheter", "sick_leave", "0,2 procentenheter", "0,2 procent"),
    ("procentenheter", "sick_leave", "var 4,2 procent,", "var 4,2 procentenheter,"),
    ("enhet", "sick_leave", "var 4,2 procent,", "var 4,2,"),
    ("enhet", "turnover", "med 7,5 procentenheter", "med 7,5"),
    ("riktning", "turnover", "har minskat med 7,5", "har ökat med 7,5"),
    ("riktning", "turnover", "minskat för män", "ökat för män"),
    ("text-tabell", "turnover", "12 procent", "13 procent"),
    ("text-tabell", "working_time", "453", "543"),
    ("riktning", "working_time", "har minskat", "har ökat"),
    ("svar", "inspections", "Ingen inspektion har gjorts", "De har gjort två inspektioner"),
    ("svar", "injuries", "Medarbetarna har fått återkoppling om", "Mest hände ute, också"),
    ("hanvisning", "delegation", "avsnitt 2.10", "avsnitt 2.12 i detta dokument"),
    ("namnd", "sick_leave", "Vård- och omsorgsnämnden", "Barn- och utbildningsnämnden"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "section", "old", "new"), WORDS)
def test_another_word_in_the_text_is_found(rule, section, old, new):
    assert old in TEXTS[section]
    assert rule in rules(composed({section: TEXTS[section].replace(old, new)}))


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("rounds_carried_out", "yes"),
        ("safety_representatives_took_part", "no"),
        ("inspected_by_authority", "yes"),
        ("all_have_written_task_distribution", "yes"),
    ],
)
def test_another_answer_is_found(question, answer):
    assert rules(composed(answers={question: answer})) == {"svar"}


def test_a_figure_that_differs_between_two_documents_is_found(correct):
    other = changed(correct, "19,5", "19,4", "Totalt")
    assert "dokument" in rules(correct, other)
    assert rules(correct, correct) == set()


def test_small_groups_are_found_and_larger_are_not():
    head = "| Personalgrupp | Antal medarbetare | Total sjukfrånvaro | 1-14 dgr | 15-dgr |"
    for size, wanted in ((10, {"smagrupper"}), (11, set())):
        text = f"{head}\n|--|--|--|--|--|\n| Kock | {size} | 9,0 | 4,0 | 5,1 |"
        assert {f.rule for f in reviewing.review([of_text("t", text)])} == wanted


FINE = {
    "ett uppdrag som inte blir gjort": (
        "Uppdraget bedöms inte bli genomfört under året\n\nKartläggningen är inte påbörjad."
    ),
    "ett uppdrag som har börjat": (
        "Uppdraget bedöms bli genomfört under året.\n\nArbetet är påbörjat i alla delar.\n.\n"
        "Ett annat\n\nDet här har inte påbörjats."
    ),
    "indikatorer": (
        "Indikatorer\tTot K/M\tUtfall 2016\tMålvärde 2018\n"
        "Sjukfrånvaro i procent av arbetstiden\tTot\t4,9\tMinska\n\tK\t5,4\t\n\tM\t3,8\t\n"
        "Korttidssjukfrånvaro i procent\tTot\t2,1\tMinska\nStyrningsindex\tTot\t69\tÖka\n"
    ),
    "andra tider och andra än vi": (
        "2.2 Sjukfrånvaro\n\nSjukfrånvaro\tR12 2023-12\tR12 2022-12\tSkillnad\n"
        "Total sjukfrånvaro\t7,7\t8,5\t-0,8\n\n"
        "Sjukfrånvaron ökade under 2021. Sjukfrånvaron i länet har ökat med 1,2 procentenheter. "
        "Inom socialnämnden var sjukfrånvaron 9,1 procent. Vi vill att sjukfrånvaron ska minska. "
        "Sjukfrånvaron har minskat med 9,4 procent. Sjukfrånvaron har inte ökat. Hittills i år är "
        "sjukfrånvaron högre än 2023. Var 4,5 år omprövas målet. Sjukfrånvaron var 8 procent. "
        "Skillnaden mot länet har ökat till 1,0 procentenheter."
    ),
}


@pytest.mark.parametrize("name", FINE)
def test_a_text_without_contradictions_gives_nothing(name):
    assert reviewing.review([of_text(name, FINE[name])]) == ()


PAGE = (Path(__file__).parents[2] / "docs" / "rules" / "review.md").read_text(encoding="utf-8")


def examples(head):
    """Rows of the page's table that begins with that head."""
    lines = PAGE[PAGE.index(head) :].split("\n\n")[0].split("\n")[2:]
    return [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in lines]


@pytest.mark.parametrize(("sentence", "rule"), examples("| sentence | rule |"))
def test_the_sentences_of_the_rules_page(sentence, rule):
    table = (
        "2.2 Sjukfrånvaro\n\nSjukfrånvaro\tR12 2023-12\tR12 2022-12\tSkillnad\n"
        "Total sjukfrånvaro\t7,7\t8,5\t-0,8\n\n"
    )
    found = [f.rule for f in reviewing.review([of_text("t", table + sentence)])]
    assert found == ([] if rule == "none" else [rule])


@pytest.mark.parametrize(("total", "parts", "found"), examples("| total | parts | finding |"))
def test_the_sums_of_the_rules_page(total, parts, found):
    whole, *shown = (number(text) for text in (total, *parts.split(" + ")))
    assert whole is not None
    known = [part for part in shown if part is not None]
    assert adds_up(whole, known) == (found == "no")


@pytest.fixture(scope="module")
def seeds():
    if not SEEDS.is_dir():
        pytest.skip("../shared finns inte: fröna går inte att läsa.")
    paths = sorted(SEEDS.glob("*.txt"))
    return [of_text(path.name[:3], path.read_text(encoding="utf-8")) for path in paths]


def test_the_seeds_give_their_table_and_nothing_else(seeds):
    table = yaml.safe_load(Path(__file__).with_name("review_seeds.yaml").read_text("utf-8"))
    found = [
        (f.rule, *(f"{q.place.document}:{q.place.line}" for q in f.quotations))
        for f in reviewing.review(seeds)
    ]
    assert Counter(found) == Counter((row["rule"], *row["places"]) for row in table)


def test_the_command_says_why_and_ends_with_its_code(tmp_path):
    good, bad = tmp_path / "bra.txt", tmp_path / "fel.txt"
    head = "Arbetstid (timmar)\tR12 2023-12\tR12 2022-12\tSkillnad\n"
    good.write_text(f"{head}Summa\t5\t3\t2\n", encoding="utf-8")
    bad.write_text(f"{head}Summa\t5\t3\t-2\n", encoding="utf-8")
    run = CliRunner().invoke(cli.report, ["review", str(good)])
    assert (run.exit_code, run.output.strip()) == (0, "Inga motsägelser hittades.")
    run = CliRunner().invoke(cli.report, ["review", str(bad)])
    assert run.exit_code == 1
    assert "Tecknet är omvänt." in run.output
    assert "fel.txt, rad 2" in run.output
    run = CliRunner().invoke(cli.report, ["review", str(tmp_path / "saknas.txt")])
    assert run.exit_code == 2


def test_files_that_cannot_be_read_say_why(tmp_path):
    import pikepdf

    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(tmp_path / "bild.pdf")
    (tmp_path / "trasig.docx").write_bytes(b"PK\x03\x04 och sedan inget")
    for name, words in (("bild.pdf", "bara bilder"), ("trasig.docx", "skadad")):
        with pytest.raises(opening.Unreadable, match=words):
            opening.opened(tmp_path / name)
