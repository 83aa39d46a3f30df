"""One cell at a time: what is read, and the reason when it is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samkoll.core.months import Month
from samkoll.imports import dates, identities, numbers, values
from samkoll.imports.faults import Rejected
from samkoll.imports.tests import payroll

LAST = Month.of(2026, 12)


def kind(call, *args, **options) -> str:
    with pytest.raises(Rejected) as caught:
        call(*args, **options)
    return caught.value.kind


@given(st.integers(0, 10**9), st.sampled_from(",."), st.sampled_from(["", " ", "\u00a0", "\u202f"]))
def test_every_number_of_hundredths_is_read_back_exactly(value, decimal, space):
    written = f"{value // 100:,}".replace(",", space) + f"{decimal}{value % 100:02d}"
    assert numbers.signed_hours(written, decimal, "hours") == value


@given(st.text(max_size=12))
def test_any_text_is_a_whole_number_of_hundredths_or_rejected(text):
    try:
        assert isinstance(numbers.signed_hours(text, ",", "hours"), int)
    except Rejected as fault:
        assert str(fault).endswith(".")


@pytest.mark.parametrize(
    ("text", "value"),
    [("168", 16800), ("168,5", 16850), ("0,05", 5), ("1 234,50", 123450), ("", 0), (" ", 0),
     ("8,000", 800), ("-0,00", 0)],
)  # fmt: skip
def test_hours_as_payroll_systems_write_them(text, value):
    assert numbers.signed_hours(text, ",", "hours") == value


@pytest.mark.parametrize(
    ("text", "reason"),
    [("16O,00", "letters"), ("1e3", "letters"), ("168.00", "decimal_sign"), ("7:60", "clock"),
     ("-8,00", "negative"), ("−8,00", "negative"), ("8,005", "decimals"), ("8,0,0", "number"),
     ("٣", "number"), ("8,٣", "number"), ("(8)", "number"), ("7,", "number")],
)  # fmt: skip
def test_what_is_no_number_of_hours_says_why(text, reason):
    assert kind(numbers.hours, text, ",", "hours") == reason


def test_no_month_has_more_than_744_hours():
    assert numbers.hours("744,00", ",", "hours") == 74_400
    assert kind(numbers.hours, "744,01", ",", "hours") == "impossible"
    assert kind(numbers.hours, "9" * 40, ",", "hours") == "impossible"


def test_hours_can_come_in_hundredths():
    assert numbers.hours("16850", ",", "hundredths") == 16850
    assert kind(numbers.hours, "16850,5", ",", "hundredths") == "decimals"


def test_an_extent_is_at_most_a_hundred_per_cent():
    assert numbers.extent("75,5 %", ",", "percent") == 7550
    assert kind(numbers.extent, "100,01", ",", "percent") == "impossible"


@given(st.integers(dates.EARLIEST.index, LAST.index))
def test_every_month_from_1990_is_read(index):
    assert dates.month(str(Month(index)), "ÅÅÅÅ-MM", LAST) == index


@pytest.mark.parametrize(
    ("text", "reason"),
    [("2023-13", "month"), ("januari", "month"), ("", "month"), ("1989-12", "month_range"),
     ("2027-01", "month_range"), ("202301", "month_format"), ("2023-01-31", "month_format")],
)  # fmt: skip
def test_what_is_no_month_of_the_profile_says_why(text, reason):
    assert kind(dates.month, text, "ÅÅÅÅ-MM", LAST) == reason


def test_a_date_gives_its_month_and_an_open_end_none():
    how = ("ÅÅÅÅ-MM-DD", payroll.TODAY)
    assert dates.month_of_date("2023-01-31", *how) == Month.of(2023, 1).index
    assert dates.month_of_date("", *how) == dates.month_of_date("9999-12-31", *how) == 0
    assert kind(dates.month_of_date, "2023-02-30", *how) == "date"
    assert kind(dates.month_of_date, "31/1 2023", *how) == "date"


@given(st.integers(0, 2000), st.integers(1930, 2008))
def test_an_identity_number_reads_alike_with_ten_and_twelve_digits(number, year):
    long = payroll.identity(number, year)
    for text in (long, long.replace("-", ""), long[2:], long[2:].replace("-", "")):
        found = identities.identity(text, payroll.TODAY)
        assert (found.number, found.birth_year) == (long.replace("-", ""), year)
        assert found.verified


@given(st.integers(0, 2000), st.integers(1, 9))
def test_a_check_digit_that_does_not_fit_makes_a_reserve_number(number, change):
    good = payroll.identity(number)
    other = good[:-1] + str((int(good[-1]) + change) % 10)
    found = identities.identity(other, payroll.TODAY)
    assert (found.number, found.verified) == (other.replace("-", ""), False)


@pytest.mark.parametrize(
    "text",
    [
        "19801301-9876",
        "19800230-9876",
        "165560160680",
        "20991231-9800",
        "Anna B",
        "1980",
    ],
)
def test_what_is_no_identity_number_is_rejected(text):
    assert kind(identities.identity, text, payroll.TODAY) == "identity"


def test_a_coordination_number_has_sixty_added_to_its_day():
    found = identities.identity("701063-2391", payroll.TODAY)
    assert (found.number, found.birth_year, found.verified) == ("197010632391", 1970, True)


def test_a_temporary_number_with_letters_is_taken_as_unverified():
    found = identities.identity("19800101-tf12", payroll.TODAY)
    assert (found.number, found.birth_year, found.verified) == ("19800101TF12", 1980, False)


def test_a_plus_sign_means_a_hundred_years_or_more():
    short = payroll.identity(year=2012)[2:]
    assert identities.identity(short, payroll.TODAY).birth_year == 2012
    assert identities.identity(short.replace("-", "+"), payroll.TODAY).birth_year == 1912


def test_words_are_read_in_any_case_and_a_slip_is_told():
    words = payroll.PROFILE.values["departure"]
    assert values.word(" egen  begäran", words, blank=0) == 2
    assert values.word("", words, blank=0) == 0
    with pytest.raises(Rejected, match=r"känns inte igen\. Menade du Pension"):
        values.word("Penson", words)


@pytest.mark.parametrize("text", ["19800101-9876", "Anna B", "Pension 19800101"])
def test_a_word_that_nobody_knows_is_not_repeated(text):
    with pytest.raises(Rejected) as caught:
        values.word(text, payroll.PROFILE.values["departure"])
    assert text not in str(caught.value)
