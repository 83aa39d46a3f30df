"""The worked numbers of ``docs/rules/spells.md``, and what its table cannot show."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from samkoll.core.months import Month
from samkoll.stats.spells import Basis, derive
from samkoll.stats.spells.tests import world
from samkoll.stats.spells.tests.world import departure, employment, post, time

PAGE = Path(__file__).parents[4] / "docs" / "rules" / "spells.md"
POST = re.compile(
    r"(?P<kind>-|other )?(?P<first>[\d-]+)\.\.(?P<last>[\d-]*)(?: (?P<extent>\d+)%)?"
    r"(?: (?P<hours>\d+)h)?(?: from day (?P<number>\d+))?"
)
NAMES = ("ordinary", "sick_short", "sick_long", "sick_60", "sick_days", "occasions")


def examples():
    rows = re.findall(
        r"^\| (.*\.\..*?) \| (\w+) \| (\d{4}-\d{2}) \| (.*) \|$", PAGE.read_text(), re.M
    )
    return [(posts, how, month, tuple(numbers.split(" | "))) for posts, how, month, numbers in rows]


def read(text, person):
    """The posts that a row of the table writes."""
    found = []
    for each in text.split(", "):
        said = POST.fullmatch(each)
        assert said, each
        found.append({
            **post(on(said["first"]), on(said["last"]) if said["last"] else None, person=person),
            "extent": int(said["extent"] or 100) * 10,
            "cause": 2 if said["kind"] == "other " else 1,
            "reversal": said["kind"] == "-",
            "hours": int(said["hours"]) * 100 if said["hours"] else None,
            "day_number": int(said["number"]) if said["number"] else None,
        })  # fmt: skip
    return found


def on(text):
    return date.fromisoformat(f"2024-{text[-5:]}")


def test_every_row_of_the_page(tmp_path):
    known = examples()
    assert len(known) > 15
    found = {}
    for convention in ("day_split", "whole_spell"):
        posts = [p for n, example in enumerate(known, 1) for p in read(example[0], n)]
        people = [employment(n, sex=1) for n in range(1, len(known) + 1)]
        given = world.basis(tmp_path, posts, people, convention=convention)
        for row in world.facts(given, tmp_path)[0]:
            found[row["person"], convention, str(Month(row["month"]))] = row
    for n, (posts, convention, month, numbers) in enumerate(known, 1):
        row = found[n, convention, month]
        assert (posts, tuple(str(row[name]) for name in NAMES)) == (posts, numbers)


@pytest.fixture
def derived(tmp_path):
    """What some records give, as {(person, month, unit): row}, and the report."""

    def run(*given, **more):
        rows, report = world.facts(world.basis(tmp_path, *given, **more), tmp_path)
        return {(row["person"], row["month"] % 12 + 1, row["unit"]): row for row in rows}, report

    return run


def test_who_changes_unit_has_a_row_in_each(derived):
    until = date(2024, 1, 14)
    people = [
        employment(unit="A", valid_to=until),
        employment(unit="B", valid_from=date(2024, 1, 15)),
    ]
    rows, _ = derived([post((1, 11), (1, 16))], people, time=[time(1, ordinary=17_601)])
    first, second = rows[1, 1, 1], rows[1, 1, 2]
    assert (first["ordinary"], second["ordinary"]) == (7200, 10_401)
    assert (first["sick_short"], second["sick_short"]) == (1600, 1600)
    assert (first["main"], second["main"]) == (False, True)
    assert (first["sick_days"], second["sick_days"]) == (0, 6)


def test_two_employments_make_one_spell_of_the_person(derived):
    people = [employment(extent=500), employment(employment=2, extent=500, main=False, unit="B")]
    posts = [post((1, 8), (1, 12)), {**post((1, 10), (1, 31)), "employment": 2}]
    rows, report = derived(posts, people)
    assert report.spells == 1
    assert (rows[1, 1, 1]["sick_days"], rows[1, 1, 2]["sick_days"]) == (24, 0)
    assert rows[1, 1, 2]["sick_long"] == 4 * 8 * 100 // 2 * 2  # 22 to 31 January: 8 days of 4 hours


def test_a_departure_ends_employment_and_sickness(derived):
    rows, _ = derived([post((2, 1))], departure=[departure((2, 15), cause=1)])
    assert {month for _, month, _ in rows} == {1, 2}
    assert (rows[1, 2, 1]["departure"], rows[1, 2, 1]["sick_days"]) == (1, 15)


def test_what_cannot_be_used_is_counted(derived):
    posts = [
        post((1, 1), (1, 3)),
        post((3, 1), (3, 2), person=9),
        post((4, 1), (4, 30), hours=99_900),
    ]
    people = [employment(), employment(2, unit="X")]
    more = {"time": [time(5, person=9, overtime=100)], "departure": [departure((5, 1), person=9)]}
    rows, report = derived(posts, people, **more)
    assert {person for person, _, _ in rows} == {1}
    assert (report.censored, report.censored_hours) == (1, 1600)
    assert (report.posts_without_employment, report.time_without_employment) == (1, 1)
    assert (report.departures_without_employment, report.without_unit) == (1, 1)
    assert rows[1, 4, 1]["sick_short"] + rows[1, 4, 1]["sick_long"] == rows[1, 4, 1]["ordinary"]
    assert report.cut_hours == 99_900 - rows[1, 4, 1]["ordinary"]


def test_a_month_that_is_not_whole_is_not_derived(tmp_path):
    files = (
        world.file(tmp_path, "absence", [], ((1, 1), (3, 14))),
        world.file(tmp_path, "employment", [employment()], ((1, 15), (12, 31))),
    )
    basis = Basis(files, world.UNITS)
    assert [str(Month(month)) for month in basis.months] == ["2024-02"]
    assert str(Month(basis.incomplete[0])) == "2024-01"


def test_memory_and_parts_do_not_change_the_result(tmp_path, monkeypatch):
    people = [employment(n * 2**60) for n in range(1, 12)]
    posts = [post((1, n), (3, n), person=n * 2**60) for n in range(1, 12)]
    basis = world.basis(tmp_path, posts, people)
    whole = world.facts(basis, tmp_path)
    monkeypatch.setattr("samkoll.stats.spells.deriving.PART_ROWS", 24)
    told = []
    with derive(basis, tmp_path / "work", lambda done, of: told.append((done, of))) as derived:
        rows = [row for part in derived.rows(derived.months) for row in part.to_dicts()]
        assert (rows, derived.report) == whole
    assert told[-1] == (6, 6)
    assert not list((tmp_path / "work").iterdir())


def test_a_known_true_start_makes_the_spell_longer(derived):
    started = date(2023, 12, 1)
    rows, report = derived([post((1, 1), (1, 31), started=started)])
    assert report.censored == 0
    assert (rows[1, 1, 1]["sick_short"], rows[1, 1, 1]["occasions"]) == (0, 0)
    assert rows[1, 1, 1]["sick_60"] == rows[1, 1, 1]["sick_long"]
    assert (date(2024, 1, 31) - started + timedelta(days=1)).days == 62
