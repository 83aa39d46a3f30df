"""Profiles say what is wrong with them."""

from __future__ import annotations

import pytest
import yaml

from samkoll.imports import profiles

TEXT = (profiles.FOLDER / "lon-manad.yaml").read_text(encoding="utf-8")


def changed(**changes: object) -> str:
    return yaml.safe_dump({**yaml.safe_load(TEXT), **changes}, allow_unicode=True)


@pytest.mark.parametrize("name", profiles.available())
def test_every_shipped_profile_loads_under_its_own_name(name):
    assert profiles.load(name).name == name


def test_an_unknown_profile_names_those_that_exist():
    with pytest.raises(
        profiles.UnusableProfile, match=r"Profilen ”lon-manda” finns inte\. Välj lon-manad"
    ):
        profiles.load("lon-manda")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"separator": "#"}, "”separator” är ”#”"),
        ({"convention": "both"}, "”convention” är ”both”"),
        ({"decimal": ",", "separator": ","}, "samma tecken"),
        ({"version": "ett"}, "heltal från 1"),
        ({"colour": "red"}, "okända namnet ”colour”"),
        ({"columns": {"month": "Månad"}}, "”columns” saknar ”additional”"),
        ({"values": {**yaml.safe_load(TEXT)["values"], "sex": {"K": 1}}}, "inget ord för koden 2"),
        ({"values": {**yaml.safe_load(TEXT)["values"], "sex": {"K": 1, "M": 3}}}, "okänd kod 3"),
    ],
)
def test_a_faulty_profile_says_what_is_wrong(changes, sentence):
    with pytest.raises(profiles.UnusableProfile, match=sentence):
        profiles.parse(changed(**changes))


@pytest.mark.parametrize("text", ["", "- a", "a: [", "lon"])
def test_what_is_no_profile_is_refused(text):
    with pytest.raises(profiles.UnusableProfile):
        profiles.parse(text)


def test_another_version_is_another_profile():
    assert profiles.parse(changed(version=2)).sha256 != profiles.load().sha256
    assert profiles.parse(changed()).sha256 == profiles.load().sha256
