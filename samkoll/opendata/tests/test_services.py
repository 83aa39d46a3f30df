"""A load from its preview to its undo: all or nothing, the same file once, nothing overwritten."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from click.testing import CliRunner
from django.core.exceptions import PermissionDenied

from samkoll.audit.services import CommandLine
from samkoll.opendata import cli, files, queries, services
from samkoll.opendata.models import Group, Kpi, Load, LoadState, Municipality, Source, Value
from samkoll.opendata.plan import plan
from samkoll.opendata.tests import replies

NOW = datetime(2024, 7, 1, 9, 0, tzinfo=UTC)
ACTOR = CommandLine()
pytestmark = pytest.mark.django_db


def staged(content, *, days=0, actor=ACTOR, asked=()):
    bundle = files.read(json.dumps(content).encode(), name="svar.json")
    bundle.asked = asked
    now = NOW + timedelta(days=days)
    return services.stage(
        bundle=bundle, source=Source.FILE, origin="svar.json", actor=actor, now=now
    )


def applied(content, *, days=0, **more):
    load = staged(content, days=days, **more)
    return services.apply(load_id=load.pk, actor=ACTOR, now=NOW + timedelta(days=days))


def test_a_staged_load_changes_nothing_until_it_is_answered():
    load = staged(replies.everything())
    assert load.counts["new"] == 24
    assert not Value.objects.exists()
    services.discard(load_id=load.pk, actor=ACTOR, now=NOW)
    load.refresh_from_db()
    assert (load.state, load.content) == (LoadState.DISCARDED, None)


def test_the_same_content_again_is_only_noted():
    applied(replies.everything())
    again = staged(replies.everything(), days=1)
    assert (again.state, again.counts["same"]) == (LoadState.SAME, 24)
    assert Value.objects.count() == 24
    assert queries.last_load() == again


def test_a_changed_value_keeps_the_earlier_one_to_be_read():
    applied(replies.everything())
    applied({"values": [replies.data(replies.OURS, 5.4)]}, days=30)
    (found,) = queries.revisions("N00090", replies.OURS)
    assert (found.before, found.after) == (Decimal("5.000000"), Decimal("5.400000"))
    assert found.fetched_after - found.fetched_before == timedelta(days=30)
    assert queries.series_by_sex("N00090")["T"][2023][replies.OURS] == Decimal("5.4")


def test_undo_takes_the_newest_load_back_and_no_older_one():
    first = applied(replies.everything())
    second = applied(replies.everything(shift=1, title="Nytt namn"), days=1)
    with pytest.raises(PermissionDenied, match="senaste"):
        services.undo(load_id=first.pk, actor=ACTOR, now=NOW)
    services.undo(load_id=second.pk, actor=ACTOR, now=NOW)
    assert queries.series_by_sex("N00090")["T"][2023][replies.OURS] == Decimal(5)
    assert Kpi.objects.get().title.startswith("Sjukfrånvaro")
    services.undo(load_id=first.pk, actor=ACTOR, now=NOW)
    assert not Value.objects.current().exists()
    assert not (Kpi.objects.exists() or Municipality.objects.exists() or Group.objects.exists())


def test_what_was_undone_can_be_loaded_again():
    services.undo(load_id=applied(replies.everything()).pk, actor=ACTOR, now=NOW)
    applied(replies.everything(), days=1)
    assert Value.objects.current().count() == 24


def test_key_figures_that_are_renamed_or_gone_are_told():
    applied(replies.everything())
    load = staged(replies.everything(title="Annat namn"), asked=("N00090", "N00091"))
    found = queries.plan_of(load)
    (renamed,) = found.renamed_kpis
    assert (renamed.code, renamed.after) == ("N00090", "Annat namn")
    assert found.unnamed == ["N00091"]
    gone = staged({"values": [replies.kpi("N00200", "Annat")]}, asked=("N00090",))
    assert queries.plan_of(gone).retired == ["N00090"]
    services.apply(load_id=gone.pk, actor=ACTOR, now=NOW)
    assert Kpi.objects.get(code="N00090").retired


def test_only_those_who_may_change_statistics_load(town):
    with pytest.raises(PermissionDenied, match="HR-strateg"):
        staged(replies.everything(), actor=town.user("manager"))
    assert staged(replies.everything(), actor=town.user("hr_strategist")).pk
    assert not queries.visible_to(town.user("manager"), NOW.date())
    assert queries.visible_to(town.user("administrator"), NOW.date())


def test_our_own_municipality_is_found_by_code_or_by_name(settings):
    applied(replies.everything())
    assert queries.own() is None
    settings.MUNICIPALITY_CODE = "9903"
    assert str(queries.own()) == "Provkommun 3"
    settings.MUNICIPALITY_CODE, settings.MUNICIPALITY_NAME = "", "provkommun 5"
    assert queries.own() == Municipality.objects.get(code="9905")


def test_ninety_thousand_values_are_compared_in_as_many_statements_as_ten(count_queries):
    applied(replies.everything())
    few = files.read(json.dumps({"values": [replies.data("9901", 1)]}).encode(), name="a.json")
    many = files.read(json.dumps(replies.everything(shift=2)).encode(), name="b.json")
    assert count_queries(lambda: plan(few)) == count_queries(lambda: plan(many))


def test_the_command_shows_loads_and_takes_back(tmp_path):
    path = tmp_path / "svar.json"
    path.write_text(json.dumps(replies.everything()))
    run = CliRunner().invoke
    assert "Inget är inläst" in run(cli.kolada, ["import", str(path), "--dry-run"]).output
    assert not Load.objects.exists()
    assert "24 nya värden" in run(cli.kolada, ["import", str(path)]).output
    assert "Allt fanns redan" in run(cli.kolada, ["import", str(path)]).output
    assert "ångrad" in run(cli.kolada, ["undo"]).output
    assert not Value.objects.current().exists()
