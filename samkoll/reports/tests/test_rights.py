"""Who may have files made, who opens a year, and who only reads."""

from __future__ import annotations

import re
import stat

import pytest
from django.conf import settings
from django.urls import reverse

from samkoll.audit.services import CommandLine
from samkoll.desk.models import Job
from samkoll.reports import policies, queries, services, storing, years
from samkoll.reports.models import Report
from samkoll.reports.tests import facts
from samkoll.reports.tests.conftest import TODAY
from tests.town import ROLES

READERS = ("board_member", "safety_rep", "head_safety_rep", "auditor", "manager")
WRITERS = ("director", "hr_partner", "secretary", "hr_strategist")


@pytest.fixture
def as_(town, client):
    def sign_in(role):
        client.force_login(town.user(role))
        return client

    return sign_in


def url(name, *args):
    return reverse(f"reports:{name}", args=args)


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.mark.parametrize("role", READERS)
def test_readers_are_told_who_makes_the_files(as_, extracted, role):
    client, pk = as_(role), extracted["GSN"].pk
    refused = client.post(url("build", pk))
    assert refused.status_code == 403
    assert "Filerna skapas av dem som skriver eller diarieför rapporten." in text(refused)
    assert "Filerna skapas av dem" in text(client.get(url("read", pk)))
    assert "Skapa filer för 2024" not in text(client.get(url("index")))
    assert not Job.objects.exists()


def test_readers_cannot_order_a_years_files_either(as_, extracted):
    refused = as_("safety_rep").post(url("build_many"), {"year": "2024"})
    assert refused.status_code == 403 and "Filerna skapas av dem" in text(refused)


@pytest.mark.parametrize("role", WRITERS)
def test_those_who_write_or_register_have_files_made(as_, extracted, role):
    client = as_(role)
    assert client.post(url("build", extracted["GSN"].pk)).status_code == 302
    assert "Skapa filer för 2024" in text(client.get(url("index")))


def test_a_years_files_are_those_that_one_may_have_made(as_, extracted):
    as_("director").post(url("build_many"), {"year": "2024"})
    assert Job.objects.get().label == "Skapa filer: 2 rapporter"


def test_the_query_and_the_policy_agree_for_every_role(town, extracted):
    for role in [*ROLES, "outsider", "safety_rep"]:
        user = town.user(role)
        visible = queries.visible_to(user, TODAY)
        one_by_one = {r.pk for r in visible if policies.can_build(user, r, TODAY)}
        assert set(queries.buildable_by(user, TODAY).values_list("pk", flat=True)) == one_by_one


def test_readers_download_the_newest_files(as_, town, extracted):
    pk = extracted["GSN"].pk
    storing.store(report_ids=[pk], formats=["html"], actor=town.user("director"), now=facts.NOW)
    assert as_("board_member").get(url("download", pk, "html")).status_code == 200


def test_built_files_are_for_the_service_alone(town, extracted):
    pk = extracted["GSN"].pk
    settings.RESULTS.mkdir(mode=0o755)
    (file,) = storing.store(report_ids=[pk], formats=["html"], actor=CommandLine(), now=facts.NOW)
    path = storing.path_of(file)
    modes = [stat.S_IMODE(p.stat().st_mode) for p in (path, path.parent, settings.RESULTS)]
    assert modes == [0o600, 0o700, 0o700]


def offered(town, role="hr_strategist"):
    return years.next_year(town.user(role), TODAY)


def test_only_those_who_may_open_a_year_are_offered_one(town):
    assert offered(town, "director") is None


def test_the_first_year_offered_is_the_newest_with_payroll_data(town):
    facts.publish(town, {"KSF-INT": (20, 25)}, last=(2023, 12))
    assert (offered(town).year, bool(offered(town).verdict)) == (2024, True)


def test_the_year_after_the_last_is_offered_when_its_data_is_there(town, extracted):
    facts.publish(town, {"KSF-INT": (20, 25)}, first=(2024, 1), last=(2024, 12), batch="2")
    assert (offered(town).year, bool(offered(town).verdict)) == (2025, True)


def test_a_year_without_data_is_refused_with_its_missing_months(as_, town, extracted):
    facts.publish(town, {"KSF-INT": (20, 25)}, first=(2024, 1), last=(2024, 3), batch="2")
    offer = offered(town)
    assert offer.year == 2025
    assert offer.verdict.reason == (
        "Rapporterna för 2025 kan inte öppnas än. Det saknas lönedata för 2024-04 – 2024-12."
    )
    assert "2024-04 – 2024-12" in text(as_("hr_strategist").get(url("index")))


def test_a_year_that_is_open_without_figures_comes_first(town, reports):
    facts.publish(town, {"KSF-INT": (20, 25)}, last=(2024, 12))
    assert offered(town).year == 2024


def test_what_is_offered_works(as_, town):
    facts.publish(town, {"KSF-INT": (20, 25)})
    assert as_("hr_strategist").post(url("open_year", offered(town).year)).status_code == 302
    assert Report.objects.exclude(facts=[]).exists()


def test_a_year_without_any_data_offers_this_year_refused(town):
    services.store_templates(actor=CommandLine())
    assert not offered(town).verdict
