"""The organisation's pages: what they show, what they refuse, what they cost."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from samkoll.org import services
from samkoll.org.models import OrganisationFile, RoleAssignment, Unit
from samkoll.org.tests.files import rows
from tests.town import ACTOR, START, TODAY

NEW = rows("BUF-NY;Nyskolan;enhet;BUF-GRU;GSN;2024-01-01;;")
WRONG = rows("BUF-NY;Nyskolan;enhet;BUF-GRX;GSN;2024-01-01;;")


@pytest.fixture
def admin(town, client):
    client.force_login(town.user("administrator"))
    return client


def text(response) -> str:
    return " ".join(response.content.decode().split())


def upload(client, content: bytes):
    file = SimpleUploadedFile("org.csv", content)
    return client.post(
        reverse("org:upload"), {"file": file, "day": timezone.localdate()}, follow=True
    )


def test_the_tree_shows_units_boards_managers_and_folds_what_has_ended(town, client):
    services.close_unit(
        unit=town.units["BUF-ANG"], last_day=TODAY, successors=(town.school,), actor=ACTOR
    )
    client.force_login(town.user("employee"))
    page = text(client.get(reverse("org:index"), {"gren": "BUF"}))
    assert (
        "Grundskola" in page and "Grundskolenämnden" in page and "chef Test upper_manager" in page
    )
    assert "Avslutade enheter" in page and "ersatt av Solskolan" in page


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_unit_is_found_by_typing_with_and_without_script(town, client, headers):
    client.force_login(town.user("employee"))
    response = client.get(reverse("org:index"), {"q": "ängs"}, headers=headers)
    assert "Ängsskolan" in text(response)
    assert ("<html" in text(response)) is not bool(headers)


def test_an_unknown_branch_is_not_found(admin):
    assert admin.get(reverse("org:index"), {"gren": "NIX"}).status_code == 404


def test_a_file_is_uploaded_reviewed_confirmed_and_forgotten(town, admin):
    page = upload(admin, NEW)
    assert "Nya enheter (1)" in text(page) and "Nyskolan" in text(page)
    assert not Unit.objects.filter(code="BUF-NY").exists()
    plan = page.context["plan"]
    admin.post(page.request["PATH_INFO"], {"fingerprint": plan.fingerprint})
    assert Unit.objects.filter(code="BUF-NY").exists()
    assert not OrganisationFile.objects.exists()


def test_a_file_that_no_longer_fits_is_reviewed_again(town, admin):
    page = upload(admin, NEW)
    answer = admin.post(page.request["PATH_INFO"], {"fingerprint": "0" * 16})
    assert answer.status_code == 422 and "Granska den igen" in text(answer)


def test_faults_are_listed_with_their_rows_and_nothing_can_be_confirmed(town, admin):
    page = upload(admin, WRONG)
    assert page.status_code == 422
    assert "Rad 2, överordnad" in text(page) and "Gör ändringarna" not in text(page)


@pytest.mark.parametrize("content, said", [(b"", "Filen är tom"), (b"PK\x03\x04", "skadad")])
def test_an_unreadable_file_stays_on_the_form_with_a_sentence(town, admin, content, said):
    page = upload(admin, content)
    assert page.status_code == 422 and said in text(page)


def test_an_uploaded_file_is_seen_by_its_owner_only(town, admin, client):
    path = upload(admin, NEW).request["PATH_INFO"]
    other = town.add_user("other_admin", "administrator", "EXK")
    client.force_login(other)
    assert client.get(path).status_code == 404


def test_a_role_is_given_and_ended_by_form(town, admin):
    person = town.people["outsider"]
    url = reverse("org:person", args=[person.pk])
    form = {"role": "hr_partner", "unit": "BUF-GRU", "with_subtree": "on", "valid_from": TODAY}
    assert admin.post(url, form).status_code == 302
    row = RoleAssignment.objects.get(person=person, role="hr_partner")
    assert row.unit == town.units["BUF-GRU"] and row.with_subtree
    admin.post(reverse("org:role_end", args=[row.pk]), {"last_day": "2024-12-31"})
    row.refresh_from_db()
    assert str(row.valid_to) == "2024-12-31"


@pytest.mark.parametrize(
    "unit, said",
    [("Solskola", "Menade du Solskolan"), ("", "Välj antingen en enhet eller ett skyddsområde")],
)
def test_a_unit_that_does_not_exist_gets_suggestions(town, admin, unit, said):
    url = reverse("org:person", args=[town.people["outsider"].pk])
    answer = admin.post(url, {"role": "manager", "unit": unit, "valid_from": TODAY})
    assert answer.status_code == 422 and said in text(answer)


def test_nobody_gives_a_role_to_themselves(town, admin):
    url = reverse("org:person", args=[town.people["administrator"].pk])
    answer = admin.post(url, {"role": "manager", "unit": "BUF", "valid_from": TODAY})
    assert answer.status_code == 403 and "Du kan inte ge dig själv en roll" in text(answer)


def test_a_role_does_not_end_before_it_begins(town, admin):
    row = RoleAssignment.objects.get(person=town.people["outsider"])
    answer = admin.post(reverse("org:role_end", args=[row.pk]), {"last_day": "2019-12-31"})
    assert answer.status_code == 422 and "före sin första dag" in text(answer)


def test_a_safety_area_is_added_by_typing_its_units(town, admin):
    form = {"name": "Skyddsområde KSF", "units": "KSF-STO, internservice", "valid_from": START}
    assert admin.post(reverse("org:area_new"), form).status_code == 302
    assert "Internservice" in text(admin.get(reverse("org:areas")))


def test_those_who_only_read_see_why_the_buttons_are_off(town, client):
    client.force_login(town.user("hr_strategist"))
    page = text(client.get(reverse("org:people")))
    assert "Det här får bara den göra som har rollen Administratör." in page


@pytest.mark.parametrize("name", ["org:people", "org:areas", "org:index"])
def test_twenty_rows_need_no_more_queries_than_two(town, admin, count_queries, name):
    admin.get(reverse(name))  # the first page of a session also writes the session
    few = count_queries(lambda: admin.get(reverse(name)))
    for number in range(20):
        town.unit(f"X{number}", f"Enhet {number}", "administration", "EXK")
        town.add_user(f"u{number}", "manager", f"X{number}")
        services.add_safety_area(
            name=f"S{number}", units=[town.school], valid_from=START, actor=ACTOR, today=TODAY
        )
    assert count_queries(lambda: admin.get(reverse(name))) == few
