"""One cell at a time: what is read, and the reason when it is not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
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


@pytest.mark.parametrize(
    ("text", "decimal", "unit", "value"),
    [
        ("7:30", ",", "hours", 750), ("7,5", ",", "hours", 750), ("7.5", ".", "hours", 750),
        ("7.5", "both", "hours", 750), ("7,5", "both", "hours", 750), ("0:20", ",", "hours", 33),
        ("120:00:36", ",", "hours", 12001),
        ("7.30", ",", "clock", 750), ("7,30", ".", "clock", 750),
        ("7", ",", "clock", 700), ("450", ",", "minutes", 750), ("20", ",", "minutes", 33),
        ("750", ",", "hundredths", 750), ("1\u00a0234,5", ",", "hours", 123450),
        ("1\u202f234,5", ",", "hours", 123450), ("8-", ",", "hours", -800),
        ("8,00\u2212", ",", "hours", -800), ("\u22128", ",", "hours", -800),
        ("-7:30", ",", "hours", -750), ("-20", ",", "minutes", -33),
        ("1899-12-31 07:30:00", ",", "hours", 750), ("1904-01-02 01:30:00", ",", "clock", 2550),
    ],
)  # fmt: skip
def test_hours_are_read_as_the_profile_says(text, decimal, unit, value):
    assert numbers.signed_hours(text, decimal, unit) == value


@pytest.mark.parametrize(
    ("text", "decimal", "unit", "reason"),
    [
        ("1.234", "both", "hours", "ambiguous"), ("12 34", ",", "hours", "number"),
        ("-8-", ",", "hours", "number"), ("7:60", ",", "hours", "clock"),
        ("7,5", ",", "clock", "clock"), ("7.5", ",", "minutes", "decimal_sign"),
        ("7:30", ",", "minutes", "clock"), ("1.234,5", ",", "hours", "number"),
    ],
)  # fmt: skip
def test_hours_that_could_mean_two_things_are_rejected(text, decimal, unit, reason):
    assert kind(numbers.signed_hours, text, decimal, unit) == reason


def test_extents_are_per_cents_or_shares():
    assert numbers.extent("75,5 %", ",", "share") == numbers.extent("0,755", ",", "share") == 7550
    assert kind(numbers.extent, "75", ",", "share") == "impossible"
    assert kind(numbers.extent, "-1", ",", "percent") == "negative"
    assert [numbers.per_mille(value) for value in (3333, 3335, 10_000)] == [333, 334, 1000]


WRITTEN = {
    "ÅÅÅÅ-MM-DD": "%Y-%m-%d", "ÅÅÅÅMMDD": "%Y%m%d", "ÅÅMMDD": "%y%m%d", "DD/MM/ÅÅÅÅ": "%d/%m/%Y",
    "DD.MM.ÅÅÅÅ": "%d.%m.%Y", "MM/DD/ÅÅÅÅ": "%m/%d/%Y",
}  # fmt: skip


@settings(max_examples=50)
@given(st.dates(date(1990, 1, 1), date(2030, 12, 31)))
def test_every_day_is_read_back_in_every_way_of_writing(day):
    for written, pattern in WRITTEN.items():
        assert dates.day(day.strftime(pattern), written, payroll.TODAY) == day
        assert dates.day(f"{day} 00:00:00", written, payroll.TODAY) == day
    assert dates.day(str((day - date(1899, 12, 30)).days), "1900", payroll.TODAY) == day
    assert dates.day(str((day - date(1904, 1, 1)).days), "1904", payroll.TODAY) == day


@settings(max_examples=50)
@given(st.text(st.sampled_from("0123456789-/.: \x1fajn+E,'T"), max_size=14))
def test_no_text_makes_a_reader_fail(text):
    today = payroll.TODAY
    for written in (*WRITTEN, "1900", "1904"):
        _tried(dates.day, text, written, today)
    for written in ("ÅÅÅÅ-MMM", "MMM ÅÅÅÅ", "MM/ÅÅÅÅ", "MM", "MMM", "1900", "1904"):
        _tried(dates.month, text, written, LAST)
    _tried(identities.identity, text, today)
    for unit in ("hours", "clock", "minutes", "hundredths"):
        _tried(numbers.signed_hours, text, "both", unit)
    for unit in ("percent", "share"):
        _tried(numbers.signed_extent, text, "both", unit)


def _tried(read, *args: object) -> None:
    try:
        read(*args)
    except Rejected as fault:
        assert str(fault).endswith(".")


@pytest.mark.parametrize(
    ("text", "written", "reason"),
    [
        ("2023-02-30", "ÅÅÅÅ-MM-DD", "date"), ("31/01/2023", "ÅÅÅÅ-MM-DD", "date_format"),
        ("20230131", "ÅÅÅÅ-MM-DD", "date_format"), ("13/13/2023", "MM/DD/ÅÅÅÅ", "date_format"),
        ("60", "1900", "date"), ("1850-01-01", "ÅÅÅÅ-MM-DD", "date"), ("idag", "1904", "date"),
    ],
)  # fmt: skip
def test_what_is_no_day_of_the_profile_says_why(text, written, reason):
    assert kind(dates.day, text, written, payroll.TODAY) == reason


@pytest.mark.parametrize("text", ["", "9999-12-31", "2099-12-31", "9999-12-31 00:00:00"])
def test_an_open_end_is_no_day(text):
    assert dates.day(text, "ÅÅÅÅ-MM-DD", payroll.TODAY) is None


def test_days_in_old_spreadsheets_skip_the_day_that_never_was():
    days = [dates.day(str(n), "1900", payroll.TODAY) for n in (1, 59, 61)]
    assert days == [date(1900, 1, 1), date(1900, 2, 28), date(1900, 3, 1)]
    assert dates.day("120530", "ÅÅMMDD", payroll.TODAY) == date(2012, 5, 30)
    assert dates.day("990530", "ÅÅMMDD", payroll.TODAY) == date(1999, 5, 30)


@pytest.mark.parametrize(
    ("text", "written"),
    [("2021-APR", "ÅÅÅÅ-MMM"), ("2021 april", "ÅÅÅÅ-MMM"), ("apr 2021", "MMM ÅÅÅÅ"),
     ("April 2021", "MMM ÅÅÅÅ"), ("4/2021", "MM/ÅÅÅÅ"), ("2021\x1f4", "MM"),
     ("2021\x1fapr.", "MMM"), ("44287", "1900"), ("2021-04-01 00:00:00", "ÅÅÅÅMM"),
     ("2021-04-30", "ÅÅÅÅ-MM-DD")],
)  # fmt: skip
def test_months_as_systems_write_them(text, written):
    assert dates.month(text, written, LAST) == Month.of(2021, 4).index


def test_month_names_are_swedish_or_english_and_nothing_else():
    assert dates.month("2021-MAY", "ÅÅÅÅ-MMM", LAST) == dates.month("2021-maj", "ÅÅÅÅ-MMM", LAST)
    assert kind(dates.month, "2021-majs", "ÅÅÅÅ-MMM", LAST) == "month"
    assert kind(dates.month, "2021-04", "ÅÅÅÅ-MMM", LAST) == "month_format"


@settings(max_examples=50)
@given(st.integers(0, 2000), st.integers(2000, 2009))
def test_zeros_that_a_spreadsheet_dropped_are_put_back(number, year):
    whole = payroll.identity(number, year)
    short = whole[2:].replace("-", "").lstrip("0")
    found = identities.identity(short, payroll.TODAY + timedelta(days=3650))
    assert (found.number, found.restored) == (whole.replace("-", ""), len(short) < 10)


@pytest.mark.parametrize("text", ["1,98E+11", "1.98001E+11", "8E+9", "1,980010198760E+11"])
def test_a_number_that_has_lost_digits_is_rejected_without_repeating_it(text):
    assert kind(identities.identity, text, payroll.TODAY) == "scientific"


def test_an_uncertain_date_of_birth_is_taken_in_coordination_numbers_only():
    assert identities.identity("19700060-1234", payroll.TODAY).birth_year == 1970
    assert kind(identities.identity, "19700000-1234", payroll.TODAY) == "identity"
