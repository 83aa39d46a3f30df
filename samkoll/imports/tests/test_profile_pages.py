"""Making a profile in the web, from a sample to a version that an import reads with."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from samkoll.audit.models import Change
from samkoll.audit.services import CommandLine
from samkoll.desk import services as desk
from samkoll.imports import profiles_drafts, profiles_store, queries
from samkoll.imports.models import Batch, MappingProfile, ProfileDraft
from samkoll.imports.tests import payroll
from samkoll.imports.tests.payroll import identity

pytestmark = pytest.mark.django_db

HEADS = "Personnr;Namn;Fr.o.m.;T.o.m.;Orsak;Omf %;Tim"
ROWS = [
    f"{identity(n)};Kim Öst;2024-01-0{n + 1};2024-01-1{n};{cause};100;8,00"
    for n, cause in enumerate(["Sjuk", "VAB", "Sjuk", "Kurs", "Sjuk"])
]
ABSENCE = "\r\n".join(["Frånvarolista;;;;;;", HEADS, *ROWS, ""])


@pytest.fixture
def hr(town, client: Client) -> Client:
    client.force_login(town.user("hr_strategist"))
    return client


def upload(text: str | bytes = ABSENCE, name: str = "frånvaro.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode("cp1252") if isinstance(text, str) else text)


def begun(client: Client, url: str = "/import/ny-profil/", **data: Any) -> ProfileDraft:
    answer = client.post(url, {"file": upload(), "kind": "", **data})
    assert answer.status_code == 302, answer.content.decode()
    return ProfileDraft.objects.latest("pk")


def page(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status
    return answer.content.decode()


def fields(text: str) -> dict[str, Any]:
    """What the page's main form would send as it stands."""
    form = text[text.index('id="profile-form"') :]
    form = form[: form.index("</form>")]
    data: dict[str, Any] = {}
    for name, value in re.findall(r'<input type="[^"]*" name="([^"]+)" value="([^"]*)"', form):
        data[name] = value
    for name, inside in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', inside)
        data[name] = chosen[1] if chosen else ""
    for name, value in re.findall(
        r'<textarea name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.DOTALL
    ):
        data[name] = value.strip()
    return {name: value.replace("&quot;", '"') for name, value in data.items()}


def go(client: Client, draft: ProfileDraft, step: str, **changes: str) -> str:
    """Send a step as it stands with some changes; where it leads."""
    url = f"/import/profilutkast/{draft.pk}/{step}/"
    answer = client.post(url, {**fields(page(client, url)), **changes})
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def test_a_sample_becomes_a_profile_in_five_steps(hr, settings):
    draft = begun(hr)
    start = page(hr, f"/import/profilutkast/{draft.pk}/lasning/")
    assert "Windows-1252" in start and "I provet står de på rad 2." in start
    assert "ÅÅÅÅMMDD-NNNN" in start and "1980" not in start and "Öst" not in start
    assert go(hr, draft, "lasning").endswith("/kolumner/")
    columns = page(hr, f"/import/profilutkast/{draft.pk}/kolumner/")
    assert "Säkert förslag: Orsak (rubriken är en känd skrivning)" in columns
    assert go(hr, draft, "kolumner").endswith("/ord/")
    words = page(hr, f"/import/profilutkast/{draft.pk}/ord/")
    assert "”Sjuk” betyder" in words and "”Kurs” betyder" in words
    assert go(hr, draft, "ord", **{"annat-cause": "2"}).endswith("/prov/")
    assert "Alla rader i provet är godkända." in page(hr, f"/import/profilutkast/{draft.pk}/prov/")
    last = f"/import/profilutkast/{draft.pk}/spara/"
    answer = hr.post(last, {"title": "Frånvaro", "name": "franvaro-x", "note": "Första"})
    assert answer.headers["Location"] == "/import/profiler/franvaro-x/"
    row = MappingProfile.objects.get(name="franvaro-x")
    assert (row.version, row.kind, row.is_current) == (1, "absence", True)
    assert row.content["columns"]["first"] == "Fr.o.m."
    assert row.content["values"]["cause"] == {"Sjuk": 1, "VAB": 2}
    assert not ProfileDraft.objects.exists()
    assert ("franvaro-x", "Frånvaro") in profiles_store.choices()


def test_the_sample_is_encrypted_known_to_the_doctor_and_deleted(
    hr, settings, django_capture_on_commit_callbacks
):
    draft = begun(hr)
    stored = settings.UPLOADS / draft.upload
    assert b"Personnr" not in stored.read_bytes()
    assert draft.upload in queries.uploads()
    with django_capture_on_commit_callbacks(execute=True):
        hr.post(f"/import/profilutkast/{draft.pk}/kasta/")
    assert not [path for path in settings.UPLOADS.iterdir() if path.is_file()]


def test_only_the_beginning_of_a_file_is_kept(hr):
    long = ABSENCE + "\r\n".join(ROWS * 2000)
    draft = begun(hr, file=upload(long))
    assert draft.size <= 256 * 1024
    assert profiles_drafts.content(draft).endswith(b"\n")


def test_a_started_profile_is_forgotten_after_a_week(hr):
    draft = begun(hr)
    now = timezone.now() + timedelta(days=7, minutes=1)
    assert profiles_drafts.purge(actor=CommandLine(), now=now - timedelta(minutes=2)) == 0
    assert profiles_drafts.purge(actor=CommandLine(), now=now) == 1
    assert not ProfileDraft.objects.filter(pk=draft.pk).exists()


def test_a_changed_reading_proposes_the_columns_again(hr):
    draft = begun(hr, kind="departure")
    assert go(hr, draft, "lasning", kind="absence", visa="1").endswith("/lasning/")
    draft.refresh_from_db()
    assert draft.content["columns"]["last"] == "T.o.m."
    assert go(hr, draft, "lasning", separator="|", visa="1").endswith("/lasning/")
    draft.refresh_from_db()
    assert "first" not in draft.content["columns"]


def test_errors_keep_what_was_chosen(hr):
    draft = begun(hr)
    url = f"/import/profilutkast/{draft.pk}/kolumner/"
    data = {**fields(page(hr, url)), "kolumn-last": "Fr.o.m.", "kolumn-cause": "Fr.o.m."}
    answer = hr.post(url, data)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Rubriken är redan vald för Första dag." in text
    assert fields(text)["kolumn-cause"] == "Fr.o.m."


def test_a_step_keeps_a_draft_of_what_is_typed(hr, town):
    draft = begun(hr)
    key = f"profil-{draft.pk}-spara"
    owner, now = town.user("hr_strategist"), timezone.now()
    desk.save_draft(owner=owner, key=key, content={"title": ["Halvskrivet"]}, now=now)
    url = f"/import/profilutkast/{draft.pk}/spara/"
    assert "Du har ett utkast" in page(hr, url)
    assert "Halvskrivet" in page(hr, f"{url}?utkast=aterstall")


def test_what_is_missing_is_said_by_the_trial_and_when_saving(hr):
    draft = begun(hr)
    draft.content["columns"].pop("cause")
    draft.save()
    assert "saknar ”cause”" in page(hr, f"/import/profilutkast/{draft.pk}/prov/")
    answer = hr.post(f"/import/profilutkast/{draft.pk}/spara/", {"title": "X", "name": "x"})
    assert (answer.status_code, "saknar ”cause”" in answer.content.decode()) == (422, True)


def test_a_waiting_file_can_be_the_sample(hr, town):
    from samkoll.imports.tests import batches

    batches.waiting(town)
    pk = Batch.objects.exclude(upload="").get().pk
    answer = hr.post("/import/ny-profil/", {"batch": str(pk), "kind": ""})
    draft = ProfileDraft.objects.get()
    assert answer.headers["Location"].endswith(f"/profilutkast/{draft.pk}/lasning/")
    assert draft.content["kind"] == "months"
    assert draft.upload != Batch.objects.get(pk=pk).upload


def test_a_new_version_without_a_file(hr):
    draft = begun(hr, "/import/profiler/lon-manad/andra/", file="")
    assert draft.base is not None
    assert go(hr, draft, "lasning", encoding="utf-8").endswith("/kolumner/")
    assert go(hr, draft, "kolumner", **{"kolumn-unit": "Orgkod"}).endswith("/ord/")
    assert go(hr, draft, "ord").endswith("/prov/")
    answer = hr.post(f"/import/profilutkast/{draft.pk}/spara/", {"title": "Lön", "note": "Ny kod"})
    assert answer.status_code == 302, answer.content.decode()
    assert [row.version for row in profiles_store.versions("lon-manad")] == [2, 1]
    shown = page(hr, "/import/profiler/lon-manad/")
    assert "Orgkod" in shown and "Enhetskod" in shown
    change = Change.objects.get(action="profile.saved")
    assert change.before["profile_columns"] == "Enhetens kod: Enhetskod"
    assert change.after["profile_columns"] == "Enhetens kod: Orgkod"
    assert "tidigare version" in page(hr, "/import/profiler/lon-manad/1/")


def test_two_who_change_the_same_profile(hr):
    drafts = [begun(hr, "/import/profiler/lon-manad/andra/", file="") for _ in range(2)]
    for number, draft in enumerate(drafts):
        go(hr, draft, "kolumner", **{"kolumn-unit": f"Kod {number}"})
    data = {"title": "Lön", "note": ""}
    assert hr.post(f"/import/profilutkast/{drafts[0].pk}/spara/", data).status_code == 302
    url = f"/import/profilutkast/{drafts[1].pk}/spara/"
    refused = hr.post(url, data)
    assert refused.status_code == 422
    assert "har sparat version 2 medan du arbetade" in refused.content.decode()
    assert hr.post(url, {**data, "anyway": "on"}).status_code == 302
    assert profiles_store.current("lon-manad").columns["unit"] == "Kod 1"


def test_a_file_with_first_row_persons_shows_no_person(hr):
    draft = begun(hr, file=upload("\r\n".join(ROWS)))
    for step in ("lasning", "kolumner", "ord"):
        assert not re.search(r"19800\d{3}", page(hr, f"/import/profilutkast/{draft.pk}/{step}/"))
    assert "1980" not in str(draft.content)
    data = fields(page(hr, f"/import/profilutkast/{draft.pk}/kolumner/"))
    wrong = {**data, "kolumn-person": identity(0)}
    assert hr.post(f"/import/profilutkast/{draft.pk}/kolumner/", wrong).status_code == 422


def test_a_workbook_and_fixed_positions_are_looked_at_too(hr):
    sheet = payroll.workbook(*[line.split(";") for line in ABSENCE.splitlines()])
    draft = begun(hr, file=upload(sheet, "frånvaro.xlsx"))
    assert draft.content["columns"]["cause"] == "Orsak"
    fixed = (
        "Personnr     From     Tom      Orsak\r\n" + "198001019876 20240101 20240103 Sjuk \r\n" * 3
    )
    draft = begun(hr, file=upload(fixed, "f.txt"))
    assert draft.content["layout"] == "fixed"
    assert draft.content["positions"]["first"] == [14, 22]
    go(hr, draft, "lasning", starts="1 14 23 32")
    assert "Alla rader i provet är godkända." in page(hr, f"/import/profilutkast/{draft.pk}/prov/")
    headless = "\r\n".join(fixed.splitlines()[1:]) + "\r\n"
    draft = begun(hr, file=upload(headless, "f.txt"), kind="absence")
    assert (draft.content["head_rows"], draft.content["columns"]["last"]) == (0, "Kolumn 3")
    assert "Alla rader" not in page(hr, f"/import/profilutkast/{draft.pk}/ord/")


def test_an_empty_or_missing_file_is_refused_by_the_form(hr):
    answer = hr.post("/import/ny-profil/", {"kind": ""})
    assert (answer.status_code, "Välj en fil" in answer.content.decode()) == (422, True)
    answer = hr.post("/import/ny-profil/", {"file": upload(b"", "tom.csv"), "kind": ""})
    assert (answer.status_code, "är tom" in answer.content.decode()) == (422, True)


def test_others_see_nothing_of_a_started_profile(hr, town):
    draft = begun(hr)
    for who in ("administrator", "manager"):
        hr.force_login(town.user(who))
        page(hr, f"/import/profilutkast/{draft.pk}/lasning/", status=404)
        assert hr.post(f"/import/profilutkast/{draft.pk}/kasta/").status_code == 404
