"""Months, numbers, order and keys."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samkoll.core import keys, text
from samkoll.core.months import Month, NotAMonth, Window


def test_r12_is_the_twelve_months_that_end_with_the_month():
    window = Window.rolling(Month.parse("2023-12"))
    assert (str(window.first), str(window.last), len(window)) == ("2023-01", "2023-12", 12)
    assert str(window) == "R12 2023-12"


@given(st.integers(1900, 2200), st.integers(1, 12))
def test_a_month_survives_its_text(year, month):
    parsed = Month.parse(f"{year:04d}-{month:02d}")
    assert (parsed.year, parsed.month) == (year, month)
    assert (parsed + 12 - 12) == parsed
    assert parsed.first_day <= parsed.last_day < (parsed + 1).first_day


@pytest.mark.parametrize("wrong", ["2023-13", "2023", "202312", "", "dec 2023", "2023-1"])
def test_what_is_not_a_month_gets_a_sentence(wrong):
    with pytest.raises(NotAMonth, match="skriv år och månad"):
        Month.parse(wrong)


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [("4.15", 1, "4,2"), ("4.149", 1, "4,1"), ("-0.05", 1, "−0,1"), ("24054", 0, "24\u202f054")],
)
def test_numbers_are_rounded_half_up_and_swedish(value, decimals, shown):
    assert text.number(Decimal(value), decimals) == shown


@given(st.decimals(-(10**9), 10**9, places=3), st.integers(0, 3))
def test_a_shown_number_can_be_read_back(value, decimals):
    assert text.parse_number(text.number(value, decimals)) == text.rounded(value, decimals)


def test_a_zero_never_has_a_minus():
    assert text.number(Decimal("-0.04"), 1) == "0,0"


def test_swedish_order():
    words = ["Öreryd", "Zinkgruvan", "Ängen", "Åsen", "Ekbacken", "Éclair", "Üllared", "Yran"]
    ordered = ["Éclair", "Ekbacken", "Üllared", "Yran", "Zinkgruvan", "Åsen", "Ängen", "Öreryd"]
    assert sorted(words, key=text.sort_key) == ordered


def test_wrong_names_get_suggestions():
    assert text.nearest("KFS", ["KSF", "BUF", "SOF"])[0] == "KSF"


def test_a_listing_reads_as_swedish():
    assert text.listing(["a", "b", "c"]) == "a, b och c"
    assert text.listing(["a"]) == "a"


def test_keys_differ_by_purpose_and_stay(tmp_path):
    path = tmp_path / "keys" / "samkoll.key"
    keys.create(path)
    first = keys.derive(path, "pseudonym")
    keys.create(path)
    assert keys.derive(path, "pseudonym") == first != keys.derive(path, "upload")
    assert path.stat().st_mode & 0o077 == 0


def test_a_key_that_others_can_read_is_refused(tmp_path):
    path = tmp_path / "samkoll.key"
    keys.create(path)
    path.chmod(0o644)
    with pytest.raises(keys.KeyFileUnusable, match="chmod 600"):
        keys.derive(path, "pseudonym")
