"""The files of Exempelkommunen against figures that are known in advance, read independently."""

from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest
from personnummer import personnummer

from samkoll.demo.generator import generate
from samkoll.demo.generator.payroll import HEADER
from samkoll.demo.tests.oracle import EXTERNAL, percent, read

W, M = "Kvinna", "Man"
BOARDS = {"FSN", "GSN", "GAN", "KS", "KFN", "NSN", "BTN", "SN", "VON"}
ADMINISTRATIONS = {
    "BUF": ("FSN", "GSN"), "GAF": ("GAN",), "KSF": ("KS",), "KUF": ("KFN",),
    "MBF": ("NSN", "BTN"), "SOF": ("SN", "VON"),
}  # fmt: skip
SICK_HOURS = {  # board (None: all), year, sex: ordinary, short, long in hours
    ("KS", 2023, W): (375_100, 5_777, 15_829), ("KS", 2023, M): (244_900, 3_674, 735),
    ("KS", 2022, W): (365_800, 5_853, 15_364), ("KS", 2022, M): (224_200, 2_466, 2_242),
    (None, 2023, W): (8_415_000, 274_329, 447_678), (None, 2023, M): (2_585_000, 74_190, 55_060),
    (None, 2022, W): (8_525_000, 333_328, 461_202), (None, 2022, M): (2_475_000, 81_675, 54_450),
}  # fmt: skip
SICK_SHOWN = {  # per cent: total, short, long
    ("KS", 2023, None): ("4.2", "1.5", "2.7"), ("KS", 2022, None): ("4.4", "1.4", "3.0"),
    ("KS", 2023, W): ("5.8", "1.5", "4.2"), ("KS", 2022, W): ("5.8", "1.6", "4.2"),
    ("KS", 2023, M): ("1.8", "1.5", "0.3"), ("KS", 2022, M): ("2.1", "1.1", "1.0"),
    (None, 2023, None): ("7.7", "3.2", "4.6"), (None, 2022, None): ("8.5", "3.8", "4.7"),
    (None, 2023, W): ("8.6", "3.3", "5.3"), (None, 2022, W): ("9.3", "3.9", "5.4"),
    (None, 2023, M): ("5.0", "2.9", "2.1"), (None, 2022, M): ("5.5", "3.3", "2.2"),
}  # fmt: skip
TURNOVER = {  # departures, average of permanent staff, per cent
    ("KS", 2023, W): (27, 225, "12.0"), ("KS", 2023, M): (17, 143, "11.9"),
    ("KS", 2022, W): (47, 223, "21.1"), ("KS", 2022, M): (21, 126, "16.7"),
    ("KS", 2023, None): (44, 368, "12.0"), ("KS", 2022, None): (68, 349, "19.5"),
    (None, 2023, W): (474, 4_400, "10.8"), (None, 2023, M): (152, 1_288, "11.8"),
    (None, 2022, W): (515, 4_395, "11.7"), (None, 2022, M): (145, 1_293, "11.2"),
    (None, 2023, None): (626, 5_688, "11.0"), (None, 2022, None): (660, 5_688, "11.6"),
}  # fmt: skip
EXTRA_HOURS = {
    ("KS", 2023): (184, 205), ("KS", 2022): (213, 629),
    (None, 2023): (24_054, 29_485), (None, 2022): (30_281, 36_191),
}  # fmt: skip
STAFF_GROUPS = [  # R12 2024-04: persons, women %, total, short, long
    ("Stödpedagog, funktionsnedsättning", 20, 75, "16.9", "4.8", "12.2"),
    ("Vårdbiträde/Stödbiträde, funktionsnedsättning", 16, 38, "15.0", "5.9", "9.2"),
    ("Fältsekreterare", 8, 75, "14.3", "1.2", "13.0"),
    ("Personlig assistent", 64, 92, "13.7", "5.0", "8.7"),
    ("Barnskötare", 741, 90, "13.2", "5.1", "8.1"),
    ("Stödassistent/Vårdare, dagverksamhet, funktionsnedsättning", 78, 83, "13.0", "4.9", "8.1"),
    ("Elevassistent", 106, 62, "12.3", "6.8", "5.5"),
    ("Måltidspersonal", 112, 87, "12.2", "2.5", "9.8"),
]


@pytest.mark.parametrize(("board", "year", "sex"), SICK_HOURS)
def test_sick_hours_meet_their_totals_to_the_hundredth(oracle, board, year, sex):
    sums = tuple(oracle.hours(m, year, board, sex) for m in ("ordinary", "short", "long"))
    assert sums == tuple(100 * hours for hours in SICK_HOURS[board, year, sex])


@pytest.mark.parametrize(("board", "year", "sex"), SICK_SHOWN)
def test_sick_leave_shows_the_published_per_cent(oracle, board, year, sex):
    shown = [oracle.sick_leave(year, board, sex, *k) for k in ((), ("short",), ("long",))]
    assert shown == [Decimal(figure) for figure in SICK_SHOWN[board, year, sex]]


def test_the_executive_board_showed_3_9_per_cent_in_2021(oracle):
    assert oracle.sick_leave(2021, "KS") == Decimal("3.9")


def test_no_twelve_months_show_the_other_documents_figure_for_the_whole(oracle):
    """One definition, one figure: 7.7 for 2023, and 7.8 for no window before or after it."""
    shown = oracle.rolling()
    assert (min(shown), max(shown), len(shown)) == ("2021-12", "2024-04", 29)
    assert (shown["2022-12"], shown["2023-12"]) == (Decimal("8.5"), Decimal("7.7"))
    assert min(rate for month, rate in shown.items() if month < "2023-12") >= Decimal("7.9")
    assert max(rate for month, rate in shown.items() if month >= "2023-12") <= Decimal("7.7")


def test_the_executive_boards_twelve_months_lie_between_its_given_years(oracle):
    shown = oracle.rolling("KS")
    assert Decimal("3.9") <= min(shown.values()) <= max(shown.values()) <= Decimal("4.4")


@pytest.mark.parametrize(("board", "year", "sex"), TURNOVER)
def test_departures_and_permanent_person_months_are_exact(oracle, board, year, sex):
    departures, average, shown = TURNOVER[board, year, sex]
    assert oracle.departures(year, board, sex) == departures
    assert oracle.permanent(year, board, sex) == 12 * average
    assert oracle.turnover(year, board, sex) == Decimal(shown)


@pytest.mark.parametrize(("year", "count"), [(2022, 151), (2023, 85)])
def test_as_many_took_their_pension_as_published(oracle, year, count):
    assert oracle.departures(year, None, None, "Pension") == count


@pytest.mark.parametrize(("board", "year"), EXTRA_HOURS)
def test_additional_hours_and_overtime_are_exact(oracle, board, year):
    sums = tuple(oracle.hours(measure, year, board) for measure in ("additional", "overtime"))
    assert sums == tuple(100 * hours for hours in EXTRA_HOURS[board, year])


@pytest.mark.parametrize("place", range(len(STAFF_GROUPS)))
def test_staff_groups_show_their_published_figures(oracle, place):
    name, persons, women, *shown = STAFF_GROUPS[place]
    rows = oracle.rows.filter(
        (pl.col("Personalgrupp") == name)
        & pl.col("Månad").is_between(pl.lit("2023-05"), pl.lit("2024-04"))
    )
    here = rows.filter(
        (pl.col("Månad") == "2024-04")
        & (pl.col("Huvudanställning") == "Ja")
        & (pl.col("ordinary") > 0)
    )
    ordinary, short, long = (int(rows[m].sum()) for m in ("ordinary", "short", "long"))
    assert len(here) == persons
    assert percent((here["Kön"] == W).sum(), persons, "1") == women
    assert [percent(sick, ordinary) for sick in (short + long, short, long)] == [
        Decimal(figure) for figure in shown
    ]


def test_sick_leave_falls_in_every_board_and_most_in_schools_and_care(oracle):
    fall = {b: oracle.sick_leave(2022, b) - oracle.sick_leave(2023, b) for b in BOARDS}
    assert min(fall.values()) > 0
    assert set(sorted(fall, key=lambda board: -fall[board])[:2]) == {"GSN", "VON"}


def test_sick_leave_falls_in_every_administration(oracle):
    for boards in ADMINISTRATIONS.values():
        before, after = (
            sum(oracle.hours(m, year, b) for b in boards for m in ("short", "long"))
            / sum(oracle.hours("ordinary", year, b) for b in boards)
            for year in (2022, 2023)
        )
        assert after < before


def test_sick_leave_is_highest_and_lowest_where_the_text_says(oracle):
    order = sorted(BOARDS, key=lambda board: oracle.sick_leave(2023, board))
    assert set(order[:3]) == {"KS", "GAN", "BTN"}
    assert set(order[-4:]) == {"FSN", "GSN", "VON", "NSN"}


def test_hours_beyond_the_ordinary_rise_in_three_boards_only(oracle):
    for measure in ("additional", "overtime"):
        change = {
            b: oracle.hours(measure, 2023, b) - oracle.hours(measure, 2022, b) for b in BOARDS
        }
        assert {board for board, hours in change.items() if hours > 0} == {"BTN", "NSN", "SN"}
        assert 0 not in change.values()


def test_turnover_is_high_low_and_falling_where_the_text_says(oracle):
    now = {board: oracle.turnover(2023, board) for board in BOARDS}
    assert max(now, key=now.__getitem__) == "GAN"
    assert min(now, key=now.__getitem__) == "NSN"
    others = [now[board] for board in BOARDS - {"GAN", "NSN"}]
    assert max(others) - min(others) < 4
    fall = {board: oracle.turnover(2022, board) - now[board] for board in BOARDS}
    assert set(sorted(fall, key=lambda board: -fall[board])[:2]) == {"KS", "SN"}
    assert fall["SN"] > 5


def test_no_month_of_a_unit_with_more_than_ten_persons_is_beyond_belief(oracle):
    monthly = oracle.rows.group_by("Enhetskod", "Månad").agg(
        people=((pl.col("Huvudanställning") == "Ja") & (pl.col("ordinary") > 0)).sum(),
        rate=(pl.col("short").sum() + pl.col("long").sum()) / pl.col("ordinary").sum(),
    )
    large = monthly.filter(pl.col("people") > 10)
    assert large["rate"].max() <= 0.4


def test_every_row_is_a_possible_month_of_work(oracle):
    rows = oracle.rows
    assert rows.filter(pl.col("short") + pl.col("long") > pl.col("ordinary")).is_empty()
    assert min(rows[m].min() for m in ("ordinary", "short", "long", "additional", "overtime")) >= 0
    assert rows["ordinary"].max() <= 18_400
    assert rows["short"].max() <= 9_600  # twelve working days
    assert rows["overtime"].max() <= 4_800
    per_person = rows.group_by("Personnummer", "Månad").agg(pl.col("ordinary").sum())
    assert per_person["ordinary"].max() <= 18_400


def test_each_person_has_one_main_employment_a_month_and_some_have_two(oracle):
    keys = ["Personnummer", "Månad"]
    main = oracle.rows.filter(pl.col("Huvudanställning") == "Ja")
    assert main.select(keys).is_duplicated().sum() == 0
    assert len(main.select(keys)) == len(oracle.rows.select(keys).unique())
    second = oracle.rows.filter(pl.col("Huvudanställning") == "Nej")
    assert 10 <= second["Personnummer"].n_unique() <= 60
    assert not oracle.rows.select([*keys, "Anställningsnummer", "Enhetskod"]).is_duplicated().any()


def test_nobody_comes_back_after_leaving_and_end_dates_lie_in_their_month(oracle):
    rows = oracle.rows.filter(pl.col("Huvudanställning") == "Ja")
    last = rows.group_by("Personnummer").agg(pl.col("Månad").max().alias("last"))
    gone = rows.filter(pl.col("Avgångsorsak") != "").join(last, on="Personnummer")
    assert (gone["Månad"] == gone["last"]).all()
    ended = oracle.rows.filter(pl.col("Slutdatum") != "")
    assert (ended["Slutdatum"].str.slice(0, 7) == ended["Månad"]).all()
    assert ended["Slutdatum"].str.to_date().is_not_null().all()
    assert set(ended["Avgångsorsak"].unique()) <= {*EXTERNAL, "Visstid slut"}


def test_about_seven_thousand_are_employed_and_boards_are_large_enough_to_publish(oracle):
    main = oracle.rows.filter(pl.col("Huvudanställning") == "Ja")
    monthly = main.group_by("Månad").len()["len"]
    assert 6_800 <= monthly.min() <= monthly.max() <= 7_200
    groups = (
        main.filter(pl.col("ordinary") > 0).group_by("Månad", "board", "Kön").len()
    )  # fmt: skip
    assert groups["len"].min() > 14
    assert len(groups) == 40 * 9 * 2


def test_some_units_are_small_enough_for_disclosure_control_to_have_work(oracle):
    month = oracle.rows.filter(
        (pl.col("Månad") == "2023-12")
        & (pl.col("ordinary") > 0)
        & (pl.col("Huvudanställning") == "Ja")
    )
    sizes = month.group_by("Enhetskod").len()["len"]
    assert 15 <= (sizes <= 10).sum() <= 45


def test_long_sick_leave_of_men_at_the_executive_board_falls_on_several(oracle):
    ill = oracle.where(2023, "KS", M).filter(pl.col("long") > 0)
    assert ill["Personnummer"].n_unique() >= 5
    assert ill["long"].max() < 735 * 100 / 3


def test_short_sick_leave_follows_the_seasons_and_the_wave_of_2022(oracle):
    def rate(month: str) -> float:
        rows = oracle.rows.filter(pl.col("Månad") == month)
        return float(rows["short"].sum() / rows["ordinary"].sum())

    assert rate("2023-07") < rate("2023-10") < rate("2023-02")
    assert rate("2022-02") == max(rate(f"2022-{month:02d}") for month in range(1, 13))
    assert rate("2022-02") > 1.4 * rate("2023-02")
    assert rate("2022-12") > 1.3 * rate("2023-12")
    assert rate("2021-01") < 1.3 * rate("2021-02")  # nothing begins with the first month


def test_identity_numbers_are_valid_and_nobodys(oracle, files):
    everybody = pl.concat([oracle.rows, oracle.refused]).select("Personnummer", "Kön").unique()
    assert len(everybody) == files.persons
    for number, sex in everybody.iter_rows():
        assert 980 <= int(number[9:12]) <= 999
        assert (int(number[11]) % 2 == 1) == (sex == M)
        assert personnummer.valid(number)


def test_people_with_protected_identity_stand_outside_every_total(oracle):
    assert oracle.refused["Personnummer"].n_unique() == 3
    assert set(oracle.refused["Personnummer"]).isdisjoint(oracle.rows["Personnummer"])


def test_two_preschools_became_one_during_2022(oracle):
    successor = next(unit for unit in oracle.units.values() if unit["ersätter"])
    closed = successor["ersätter"].split(",")
    assert len(closed) == 2
    assert {oracle.units[code]["gäller till"] for code in closed} == {"2022-06-30"}
    months = oracle.rows.group_by("Enhetskod").agg(
        pl.col("Månad").min().alias("first"), pl.col("Månad").max().alias("last")
    )
    spans = {code: (first, last) for code, first, last in months.iter_rows()}
    assert spans[successor["kod"]] == ("2022-07", "2024-04")
    assert {spans[code] for code in closed} == {("2021-01", "2022-06")}


def test_the_organisation_has_one_board_for_each_unit_that_people_work_in(oracle):
    units = oracle.units
    assert {u["kod"] for u in units.values() if u["typ"] == "nämnd"} == BOARDS
    assert 200 <= sum(u["typ"] != "nämnd" for u in units.values()) <= 240
    assert {u["kod"] for u in units.values() if u["typ"] == "förvaltning"} == set(ADMINISTRATIONS)
    for administration, boards in ADMINISTRATIONS.items():
        worked_in = oracle.rows.filter(pl.col("Enhetskod").str.starts_with(administration))
        assert set(worked_in["board"].unique()) == set(boards)


def test_files_are_written_as_a_payroll_system_does(files):
    assert [path.name for path in files.payroll] == [
        f"lon_{y}.csv" for y in (2021, 2022, 2023, 2024)
    ]
    for path in files.payroll:
        content = path.read_bytes()
        assert content.count(b"\r\n") == content.count(b"\n")
        assert content.startswith("Månad;Personnummer;Anställningsnummer;".encode("cp1252"))
        assert "Sjuk dag 15-;Mertid;Övertid;Slutdatum".encode("cp1252") in content[:400]


def test_the_same_seed_gives_the_same_bytes_and_another_seed_the_same_totals(files, tmp_path):
    again = generate(tmp_path / "again")
    assert [p.read_bytes() for p in again.payroll] == [p.read_bytes() for p in files.payroll]
    other = generate(tmp_path / "other", seed=2)
    assert other.payroll[2].read_bytes() != files.payroll[2].read_bytes()
    figures = read(other.organisation, other.payroll)
    assert figures.hours("long", 2023, "KS", M) == 73_500
    assert figures.departures(2022) == 660
    assert Decimal("7.8") not in figures.rolling().values()


def test_a_benchmark_municipality_has_the_wanted_size(tmp_path):
    seen = []
    made = generate(tmp_path, employees=3_000, years=2, progress=lambda *state: seen.append(state))
    figures = read(made.organisation, made.payroll)
    assert [path.name for path in made.payroll] == ["lon_2022.csv", "lon_2023.csv"]
    assert len(figures.rows) == made.rows
    monthly = figures.rows.filter(pl.col("Huvudanställning") == "Ja").group_by("Månad").len()
    assert set(monthly["len"]) == {3_500}
    assert figures.rows["Personnummer"].n_unique() == made.persons
    assert Decimal(4) < figures.sick_leave(2023) < Decimal(12)
    assert figures.rows.filter(pl.col("short") + pl.col("long") > pl.col("ordinary")).is_empty()
    assert seen[-1] == ("Lönefiler", 24, 24)


def _extra_columns(files):
    frames = [
        pl.read_csv(path, separator=";", encoding="cp1252", infer_schema_length=0)
        for path in files.payroll
    ]
    hours = {
        name: pl.col(head).str.replace(",", "").cast(pl.Int64)
        for name, head in {
            "short": "Sjuk dag 1-14", "long": "Sjuk dag 15-", "over": HEADER[17],
        }.items()
    }  # fmt: skip
    return pl.concat(frames).with_columns(
        **hours,
        days=pl.col("Sjukdagar").cast(pl.Int64),
        occasions=pl.col("Nya sjuktillfällen").cast(pl.Int64),
    )


def test_days_occasions_and_long_spells_follow_from_the_sick_hours(files):
    rows = _extra_columns(files)
    main = pl.col("Huvudanställning") == "Ja"
    sick = pl.col("short") + pl.col("long")
    of_person = sick.sum().over("Månad", "Personnummer")
    assert rows.filter(pl.col("over") > sick).is_empty()
    assert rows.filter(main & ((of_person > 0) != (pl.col("days") > 0))).is_empty()
    assert rows.filter(~main & (pl.col("days") + pl.col("occasions") > 0)).is_empty()
    assert rows.filter((pl.col("occasions") > 0) & (pl.col("days") == 0)).is_empty()
    share = rows["over"].sum() / rows.select(sick.sum()).item()
    assert 0.4 < share < 0.55


def test_everybody_has_a_manager_and_most_managers_lead_ten_to_thirty(files):
    rows = _extra_columns(files).filter(pl.col("Månad") == "2023-12")
    led = rows.filter(pl.col("Närmaste chef") != pl.col("Personnummer"))
    assert rows.height - led.height == rows.filter(pl.col("Närmaste chef").is_null()).height == 1
    assert led["Närmaste chef"].is_in(rows["Personnummer"].to_list()).all()
    spans = led.group_by("Närmaste chef").len()["len"]
    assert spans.is_between(10, 30).mean() > 0.75
