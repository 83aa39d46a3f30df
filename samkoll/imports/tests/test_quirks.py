"""Files as HR systems and spreadsheets write them: every quirk with a small file that has it."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from samkoll.imports.faults import FileFault
from samkoll.imports.tests import records
from samkoll.imports.tests.payroll import identity
from samkoll.imports.tests.records import OTHER, WHO, absence, examined, lines, profile

POST = f"{WHO};1;2023-01-02;2023-01-13;Sjuk;50"
HEAD = "Personnummer;Anst;Från;Till;Orsak;Omfattning"
JANUARY = (date(2023, 1, 2), date(2023, 1, 13))


def posts(facts: pl.DataFrame) -> list[tuple[Any, ...]]:
    return facts.select("first", "last", "extent", "cause").rows()


def kinds(findings) -> list[str]:
    return [fault.kind for fault in sorted(findings.faults.listed)]


# -- encodings and separators --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("codec", "declared", "told"),
    [
        ("utf-8", "auto", "utf-8"), ("utf-8-sig", "auto", "utf-8"),
        ("cp1252", "auto", "windows-1252"), ("latin-1", "iso-8859-1", "iso-8859-1"),
        ("cp850", "auto", "cp850"), ("cp850", "cp850", "cp850"), ("cp437", "cp437", "cp437"),
        ("utf-16", "auto", "utf-16"), ("utf-16-le", "auto", "utf-16"),
        ("utf-16-be", "utf-16", "utf-16"),
    ],
)  # fmt: skip
def test_a_file_is_read_in_its_encoding(tmp_path, codec, declared, told):
    content = absence(POST.replace("Sjuk", "Vård av små barn"))
    words = {"cause": {"Vård av små barn": 2}}
    mark = b"\xfe\xff" if codec == "utf-16-be" else b""
    by = profile(encoding=declared, values=words)
    findings, facts = examined(mark + content.encode(codec), by, tmp_path)
    assert posts(facts) == [(*JANUARY, 500, 2)]
    assert findings.encoding == told


def test_letters_that_may_be_dos_or_windows_are_asked_for_in_the_profile(tmp_path):
    by = profile(columns={"first": "Start"}, values={"cause": {"Sjuk": 1, "Vård": 2}})
    content = absence(POST.replace("Sjuk", "Vård")).replace("Från", "Start")
    with pytest.raises(FileFault, match=r"Rad 2 har tecken som kan vara å.*Välj teckenkodning"):
        examined(content.encode("cp850"), by, tmp_path)
    declared = profile(columns={"first": "Start"}, values=by.values, encoding="cp850")
    assert posts(examined(content.encode("cp850"), declared, tmp_path)[1]) == [(*JANUARY, 500, 2)]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_cells_are_parted_by_what_the_profile_says(tmp_path, separator):
    by = profile(separator=separator, decimal="both")
    content = absence(POST).replace(";", separator)
    assert posts(examined(content, by, tmp_path)[1]) == [(*JANUARY, 500, 1)]


def test_the_files_own_word_of_its_separator_goes_before_the_profile(tmp_path):
    content = "sep=|\r\n" + absence(POST).replace(";", "|")
    _findings, facts = examined(content, profile(), tmp_path)
    assert posts(facts) == [(*JANUARY, 500, 1)]
    assert facts["row"].to_list() == [3]


def test_a_line_break_in_quotes_is_part_of_its_cell(tmp_path):
    content = absence(POST.replace("Sjuk", '"Sjuk\r\n"'), POST)
    findings, facts = examined(content, profile(), tmp_path)
    assert (facts.height, findings.notes) == (1, {"twice": 1})


# -- what stands around the data -----------------------------------------------------------------

REPORT = lines(
    "Frånvaro januari 2023;;;;;", "Exempelkommunen", "",
    "Personnummer;Anst;Från;Till;Orsak;Omfattning",
    POST,
    f"{OTHER};1;2023-01-02;;Sjuk;100",
    "Delsumma;;;;;2",
    "Frånvaro januari 2023;;;;;",
    "Personnummer;Anst;Från;Till;Orsak;Omfattning",
    f"{identity(2)};1;2023-01-02;9999-12-31;Sjuk;25 %",
    "Totalt;;;;;3", "", "Utskriven 2023-02-01 av lön", "Sida 2 av 2",
)  # fmt: skip


def test_titles_repeated_heads_sums_and_footers_are_no_rows(tmp_path):
    findings, facts = examined(REPORT, profile(), tmp_path)
    assert facts["row"].to_list() == [5, 6, 10]
    assert facts["extent"].to_list() == [500, 1000, 250]
    assert facts["last"].to_list() == [date(2023, 1, 13), None, None]
    assert (findings.quarantined, findings.notes) == (0, {"heads": 2, "sums": 4})
    assert findings.read == 3


def test_heads_of_several_rows_with_merged_cells_are_read_as_one(tmp_path):
    content = lines(
        "Person;;Period;;Frånvaro;", "Personnummer;Anst;Från;Till;Orsak;Omfattning", POST
    )
    columns = {"first": "Period Från", "last": "Period Till", "extent": "Frånvaro Omfattning"}
    _findings, facts = examined(content, profile(head_rows=2, columns=columns), tmp_path)
    assert posts(facts) == [(*JANUARY, 500, 1)]
    assert facts["row"].to_list() == [3]


def test_a_head_that_stands_twice_is_chosen_by_its_number(tmp_path):
    content = lines("Personnummer;Anst;Från;Till;Orsak;Grad;Grad", f"{POST};75")
    with pytest.raises(FileFault, match=r"”Grad” står två gånger i filen\. Skriv ”Grad \(1\)”"):
        examined(content, profile(columns={"extent": "Grad"}), tmp_path)
    facts = examined(content, profile(columns={"extent": "Grad (2)"}), tmp_path)[1]
    assert facts["extent"].to_list() == [750]


def test_rows_that_the_profile_skips_are_not_looked_at(tmp_path):
    content = lines(HEAD, "gammal;rubrik") + absence(POST)
    assert examined(content, profile(skip_rows=2), tmp_path)[1]["row"].to_list() == [4]


def test_blank_cells_mean_as_above_where_the_profile_says_so(tmp_path):
    head = "Månad;Enhet;Personnummer;Anst;Mertid;Övertid"
    content = lines(
        head, "2023-01;0110;;;;", f";;{WHO};1;1,5;", f";;{OTHER};1;;2", "Summa;;;;1,5;2",
        f";KSF-120;{WHO};2;1;",
    )  # fmt: skip
    findings, facts = examined(content, profile("time", as_above=["month", "unit"]), tmp_path)
    rows = facts.select("unit", "month", "additional", "overtime").rows()
    assert rows == [("0110", 24276, 150, 0), ("0110", 24276, 0, 200), ("KSF-120", 24276, 100, 0)]
    assert findings.notes == {"as_above": 5, "groups": 1, "sums": 1}
    assert "blank" in kinds(examined(content, profile("time"), tmp_path)[0])


def test_words_for_nothing_are_blank_cells(tmp_path):
    content = absence(f"{WHO};1;2023-01-02;NULL;Sjuk;-")
    facts = examined(content, profile(null_words=["-", "null"]), tmp_path)[1]
    assert posts(facts) == [(date(2023, 1, 2), None, 1000, 1)]


# -- fixed widths and workbooks ------------------------------------------------------------------


def test_a_text_with_fixed_positions_is_cut_at_them(tmp_path):
    by = profile(
        layout="fixed", head_rows=1, encoding="windows-1252", date_format="ÅÅMMDD",
        columns={"employment": None}, values={"cause": {"SJ": 1, "VÅ": 2}},
        positions={"person": [1, 10], "first": [11, 16], "last": [17, 22], "cause": [24, 25],
                   "extent": [26, 30]},
    )  # fmt: skip
    start = "PERSON    FROM  TOM    ORS  GR\r\n"
    number = WHO[2:].replace("-", "")
    content = start + f'{number}230102230113 VÅ050,0\r\n{number}230116       "J\r\n'
    findings, facts = examined(content, by, tmp_path, "cp1252")
    assert posts(facts) == [(*JANUARY, 500, 2)]
    assert (facts["employment"].item(), kinds(findings)) == (0, ["word"])


ROWS: list[list[object]] = [[*HEAD.split(";")], [WHO, 1, "2023-01-02", "2023-01-13", "Sjuk", 50.5]]


def test_hidden_sheets_and_sheets_without_the_heads_are_passed_over(tmp_path):
    book = records.workbook(
        {"Läs mig": [["Hej"]], "Gammalt": ROWS, "Data": ROWS}, hidden=["Gammalt"]
    )
    findings, facts = examined(book, profile(), tmp_path)
    assert (findings.sheet, findings.encoding) == ("Data", "xlsx")
    assert facts["extent"].to_list() == [505]


def test_two_sheets_that_fit_are_asked_for_in_the_profile(tmp_path):
    book = records.workbook({"Jan": ROWS, "Feb": ROWS})
    with pytest.raises(FileFault, match=r"flera blad: ”Jan” och ”Feb”\. Välj blad i profilen"):
        examined(book, profile(), tmp_path)
    assert examined(book, profile(sheet="Feb"), tmp_path)[0].sheet == "Feb"
    with pytest.raises(FileFault, match=r"Bladet ”Mars” finns inte i .* Det finns ”Jan” och ”Feb”"):
        examined(book, profile(sheet="Mars"), tmp_path)


def test_an_old_excel_file_with_title_dates_and_sum_is_read(tmp_path):
    rows: list[list[str | float]] = [
        ["Frånvaro per person"],
        [*HEAD.split(";")],
        [WHO, 1, 44928, 44939, "Sjuk", 50.5],
    ]
    content = records.old_workbook("Frånvaro", [*rows, ["Summa", "", "", "", "", 50.5]])
    findings, facts = examined(content, profile(date_format="1900"), tmp_path)
    assert posts(facts) == [(*JANUARY, 505, 1)]
    assert (findings.encoding, findings.notes) == ("xls", {"sums": 1})


# -- what a spreadsheet does to codes ------------------------------------------------------------


def test_lost_zeros_of_identity_numbers_and_units_are_put_back(tmp_path):
    born = identity(3, year=2004)
    short = born[2:].replace("-", "").lstrip("0")
    content = lines(
        ";".join(records.HEADS["time"].values()), f"2023-01;{short};1;110;1;",
        f"2023-01;{WHO};1;11;1;", f"2023-01;{OTHER};1;KSF-120;1;",
    )  # fmt: skip
    findings, facts = examined(content, profile("time"), tmp_path)
    whole = content.replace(short, born)
    assert facts["person"][0] == examined(whole, profile("time"), tmp_path)[1]["person"][0]
    assert facts["unit"].to_list() == ["0110", "KSF-120"]
    assert findings.notes == {"unit_zeros": 1, "zeros": 1}
    assert [str(fault) for fault in findings.faults.listed] == [
        "Rad 3, kolumnen Enhet: enhetskoden har tappat inledande nollor och passar på flera."
    ]


def test_a_number_in_powers_of_ten_is_read_only_when_no_digit_is_lost(tmp_path):
    digits = WHO.replace("-", "")
    whole = f"{digits[0]},{digits[1:]}E+11"
    findings, facts = examined(
        absence(POST.replace(WHO, "1,98E+11"), POST.replace(WHO, whole)), profile(), tmp_path
    )
    assert (
        facts["person"].to_list()
        == examined(absence(POST), profile(), tmp_path)[1]["person"].to_list()
    )
    assert kinds(findings) == ["scientific"]
    assert "siffror har gått förlorade" in str(findings.faults.listed[0])


# -- what systems mean ---------------------------------------------------------------------------


def test_unmerged_overlapping_and_changed_posts_are_kept_as_they_are(tmp_path):
    content = absence(
        f"{WHO};1;2023-01-02;2023-01-13;Sjuk;100", f"{WHO};1;2023-01-14;2023-01-20;Sjuk;50",
        f"{WHO};1;2023-01-10;2023-01-16;Semester;100", f"{WHO};2;2023-01-02;2023-01-13;Sjuk;100",
    )  # fmt: skip
    findings, facts = examined(content, profile(), tmp_path)
    assert (facts.height, findings.notes, findings.quarantined) == (4, {}, 0)
    assert facts["employment"].n_unique() == 2
    assert facts["person"].n_unique() == 1


def test_a_negative_post_takes_back_what_it_says(tmp_path):
    by = profile(columns={"hours": "Timmar", "reversal": "Makulerad"})
    head = HEAD + ";Timmar;Makulerad"
    content = lines(head, f"{POST};-16,00;", f"{POST};8,00−;Nej", f"{POST};8;Ja", f"{POST};8;")
    facts = examined(content, by, tmp_path)[1]
    assert facts.select("hours", "reversal").rows() == [
        (1600, True), (800, True), (800, False),
    ]  # fmt: skip


def test_corrections_of_months_are_added_only_where_the_profile_says_so(tmp_path):
    head = ";".join(records.HEADS["time"].values())
    content = lines(head, f"2023-01;{WHO};1;0110;5;2", f"2023-01;{WHO};1;0110;-1,5;0")
    added = examined(content, profile("time", corrections="add"), tmp_path)[1]
    assert added["additional"].to_list() == [500, -150]
    refused, facts = examined(content, profile("time"), tmp_path)
    assert (facts.height, kinds(refused)) == (0, ["twice", "twice"])


def test_unknown_causes_follow_the_profile_and_are_told(tmp_path):
    content = absence(POST.replace("Sjuk", "S17"), POST.replace("Sjuk", "Anna Berg"), POST)
    findings, _facts = examined(content, profile(), tmp_path)
    assert kinds(findings) == ["word", "word"]
    told, facts = examined(content, profile(fallback={"cause": 2}), tmp_path)
    assert facts["cause"].to_list() == [2, 1]
    assert (told.notes, told.unknown) == ({"twice": 1, "unknown": 2}, ("S17",))


def test_no_row_of_a_protected_person_is_kept(tmp_path):
    head = ";".join(records.HEADS["employment"].values())
    row = "0110;2020-01-01;;Tillsvidare;100;Kvinna;Kock"
    content = lines(head, f"{WHO};1;{row};Nej", f"{OTHER};1;{row};Nej", f"{WHO};2;{row};Ja")
    findings, facts = examined(content, profile("employment"), tmp_path)
    assert (facts.height, findings.protected, findings.protected_rows) == (1, 1, 2)
    assert findings.read == 3 == findings.accepted + findings.protected_rows


def test_a_code_that_was_used_again_and_half_employments_are_read(tmp_path):
    head = ";".join(records.HEADS["employment"].values())
    content = lines(
        head, f"{WHO};1;KSF-120;2020-01-01;2099-12-31;Tillsvidare;33,33 %;Kvinna;Kock;Nej",
        f"{WHO};2;ksf-120;2023-08-01;2023-07-01;Visstid;100;Kvinna;;Nej",
    )  # fmt: skip
    findings, facts = examined(content, profile("employment"), tmp_path)
    assert facts.select("unit", "valid_to", "extent", "main", "birth_year").rows() == [
        ("KSF-120", None, 333, True, 1980)
    ]
    assert kinds(findings) == ["order"]


def test_departures_are_read_with_their_cause(tmp_path):
    content = lines(
        "Personnummer;Anst;Sista dag;Orsak", f"{WHO};1;2023-04-30;egen  begäran",
        f"{OTHER};1;;Pension",
    )  # fmt: skip
    findings, facts = examined(content, profile("departure"), tmp_path)
    assert facts.select("last", "cause").rows() == [(date(2023, 4, 30), 2)]
    assert kinds(findings) == ["blank"]
    assert [(t.month, t.rows, t.sums) for t in findings.totals] == [(24279, 1, {"external": 1})]


def test_control_totals_of_absence_count_posts_days_and_hours(tmp_path):
    by = profile(columns={"hours": "Timmar"})
    content = lines(HEAD + ";Timmar", f"{POST};40", f"{POST.replace(WHO, OTHER)};7:30")
    (totals,) = examined(content, by, tmp_path)[0].totals
    assert (totals.rows, totals.persons) == (2, 2)
    assert totals.sums == {"sick_posts": 2, "sick_days": 24, "open": 0, "hours": 4750}


def test_the_order_of_the_rows_never_changes_what_is_kept(tmp_path):
    rows = [f"{identity(n % 7)};1;2023-01-{n % 28 + 1:02d};;Sjuk;{n % 100}" for n in range(60)]
    one, first = examined(absence(*rows), profile(), tmp_path)
    two, second = examined(absence(*reversed(rows)), profile(), tmp_path)
    columns = pl.exclude("row")
    assert first.select(columns).sort(pl.all()).equals(second.select(columns).sort(pl.all()))
    assert one.totals == two.totals
