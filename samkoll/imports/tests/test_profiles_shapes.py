"""Nothing that is shown of a sample tells who somebody is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samkoll.imports import profiles_shapes as shapes
from samkoll.imports.profiles_shapes import Shape
from samkoll.imports.tests.payroll import identity


@pytest.mark.parametrize(
    ("head", "cells", "first"),
    [
        ("Personnummer", ["19800101-9876"], "ÅÅÅÅMMDD-NNNN"),
        ("x", ["8001019876", "800102-9876"], "ÅÅMMDDNNNN"),
        ("x", ["198001019876", ""], "ÅÅÅÅMMDDNNNN"),
        ("x", ["800101+9876"], "ÅÅMMDD+NNNN"),
        ("x", ["1,98E+11", "1,97E+11"], "N,NNA+NN"),
        ("Pnr", ["19800101-TF12"], "ÅÅÅÅMMDD-NNNN"),
        ("Förnamn", ["Kim"] * 9, "Aaa"),
        ("Närmaste chef", ["Kim Öst"] * 9, "Aaa Aaa"),
        ("x", ["Öst, Kim", "Ek, Bo"], "Aaa, Aaa"),
        ("Befattning", ["Läkare", "Kock"], "Aaaaaa"),
        ("Befattning", ["Läkare"] * 3, "Läkare"),
        ("Mobil", ["070-123 45 67"], "NNN-NNN NN NN"),
        ("E-post", ["kim.ost@kommun.exempel"] * 9, "aaa.aaa@aaaaaa.aaaaaaa"),
        ("Födelsedatum", ["1980-01-01"], "NNNN-NN-NN"),
        ("Från", ["2024-01-31"], "2024-01-31"),
        ("Timmar", ["1 234,50"], "1 234,50"),
        ("Omf", ["75 %"], "75 %"),
        ("Enhet", ["KSF-110"], "KSF-110"),
        ("Enhetsnamn", ["Norra skolan"] * 3, "Norra skolan"),
        ("Kön", ["Kvinna"], "Kvinna"),
    ],
)
def test_a_cell_is_shown_as_it_is_only_when_it_names_nobody(head, cells, first):
    assert shapes.shown(head, cells)[0] == first


@pytest.mark.parametrize(
    ("cells", "shape"),
    [
        (["2024-01", "2024-02"], Shape.MONTH),
        (["jan", "Feb"], Shape.MONTH),
        (["2021-APR"], Shape.MONTH),
        (["31/01/2024", "01/02/2024"], Shape.DATE),
        (["7:30"], Shape.CLOCK),
        (["1\u202f234,5", "\u22122,0"], Shape.NUMBER),
        (["Ja", "", "Nej"], Shape.YES_NO),
        (["Tillsvidare", "Vikariat"], Shape.FORM),
        (["Solskolan i Norr"], Shape.TEXT),
    ],
)
def test_what_a_column_looks_like(cells, shape):
    assert shape in shapes.looks_like(cells)


def test_one_odd_cell_of_five_does_not_decide():
    assert Shape.DATE in shapes.looks_like(["2024-01-01"] * 4 + ["?"])
    assert Shape.DATE not in shapes.looks_like(["2024-01-01"] * 3 + ["?"])
    assert shapes.looks_like(["", " "]) == frozenset()


def test_a_first_row_that_is_a_person_is_no_head_to_show():
    assert shapes.shown_head("19800101-9876") == "ÅÅÅÅMMDD-NNNN"
    assert shapes.shown_head("Sjuk dag 1-14") == "Sjuk dag 1-14"


@settings(max_examples=50, deadline=None)
@given(
    number=st.integers(0, 5000),
    year=st.integers(1940, 2005),
    written=st.sampled_from(["{}", "{:.8}{}", " {} ", "{};x"]),
    head=st.sampled_from(["Personnummer", "x", "Månad", "Enhet", "Timmar", ""]),
    others=st.lists(st.sampled_from(["2024-01", "KSF-110", "168,00", "Ja", ""]), max_size=6),
)
def test_no_identity_number_is_ever_shown(number, year, written, head, others):
    whole = identity(number, year)
    cell = written.format(whole[:8], whole[-4:]) if ":" in written else written.format(whole)
    shown = shapes.shown(head, [cell, *others])
    assert not re.search(r"\d{4}\s*$", shown[0]) and whole[-4:] not in shown[0]
