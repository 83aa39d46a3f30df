"""Files with what the API gives, and how values lie: no database."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samkoll.opendata import bundle as bundles
from samkoll.opendata import files
from samkoll.opendata.bundle import NotKolada
from samkoll.opendata.spread import Place, spread
from samkoll.opendata.tests import replies

CSV = "kpi;municipality;municipality_title;period;gender;value\r\nN00090;126;Ådorp;2023;T;7,2\r\n"


def read(content, name="svar.json"):
    text = content if isinstance(content, str) else json.dumps(content)
    return files.read(text.encode(), name=name)


def test_json_is_read_as_one_reply_a_list_or_named_replies():
    row = replies.data("9901", 7.25)
    for content in ({"values": [row]}, [{"values": [row]}], {"data": {"values": [row]}}):
        assert read(content).values == {("N00090", "9901", 2023, "T"): (Decimal("7.25"), "")}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [";", "\t"])
def test_csv_is_read_whatever_spreadsheet_wrote_it(encoding, separator):
    content = CSV.replace(";", separator).encode(encoding)
    found = files.read(content, name="tabell.csv")
    assert found.values == {("N00090", "0126", 2023, "T"): (Decimal("7.2"), "")}
    assert found.municipalities["0126"].title == "Ådorp"


def test_a_value_that_is_missing_or_deleted_is_none_and_keeps_its_status():
    rows = [replies.data("9901", None, status="Missing"), replies.data("9902", 3, isdeleted=True)]
    found = read({"values": rows}).values
    assert found["N00090", "9901", 2023, "T"] == (None, "Missing")
    assert found["N00090", "9902", 2023, "T"] == (None, "deleted")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (replies.data("99", 7), "kommunkoden ”99”"),
        (replies.data("9901", "sju"), "värdet ”sju”"),
        (replies.data("9901", "NaN"), "värdet ”NaN”"),
        (replies.data("9901", 7, sex="X"), "könet ”X”"),
        (replies.data("9901", 7, code="090"), "nyckeltalet ”090”"),
        (replies.data("9901", 7, year=20233), "året ”20233”"),
        ({"id": "?"}, "varken värde"),
        ({"id": "G1", "title": "?", "members": ["99"]}, "utan kod eller kommuner"),
        ({"id": "", "title": "?", "members": 7}, "utan kod eller kommuner"),
        ({"kpi": "N00090", "municipality": "9901", "period": 2023, "values": [7]}, "saknar"),
        ("text", "inte ett objekt"),
    ],
)
def test_one_wrong_row_refuses_the_whole_content_and_says_where(row, said):
    with pytest.raises(NotKolada) as refused:
        read({"values": [replies.data("9902", 1), row]})
    assert said in refused.value.faults[0]
    assert "rad 2" in refused.value.faults[0]


def test_two_values_for_the_same_thing_are_a_fault():
    with pytest.raises(NotKolada) as refused:
        read({"values": [replies.data("9901", 1), replies.data("9901", 2)]})
    assert "finns redan" in refused.value.faults[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [("{", "inte hel JSON"), ("a;b\n1;2", "saknar kolumnerna kpi"), ('{"values": []}', "tomt")],
)
def test_what_is_not_kolada_is_refused_in_a_sentence(content, said):
    with pytest.raises(NotKolada, match=said):
        read(content)


def test_characters_that_the_database_cannot_keep_are_left_out():
    found = read({"values": [replies.kpi(title="Sjuk\0frånvaro \ud800 i  \n kommunen")]})
    assert found.kpis["N00090"].title == "Sjukfrånvaro i kommunen"


def test_a_bundle_is_kept_and_comes_back_as_it_was():
    found = read(replies.everything())
    again = bundles.unpacked(found.packed())
    assert (again.values, again.kpis, again.groups) == (found.values, found.kpis, found.groups)
    assert bundles.fingerprint(again.packed()) == bundles.fingerprint(found.packed())


# The worked numbers of docs/rules/kolada.md.
EIGHT = {str(n): Decimal(n) for n in (4, 5, 6, 7, 8, 9, 10, 13)}


def test_means_and_quartiles_as_the_rules_page_works_them_out():
    weights = dict.fromkeys(EIGHT, Decimal(100)) | {"4": Decimal(900)}
    found = spread(EIGHT, weights, members=9, decimals=1)
    assert (found.members, found.known) == (9, 8)
    assert found.mean == Decimal("7.8")
    assert found.weighted == Decimal("5.9")
    shown = found.quartiles
    assert shown is not None
    assert (shown.lower, shown.median, shown.upper) == tuple(map(Decimal, ("5.8", "7.5", "9.3")))
    places = {value: shown.place(Decimal(value)) for value in ("5.7", "5.8", "7.6", "9.4")}
    assert list(places.values()) == [
        Place.LOWEST, Place.LOWER_MIDDLE, Place.UPPER_MIDDLE, Place.HIGHEST,
    ]  # fmt: skip


def test_one_missing_weight_is_no_weighted_mean_at_all():
    weights = {town: Decimal(1) for town in EIGHT if town != "13"}
    found = spread(EIGHT, weights, members=8, decimals=1)
    assert (found.weighted, found.unweighed) == (None, 1)


def test_six_municipalities_have_no_quartiles():
    few = dict(list(EIGHT.items())[:6])
    assert spread(few, {}, members=6, decimals=1).quartiles is None
    assert spread({}, {}, members=7, decimals=1).mean is None


VALUES = st.dictionaries(
    st.text(min_size=1, max_size=4), st.decimals(0, 100, places=2), min_size=1, max_size=30
)


@settings(max_examples=40)
@given(VALUES)
def test_equal_weights_give_the_unweighted_mean(values):
    found = spread(values, dict.fromkeys(values, Decimal(7)), members=len(values), decimals=3)
    assert found.weighted is not None and found.mean is not None
    assert abs(found.weighted - found.mean) <= Decimal("0.001")
