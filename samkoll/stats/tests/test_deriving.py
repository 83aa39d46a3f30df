"""Record files kept, delivered again and taken back; the months that follow from them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.core.exceptions import PermissionDenied

from samkoll.audit.services import CommandLine
from samkoll.core.months import Month, Window
from samkoll.stats import deriving, jobs, queries, services
from samkoll.stats.cli import stats
from samkoll.stats.engine.hierarchy import Scope
from samkoll.stats.models import Derivation, MonthVersion, RecordFile
from samkoll.stats.records import RecordWriter
from samkoll.stats.spells.tests.world import employment, frame, post, time
from tests.town import Town

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 7, 5, 12, tzinfo=UTC)
ACTOR = CommandLine()
FIRST_HALF = (date(2024, 1, 1), date(2024, 6, 30))
PEOPLE = [employment(n, unit="KSF-INT", birth_year=1990) for n in range(1, 13)]


def keep(kind, rows, batch, period=FIRST_HALF):
    with RecordWriter(settings.FACTS, kind) as writer:
        writer.write(frame(kind, rows))
        staged = writer.finish()
    return services.keep_records(
        staged, source="hr", batch=batch, actor=ACTOR, now=NOW, period=period
    )


def derive(**options):
    return deriving.derive(actor=ACTOR, now=NOW, **options)


@pytest.fixture
def place(db):
    """A municipality of one administration."""
    town = Town()
    town.unit("EXK", "Exempelkommunen", "municipality", None)
    town.unit("KSF-INT", "Internservice", "administration", "EXK")
    return town


@pytest.fixture
def kept(place):
    keep("employment", PEOPLE, "1")
    keep("absence", [post((3, 4), (3, 8)), post((5, 20), (5, 24), person=2)], "2")
    return place


def ask(metric, month=6):
    """A figure of the whole municipality for one month, before anybody decides what to show."""
    at = Month.of(2024, month)
    scope = queries.current_facts().statistics.top
    return queries.figure(
        scope, metric, "total", at, queries.current_facts(), window=Window(at, at)
    )


def months(given):
    return [Month(index).month for index in given]


def test_a_correction_replaces_only_the_months_that_it_changes(kept):
    first = derive()
    assert months(first.changed) == [1, 2, 3, 4, 5, 6]
    assert derive().changed == []
    keep("absence", [post((3, 4), (3, 8))], "3")
    again = derive()
    assert months(again.changed) == [5]
    batches = dict(MonthVersion.objects.current().values_list("month", "batch"))
    assert [key for key, batch in batches.items() if batch == again.batch] == again.changed
    assert set(batches.values()) == {first.batch, again.batch}
    facts = queries.current_facts()
    month = Month.of(2024, 5).index
    assert queries.batches_of(facts.hashes_of([month]), [month]) == ("1", "3")


def test_undo_brings_the_months_before_back(kept):
    first = derive()
    services.withdraw_records(batch="2", actor=ACTOR, now=NOW)
    keep("absence", [], "4")
    second = derive()
    assert months(second.changed) == [3, 5]
    deriving.undo(derivation_id=second.pk, actor=ACTOR, now=NOW)
    assert set(MonthVersion.objects.current().values_list("batch", flat=True)) == {first.batch}
    assert Derivation.objects.get(pk=second.pk).undone


def test_months_whose_records_are_withdrawn_stop_counting(kept):
    derive()
    keep("absence", [], "3", period=(date(2024, 6, 1), date(2024, 7, 31)))
    keep("employment", PEOPLE, "4", period=(date(2024, 6, 1), date(2024, 7, 31)))
    assert months(derive().changed) == [7]
    services.withdraw_records(batch="2", actor=ACTOR, now=NOW)
    derive()
    assert months(MonthVersion.objects.current().values_list("month", flat=True)) == [6, 7]


def test_the_other_convention_changes_every_month_and_no_total(kept):
    keep("absence", [post((1, 29), (3, 1))], "3")
    derive()
    scope, month = Scope(kept.units["KSF-INT"].pk), Month.of(2024, 6)
    statistics = queries.current_facts().statistics
    before = statistics.cube.sums(scope, "total", month.index - 5, month.index).sums or {}
    assert months(derive(convention="whole_spell").changed) == [1, 2, 3, 4, 5, 6]
    statistics = queries.current_facts().statistics
    after = statistics.cube.sums(scope, "total", month.index - 5, month.index).sums or {}
    assert after["sick_short"] == 0 < before["sick_short"]
    assert after["sick_long"] == before["sick_long"] + before["sick_short"]


def test_delivered_twice_is_no_change_and_delivered_again_supersedes(kept):
    absence = RecordFile.objects.get(batch="2")
    rows = [post((3, 4), (3, 8)), post((5, 20), (5, 24), person=2)]
    assert keep("absence", rows, "3") == absence
    keep("absence", [], "4", period=(date(2023, 1, 1), date(2024, 6, 30)))
    last = keep("absence", [], "5", period=(date(2022, 1, 1), date(2024, 6, 30)))
    services.withdraw_records(batch="4", actor=ACTOR, now=NOW)
    absence.refresh_from_db()
    assert (absence.state, absence.replaced_by) == ("superseded", last)
    services.withdraw_records(batch="5", actor=ACTOR, now=NOW)
    assert list(RecordFile.objects.current().filter(kind="absence")) == [absence]


def test_a_file_of_the_future_covers_no_day_after_today(kept):
    with RecordWriter(settings.FACTS, "absence") as writer:
        writer.write(frame("absence", [post((3, 4), (12, 1))]))
        staged = writer.finish()
    kept_file = services.keep_records(staged, source="hr", batch="9", actor=ACTOR, now=NOW)
    assert (kept_file.first_day, kept_file.last_day) == (date(2024, 3, 4), NOW.date())


def test_months_that_lose_many_rows_need_a_confirmation(kept):
    derive()
    keep("employment", PEOPLE[:8], "3")
    with pytest.raises(deriving.RowsLost, match="2024-01 får 8 rader, mot 12"):
        derive()
    assert months(derive(confirm_drop=True).changed) == [1, 2, 3, 4, 5, 6]


def test_without_records_there_is_nothing_to_derive(place):
    with pytest.raises(deriving.NothingToDerive, match="både frånvaro och anställningar"):
        derive()
    keep("employment", PEOPLE, "1", period=(date(2024, 1, 2), date(2024, 1, 31)))
    keep("absence", [], "2")
    with pytest.raises(deriving.NothingToDerive, match="Ingen månad är hel"):
        derive()


def test_the_job_tells_its_owner_how_many_months_changed(town):
    keep("employment", PEOPLE, "1")
    keep("absence", [], "2")
    owner = town.user("hr_strategist")
    job = deriving.ask(actor=owner, now=NOW, convention="day_split")
    jobs.derive(job_id=job.pk, actor_id=owner.pk, convention="day_split", confirm_drop=False)
    job.refresh_from_db()
    assert job.message == "6 månader har ändrats."
    with pytest.raises(PermissionDenied):
        deriving.derive(actor=town.user("manager"), now=NOW)


def test_the_command_tells_what_changed_and_what_is_uncertain(kept):
    keep("absence", [post((1, 1), (1, 2))], "3")
    result = CliRunner().invoke(stats, ["derive"])
    assert result.exit_code == 0, result.output
    assert "Ändrade månader: 2024-01 – 2024-06." in result.output
    assert "kan ha börjat före filerna: 1" in result.output
    number = Derivation.objects.get().pk
    result = CliRunner().invoke(stats, ["derive", "--undo", str(number)])
    assert "tillbakatagen" in result.output
    assert not MonthVersion.objects.current().exists()


def test_what_no_file_tells_is_missing_and_never_none(kept):
    derive()
    for metric, word in (
        ("departures", "avgångar"),
        ("turnover", "avgångar"),
        ("overtime_hours", "övertid"),
        ("additional_hours", "mertid"),
    ):
        found = ask(metric)
        assert (found.state, found.value) == ("missing", None)
        assert found.reason == f"Underlaget har ingen uppgift om {word} i hela perioden."
    assert ask("sick_leave").state == "shown"


def test_each_month_knows_what_the_files_tell_of_it(kept):
    derive()
    april_on = (date(2024, 4, 1), date(2024, 6, 30))
    keep("departure", [], "3", april_on)
    assert months(derive().changed) == [4, 5, 6]
    assert (ask("departures", 3).state, ask("departures", 4).state) == ("missing", "shown")
    hours = [time(n, person=p, additional=50, overtime=None) for n in range(1, 7) for p in (1, 2)]
    keep("time", hours, "4")
    assert months(derive().changed) == [1, 2, 3, 4, 5, 6]
    assert (ask("additional_hours").text, ask("overtime_hours").state) == ("1", "missing")
    keep(
        "time",
        [time(6, person=1, additional=0, overtime=300)],
        "5",
        (date(2024, 6, 1), date(2024, 6, 30)),
    )
    assert months(derive().changed) == [6]
    assert [ask("overtime_hours", n).text for n in (5, 6)] == ["–", "3"]
    snapshots = {v.snapshot for v in MonthVersion.objects.current().select_related("snapshot")}
    assert sorted(len(each.knows) for each in snapshots) == [4, 5, 6]
