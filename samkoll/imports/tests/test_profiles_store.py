"""Versions of profiles: saved, copied, retired, told apart, written to a file and read again."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from samkoll.audit.models import Change
from samkoll.audit.services import CommandLine
from samkoll.imports import profiles, profiles_store, profiles_yaml, services
from samkoll.imports.models import Batch, MappingProfile
from samkoll.imports.profiles import UnusableProfile
from samkoll.imports.profiles_diff import differences
from samkoll.imports.tests import payroll
from samkoll.imports.tests.payroll import row, text

ACTOR = CommandLine()
NOW = datetime(2024, 5, 15, 12, tzinfo=UTC)
TEXT = profiles_store.written(profiles.load())


def changed(**changes: object) -> str:
    return yaml.safe_dump({**yaml.safe_load(TEXT), **changes}, allow_unicode=True)


def bring_in(**changes: object) -> MappingProfile:
    return profiles_store.bring_in(text=changed(**changes), actor=ACTOR, now=NOW)


@pytest.mark.parametrize("name", profiles.available())
def test_a_profile_written_to_a_file_is_the_same_when_read(name):
    profile = profiles.load(name)
    assert profiles.parse(profiles_store.written(profile)) == profile


@pytest.mark.parametrize(
    ("hostile", "sentence"),
    [
        ("a: &x [1]\nb: *x", "hänvisningar"),
        ("[" * 5000, "för många nivåer"),
        ("!!python/object/apply:os.system [ls]", "inte läsbar"),
        ("a: 1\na: 2", "två gånger"),
        ("x" * 70_000, "för stor"),
        ("a: !!set {b, c}", "saknar"),
        ("\x00", "inte läsbar"),
    ],
)
def test_hostile_yaml_is_refused_with_a_sentence(hostile, sentence):
    with pytest.raises(UnusableProfile, match=sentence):
        profiles.parse(hostile)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": "../x"}, "små bokstäver"),
        ({"title": ""}, "”title”"),
        ({"title": "a\u202eb"}, "tecken som inte kan visas"),
        ({"version": True}, "heltal från 1"),
        ({"columns": ["month"]}, "lista av namn"),
        ({"columns": {**yaml.safe_load(TEXT)["columns"], "month": ["x"]}}, "”columns.month”"),
        ({"values": {**yaml.safe_load(TEXT)["values"], "sex": "K"}}, "values"),
        ({"values": {**yaml.safe_load(TEXT)["values"], "sex": {"K": "ett"}}}, "heltal"),
        ({"fallback": [1]}, "fallback"),
        ({"sheet": 5}, "”sheet”"),
        ({"null_words": {"a": 1}}, "”null_words”"),
        ({"positions": "x"}, "positions"),
    ],
)
def test_a_file_of_the_wrong_shape_is_refused_with_a_sentence(changes, sentence):
    with pytest.raises(UnusableProfile, match=sentence):
        profiles.parse(changed(**changes))


def test_plain_words_of_a_file_stay_words():
    read = profiles_yaml.loaded("{a: 007, b: 7:30, c: No, d: 2024-01-01, e: 1.5, f: 12, g: true}")
    assert read == {"a": "007", "b": "7:30", "c": "No", "d": "2024-01-01", "e": "1.5", "f": 12,
                    "g": True}  # fmt: skip


def test_what_differs_is_said_in_words():
    old = profiles.load()
    new = profiles.from_dict(
        {
            **yaml.safe_load(TEXT),
            "decimal": ".",
            "columns": {**old.columns, "unit": "Org", "sick_days": "Dagar"},
            "values": {**old.values, "sex": {"K": 1, "Man": 2}},
            "fallback": {"departure": 7},
        }
    )
    told = [(each.what, each.before, each.after) for each in differences(old, new)]
    assert told == [
        ("Decimaltecken", "komma", "punkt"),
        ("Enhetens kod", "Enhetskod", "Org"),
        ("Sjukdagar", "", "Dagar"),
        ("Kön: Kvinna", "kvinna", ""),
        ("Kön: K", "", "kvinna"),
        ("Avgångsorsak: andra ord", "", "annan orsak"),
    ]
    assert differences(old, old) == ()


@pytest.mark.django_db
def test_shipped_profiles_are_there_before_anybody_has_stored_them():
    assert not MappingProfile.objects.exists()
    assert {name for name, _title in profiles_store.choices()} == set(profiles.available())
    assert profiles_store.current("lon-manad") == profiles.load()


@pytest.mark.django_db
def test_the_same_name_from_a_file_is_a_new_version_and_imports_keep_theirs(town):
    batch = services.import_file(
        source=payroll.source(text(row(0, unit="BUF-SOL"))),
        profile=profiles_store.current("lon-manad"), actor=ACTOR, now=NOW,
    )  # fmt: skip
    stored = bring_in(decimal=".")
    assert (stored.version, stored.is_current) == (2, True)
    batch.refresh_from_db()
    assert (batch.profile.version, batch.profile.is_current) == (1, False)
    assert profiles_store.current("lon-manad").decimal == "."
    with pytest.raises(profiles_store.NothingNew):
        bring_in(decimal=".", version=9)
    assert Batch.objects.count() == 1


@pytest.mark.django_db
def test_a_retired_profile_is_not_used_until_it_is_restored():
    profiles_store.retire(name="lon-manad", actor=ACTOR, now=NOW)
    assert "lon-manad" not in dict(profiles_store.choices())
    with pytest.raises(UnusableProfile, match="är avslutad"):
        profiles_store.current("lon-manad")
    profiles_store.restore(name="lon-manad", actor=ACTOR, now=NOW)
    assert profiles_store.current("lon-manad") == profiles.load()
    logged = Change.objects.filter(action__startswith="profile.").values_list("action", flat=True)
    assert list(logged.order_by("pk")) == ["profile.retired", "profile.restored"]


@pytest.mark.django_db
def test_a_copy_needs_a_name_of_its_own():
    source = profiles_store.versions("lon-manad")[0]
    copied = profiles_store.copy(row=source, name="min", title="Min", actor=ACTOR, now=NOW)
    assert (copied.version, copied.title, copied.note) == (1, "Min", "Kopia av lon-manad version 1")
    for name, fault in (("min", profiles_store.NameTaken), ("Min!", UnusableProfile)):
        with pytest.raises(fault):
            profiles_store.copy(row=source, name=name, title="X", actor=ACTOR, now=NOW)


@pytest.mark.django_db
def test_a_newer_shipped_version_counts_until_somebody_has_made_own_ones(monkeypatch):
    profiles_store.retire(name="lon-manad", actor=ACTOR, now=NOW)
    profiles_store.restore(name="lon-manad", actor=ACTOR, now=NOW)
    newer = profiles.parse(changed(version=2, decimal="."))
    monkeypatch.setattr(profiles, "load", lambda name: newer)
    monkeypatch.setattr(profiles, "available", lambda: {"lon-manad": None})
    assert profiles_store.current("lon-manad") == newer
    bring_in(separator="|", decimal=",")
    assert [(row.version, row.is_current) for row in profiles_store.versions("lon-manad")] == [
        (3, True),
        (2, False),
        (1, False),
    ]


@pytest.mark.django_db
def test_the_pages_of_profiles(town, client: Client, count_queries):
    client.force_login(town.user("hr_strategist"))
    listed = client.get("/import/profiler/").content.decode()
    assert "Löneunderlag per månad" in listed and "följer med Samkoll" in listed
    few = count_queries(lambda: client.get("/import/profiler/"))
    for number in range(8):
        bring_in(name=f"egen-{number % 3}", title=f"Egen {number}")
    assert count_queries(lambda: client.get("/import/profiler/")) == few
    given = client.get("/import/profiler/egen-0/3/fil/")
    assert given.headers["Content-Disposition"] == 'attachment; filename="egen-0-3.yaml"'
    file = SimpleUploadedFile("p.yaml", given.content.replace(b"Egen 6", b"Egen 60"))
    assert client.post("/import/las-in-profil/", {"file": file}).status_code == 302
    assert profiles_store.versions("egen-0")[0].title == "Egen 60"
    bad = client.post("/import/las-in-profil/", {"file": SimpleUploadedFile("p.yaml", b"a: [")})
    assert (bad.status_code, "inte läsbar YAML" in bad.content.decode()) == (422, True)
    copied = client.post("/import/profiler/egen-0/kopiera/", {"name": "egen-1", "title": "X"})
    assert (copied.status_code, "finns redan" in copied.content.decode()) == (422, True)
    assert "kan inte väljas" in client.get("/import/profiler/egen-0/avsluta/").content.decode()
    client.post("/import/profiler/egen-0/avsluta/")
    assert "Ta profilen i bruk igen" in client.get("/import/profiler/egen-0/").content.decode()
    client.post("/import/profiler/egen-0/ta-i-bruk/")
    assert profiles_store.current("egen-0").title == "Egen 60"
    assert client.get("/import/profiler/finns-inte/").status_code == 404


@pytest.mark.django_db
def test_others_may_not_see_or_change_profiles(town, client: Client):
    client.force_login(town.user("manager"))
    assert client.get("/import/profiler/").status_code == 403
    assert client.get("/import/profiler/lon-manad/").status_code == 404
    assert client.post("/import/las-in-profil/").status_code == 403
