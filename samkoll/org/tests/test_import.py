"""The organisation from a file: what it makes, what it refuses and with which words."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from samkoll.audit.models import Change
from samkoll.org import queries, services
from samkoll.org.importing.sheet import FileUnreadable
from samkoll.org.models import Board, Succession, Unit, UnitPath
from samkoll.org.tests.files import GOOD, changed, rows
from tests.town import ACTOR

DAY = date(2024, 5, 1)


def load(content: bytes, *, actor=ACTOR, expected: str = ""):
    return services.import_organisation(
        content=content, day=DAY, actor=actor, today=DAY, expected=expected
    )


def faults(content: bytes) -> list[str]:
    return [str(fault) for fault in queries.preview(content, DAY).faults]


@pytest.fixture
def loaded(db: None) -> None:
    load(GOOD.encode())


def test_makes_units_paths_boards_and_successions(loaded):
    merged = queries.unit_by_code("SOF-110")
    assert [unit.code for unit in queries.above(merged)] == ["EXK", "SOF", "SOF-100"]
    assert {s.predecessor.code for s in merged.precessions.all()} == {"SOF-111", "SOF-112"}
    assert {s.on for s in Succession.objects.all()} == {date(2024, 1, 1)}
    assert queries.unit_by_code("SOF").board_units.get().board.name == "Socialnämnden"
    assert UnitPath.objects.count() == 1 + 2 * 2 + 3 + 3 * 4


def test_the_same_file_twice_changes_nothing(loaded):
    before = Change.objects.count()
    plan = load(GOOD.encode("cp1252"))
    assert (plan.changes, plan.unchanged, plan.untouched) == (0, 7, 0)
    assert Change.objects.count() == before


def test_the_preview_tells_what_is_new_renamed_and_closed(loaded):
    text = GOOD.replace(
        "Hemtjänst Centrum;enhet;SOF-100;;2024-01-01;",
        "Hemtjänst Mitt;enhet;SOF-100;;2024-01-01;2024-08-31",
    )
    text += "SOF-120;Natt;enhet;SOF-100;;2024-09-01;;SOF-110\n"
    plan = queries.preview(text.encode(), DAY)
    assert [node.code for node in plan.opened] == ["SOF-120"]
    assert [(r.before, r.after) for r in plan.renamed] == [("Hemtjänst Centrum", "Hemtjänst Mitt")]
    assert [(c.key[0], c.last_day) for c in plan.closed] == [("SOF-110", date(2024, 8, 31))]
    assert plan.changes == 4
    load(text.encode())
    assert load(text.encode()).changes == 0


def test_a_rename_keeps_the_older_name_for_older_figures(loaded):
    load(changed("Hemtjänst Centrum", "Hemtjänst Mitt"))
    names = queries.unit_by_code("SOF-110").names.order_by("valid_from")
    assert [(n.name, n.valid_from) for n in names] == [
        ("Hemtjänst Centrum", date(2024, 1, 1)),
        ("Hemtjänst Mitt", DAY),
    ]


def test_a_unit_that_changes_board_keeps_the_earlier_board_until_then(loaded):
    load(changed("EXK;SN;", "EXK;Kommunstyrelsen;"))
    served = queries.unit_by_code("SOF").board_units.order_by("valid_from")
    assert [(s.board.code, s.valid_to) for s in served] == [("SN", date(2024, 4, 30)), ("KS", None)]


def test_a_move_closes_the_unit_and_opens_a_successor_with_the_same_code(loaded):
    text = GOOD.replace("2024-01-01;;SOF-111,SOF-112", "2024-01-01;2024-12-31;SOF-111,SOF-112")
    text += "SOF-110;Hemtjänst Centrum;enhet;KSF;;2025-01-01;;SOF-110\n"
    load(text.encode())
    now = queries.unit_by_code("SOF-110")
    assert now.parent is not None and now.parent.code == "KSF"
    assert now.precessions.get().predecessor.code == "SOF-110"


REFUSED = {
    "unknown parent": (
        "SOF-100;Hemtjänst;avdelning;SOF;",
        "SOF-100;Hemtjänst;avdelning;SOX;",
        "Rad 7, överordnad: det finns ingen enhet med koden ”SOX”. Menade du SOF",
    ),
    "unknown board": ("EXK;SN;", "EXK;SNN;", "ingen nämnd ”SNN”"),
    "unknown kind": (
        "Hemtjänst;avdelning",
        "Hemtjänst;avdelnig",
        "Rad 7, typ: ”avdelnig” är ingen typ",
    ),
    "bad date": (
        "SOF;;2015-01-01;;\nSOF-111",
        "SOF;;15-01-01;;\nSOF-111",
        "Rad 7, gäller från: ”15-01-01” är inget datum",
    ),
    "ends before it starts": (
        "2015-01-01;2023-12-31;\nSOF-112",
        "2015-01-01;2014-12-31;\nSOF-112",
        "inte sluta gälla före sin första dag",
    ),
    "starts before the parent": (
        "SOF-111;Hemtjänst Östra;enhet;SOF-100;;2015",
        "SOF-111;Hemtjänst Östra;enhet;SOF-100;;2014",
        "SOF-100 gäller 2015-01-01",
    ),
    "goes on after the parent": (
        "SOF;;2015-01-01;;\nSOF-111",
        "SOF;;2015-01-01;2023-12-31;\nSOF-111",
        "Rad 10, gäller från",
    ),
    "the same code twice": ("SOF-112;", "SOF-111;", "Rad 9, kod: samma kod och dag står på rad 8"),
    "overlapping periods": (
        "SOF-112;Hemtjänst Västra;enhet;SOF-100;;2015",
        "SOF-111;Hemtjänst Västra;enhet;SOF-100;;2016",
        "koden SOF-111 gäller redan från 2015-01-01",
    ),
    "a circle": (
        "SOF;Socialförvaltningen;förvaltning;EXK;",
        "SOF;Socialförvaltningen;förvaltning;SOF-100;",
        "i en ring: SOF > SOF-100 > SOF",
    ),
    "two tops": (
        "KSF;Kommunstyrelsens förvaltning;förvaltning;EXK;",
        "KSF;Kommunstyrelsens förvaltning;kommun;;",
        "bara en rad är överst",
    ),
    "no top": (
        "EXK;Exempelkommunen;kommun;;",
        "EXK;Exempelkommunen;enhet;KSF;",
        "ska ha typen kommun",
    ),
    "an empty name": ("SOF-111;Hemtjänst Östra;", "SOF-111;;", "Rad 8, namn: cellen är tom"),
    "replaces one that goes on": (
        "2015-01-01;2023-12-31;\nSOF-112",
        "2015-01-01;;\nSOF-112",
        "ska sluta gälla dagen innan",
    ),
    "replaces one that does not exist": ("SOF-111,SOF-112", "SOF-111,SOF-912", "Menade du SOF-112"),
    "a column too many": (
        "SOF-111,SOF-112",
        "SOF-111;SOF-112",
        "fler kolumner än filens första rad",
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("old, new, said", REFUSED.values(), ids=REFUSED.keys())
def test_refuses_the_whole_file_and_says_where_and_why(old, new, said):
    content = changed(old, new)
    assert any(said in fault for fault in faults(content)), faults(content)
    with pytest.raises(services.FileRefused):
        load(content)
    assert not Unit.objects.exists() and not Board.objects.exists()


def test_a_known_unit_neither_moves_nor_changes_its_kind_nor_reopens(loaded):
    moved = changed("Hemtjänst Centrum;enhet;SOF-100", "Hemtjänst Centrum;avdelning;KSF")
    reopened = changed("2015-01-01;2023-12-31;\nSOF-112", "2015-01-01;2023-11-30;\nSOF-112")
    assert "byter inte typ" in faults(moved)[0] and "flyttar inte" in faults(moved)[1]
    assert "avslutades 2023-12-31" in faults(reopened)[0]


def test_a_unit_does_not_end_above_units_that_go_on(loaded):
    content = rows("SOF-100;Hemtjänst;avdelning;SOF;;2015-01-01;2024-12-31;")
    assert "under enheten finns SOF-110 som inte slutar" in faults(content)[0]


def test_a_part_of_the_organisation_leaves_the_rest_alone(loaded):
    plan = load(rows("SOF-130;Dag;enhet;SOF-100;;2024-06-01;;"))
    assert (plan.changes, plan.untouched, Unit.objects.count()) == (1, 7, 8)


def test_what_was_previewed_is_what_is_done(loaded):
    content = rows("SOF-130;Dag;enhet;SOF-100;;2024-06-01;;")
    seen = queries.preview(content, DAY).fingerprint
    load(rows("SOF-130;Kväll;enhet;SOF-100;;2024-06-01;;"))
    with pytest.raises(services.ChangedMeanwhile, match="Granska den igen"):
        load(content, expected=seen)


def test_only_those_who_may_change_the_organisation_import_it(town):
    for role in ("manager", "hr_strategist", "auditor"):
        with pytest.raises(PermissionDenied, match="rollen Administratör"):
            load(GOOD.encode(), actor=town.user(role))


@pytest.mark.parametrize(
    "content, said",
    [
        (b"", "tom"),
        (b"  \n ", "tom"),
        (b"kod;namn\n", "saknar: typ, överordnad, gäller från"),
        (b"kod,namn\n", "inga semikolon"),
        (GOOD.encode("utf-16"), "inte text i UTF-8"),
        (b"PK\x03\x04skadad", "skadad"),
        (changed("ersätter", "ersätts"), "inte känns igen"),
        (b"x;" * 3_000_000, "större än 5 MB"),
        (GOOD.encode() + b'"oavslutad', "citattecknen"),
    ],
)
def test_an_unreadable_file_is_refused_in_a_sentence(content, said):
    with pytest.raises(FileUnreadable, match=said):
        queries.preview(content, DAY)
