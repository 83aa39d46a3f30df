"""Columns proposed from heads and cells: the table of real-looking heads, and what always holds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samkoll.imports import profiles_known as known
from samkoll.imports import profiles_proposing
from samkoll.imports.kinds import KINDS, MEANINGS
from samkoll.imports.profiles_proposing import (
    HOLDS,
    Confidence,
    Why,
    propose,
    propose_kind,
    propose_words,
)
from samkoll.imports.profiles_shapes import looks_like

ID = "19800101-9876"
FILES: dict[str, dict[str, tuple[str | None, str]]] = {
    "months": {
        "Månad": ("month", "2024-01"), "Personnummer": ("person", ID), "Löpnr": ("employment", "1"),
        "Enhetskod": ("unit", "KSF-110"), "Kön": ("sex", "K"), "Anst.form": ("form", "Tillsvidare"),
        "Huvudanst": ("main", "Ja"), "Befattning": ("staff_group", "Handläggare"),
        "Syss.grad": ("extent", "75,00"), "Schematid": ("ordinary", "168,00"),
        "Sjuk 1-14": ("sick_short", "8,00"), "Sjuk 15-": ("sick_long", "0,00"),
        "Fyllnadstid": ("additional", "2,0"), "Övertidstimmar": ("overtime", "1,0"),
        "Anställd t.o.m.": ("end_date", ""), "Avgångsorsak": ("departure", ""),
        "Sekretessmarkering": ("protected", "N"), "Förnamn": (None, "Kim"),
    },
    "absence": {
        "Personnr": ("person", ID), "AnstNr": ("employment", "1"), "Namn": (None, "Åsa Öst"),
        "Frånvaro fr.o.m.": ("first", "2024-01-08"), "Frånvaro t.o.m.": ("last", "2024-01-12"),
        "Orsak": ("cause", "Sjuk"), "Omf %": ("extent", "100"), "Timmar": ("hours", "40,00"),
        "Dagnr": ("day_number", "1"), "Första dag i perioden": ("started", "2024-01-08"),
        "Schema-id": (None, "4471"),
    },
    "employment": {
        "Pers.nr": ("person", ID), "Anställningsnr": ("employment", "1"),
        "Org.enhet": ("unit", "KSF-110"), "Anst.from": ("valid_from", "2020-01-01"),
        "Anst.tom": ("valid_to", ""), "Anst.form": ("form", "Tillsv"), "Ssg": ("extent", "100"),
        "K/M": ("sex", "M"), "AID": ("staff_group", "151012"), "Skyddad": ("protected", "N"),
        "Chefens personnummer": ("manager", "19700101-9894"),
        "Heltid/vecka": ("full_time_week", "40,00"),
    },
    "time": {
        "År": ("year", "2024"), "Månad": ("month", "jan"), "PNR": ("person", "8001019876"),
        "Anst": ("employment", "1"), "Mertid/fyllnad": ("additional", "1,5"),
        "Övertid totalt": ("overtime", "2,0"), "Ordinarie tid": ("ordinary", "165,00"),
    },
    "departure": {
        "Personnumer": ("person", ID), "Anst nr": ("employment", "1"),
        "Avgångsdatum": ("last", "2024-05-31"), "Avgångsorsak kod": ("cause", "Egen begäran"),
    },
}  # fmt: skip


def sample(kind: str) -> tuple[list[str], list[list[str]]]:
    return list(FILES[kind]), [[cell, cell] for _column, cell in FILES[kind].values()]


@pytest.mark.parametrize("kind", FILES)
def test_every_head_of_a_real_looking_file_is_proposed_for_its_column(kind):
    heads, cells = sample(kind)
    found = {heads[each.position]: name for name, each in propose(heads, cells, kind).items()}
    assert found == {head: column for head, (column, _) in FILES[kind].items() if column}


@pytest.mark.parametrize("kind", FILES)
def test_the_kind_of_file_is_proposed(kind):
    assert propose_kind(*sample(kind)) == kind


def test_how_sure_a_proposal_is():
    heads = ["Personnummer", "Övertid enkel", "Avgngsorsak", "x", "Sjuk kort"]
    cells = [[ID], ["1,5"], ["Pension"], ["2024-01"], ["ja"]]
    found = propose(heads, cells, "months")
    told = {name: (each.confidence, each.why, each.doubt) for name, each in found.items()}
    assert told == {
        "person": (Confidence.SURE, Why.KNOWN, False),
        "overtime": (Confidence.LIKELY, Why.PART, False),
        "departure": (Confidence.LIKELY, Why.NEAR, False),
        "month": (Confidence.GUESS, Why.CONTENT, False),
        "sick_short": (Confidence.GUESS, Why.KNOWN, True),
    }


@pytest.mark.parametrize(
    ("column", "head", "cell", "worth"),
    [
        ("person", "Personnummer", ID, 115),
        ("overtime", "Övertid enkel", "1,5", 80.8),
        ("departure", "Avgngsorsak", "Pension", 64.6),
        ("month", "x", "2024-01", 35),
        ("sick_short", "Sjuk kort", "ja", 84.9),
    ],
)
def test_the_worked_numbers_of_the_rules_page(column, head, cell, worth):
    pair = profiles_proposing._pair("months", column, head, looks_like([cell]))
    assert pair is not None and round(pair.worth, 1) == worth


def test_a_head_that_stands_twice_is_nobodys():
    found = propose(["Pnr", "PNR", "Orsak"], [[ID], [ID], ["Sjuk"]], "absence")
    assert set(found) == {"cause"}


def test_without_known_heads_only_telling_content_proposes():
    heads, cells = ["A", "B", "C", "D"], [[ID], ["2024-01-01"], ["2024-01-05"], ["12,5"]]
    found = propose(heads, cells, "absence")
    assert {name: each.position for name, each in found.items()} == {
        "person": 0,
        "first": 1,
        "last": 2,
    }


@pytest.mark.parametrize(
    ("words", "found", "code"),
    [
        ("sex", "K", 1), ("sex", "Man", 2), ("form", "Tillsvidareanst", 1), ("form", "BEA", 2),
        ("form", "Timavl.", 3), ("yes_no", "N", 0), ("departure", "Egen begäran", 2),
        ("departure", "Pensionsavgång", 1), ("cause", "Sjukdom dag 2-14", 1), ("cause", "VAB", 2),
        ("cause", "Tillf. vård av barn", 2), ("cause", "4711", None), ("sex", "", None),
    ],
)  # fmt: skip
def test_words_of_the_sample_are_proposed_by_known_words(words, found, code):
    assert propose_words(words, [found]) == {found: code}


def test_the_known_heads_and_words_belong_to_the_columns_and_codes_that_there_are():
    for name, kind in KINDS.items():
        assert set(known.HEADS[name]) == set(kind.columns)
        assert set(kind.columns) <= set(HOLDS)
    assert {name: set(codes) for name, codes in known.WORDS.items()} == {
        name: set(codes) for name, codes in MEANINGS.items()
    }


_HEAD = st.one_of(
    st.sampled_from([head for file in FILES.values() for head in file]), st.text(max_size=12)
)
_CELL = st.one_of(
    st.sampled_from([cell for file in FILES.values() for _, cell in file.values()]),
    st.text(max_size=12),
)


@settings(max_examples=50, deadline=None)
@given(
    kind=st.sampled_from(sorted(KINDS)),
    columns=st.lists(st.tuples(_HEAD, st.lists(_CELL, min_size=2, max_size=2)), max_size=8),
)
def test_no_head_goes_to_two_columns_and_the_same_file_gives_the_same_proposal(kind, columns):
    heads, cells = [head for head, _ in columns], [cells for _, cells in columns]
    found = propose(heads, cells, kind)
    positions = [each.position for each in found.values()]
    assert len(set(positions)) == len(positions)
    assert all(name == each.column for name, each in found.items())
    assert set(found) <= set(KINDS[kind].columns)
    assert propose(heads, cells, kind) == found
