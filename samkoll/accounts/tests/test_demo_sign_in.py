"""Signing in with one click belongs to demos, and nothing can switch it on elsewhere."""

from __future__ import annotations

import subprocess
import sys

import pytest
from django.urls import reverse

from samkoll.accounts import services
from samkoll.accounts.models import User
from samkoll.audit.services import CommandLine

ACTOR = CommandLine()


@pytest.fixture
def demo(db: None) -> User:
    return services.add_demo_user(email="chef@demo.invalid", name="Demo Chef", actor=ACTOR)


def add_real_user() -> User:
    return services.add_user(email="riktig@exempel.invalid", name="Riktig", actor=ACTOR)


def click(client, user, **more):
    return client.post(reverse("account_demo"), {"user": user, **more})


def signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_one_click_signs_in_a_demo_user(client, demo):
    page = client.get(reverse("account_login")).content.decode()
    assert "Demo Chef" in page and "Prova som" in page
    response = click(client, demo.pk)
    assert (response.status_code, response.url) == (302, reverse("home:start"))
    assert signed_in(client)


def test_it_leads_to_the_page_that_was_asked_for_but_never_out_of_the_site(client, demo):
    assert click(client, demo.pk, next="/organisation/").url == "/organisation/"
    assert click(client, demo.pk, next="https://elsewhere.invalid/").url == reverse("home:start")


def test_not_with_the_setting_off(client, demo, settings):
    settings.DEMO_SIGN_IN = False
    assert click(client, demo.pk).status_code == 403
    assert "Demo Chef" not in client.get(reverse("account_login")).content.decode()
    assert not signed_in(client)


def test_not_when_one_real_user_exists_and_open_demo_sessions_end(client, demo):
    click(client, demo.pk)
    add_real_user()
    assert client.get(reverse("account_change_password")).status_code == 302
    assert click(client, demo.pk).status_code == 403
    assert "Demo Chef" not in client.get(reverse("account_login")).content.decode()


def test_not_even_when_the_demo_user_is_made_active_again(client, demo):
    add_real_user()
    User.objects.filter(pk=demo.pk).update(is_active=True)
    assert click(client, demo.pk).status_code == 403


def test_not_for_a_user_who_is_no_demo_user(client, demo):
    real = add_real_user()
    assert click(client, real.pk).status_code == 403
    assert not signed_in(client)


@pytest.mark.parametrize("user", ["", "x", "0", "-1", "999999", "١", "1 OR 1=1"])
def test_not_for_nonsense(client, demo, user):
    assert click(client, user).status_code == 403


def test_only_by_post(client, demo):
    assert client.get(reverse("account_demo")).status_code == 405


def test_no_demo_user_beside_a_real_one(db):
    add_real_user()
    with pytest.raises(services.NotADemo, match="riktiga användare"):
        services.add_demo_user(email="d@demo.invalid", name="D", actor=ACTOR)


def test_no_demo_user_outside_a_demo(db, settings):
    settings.DEMO_SIGN_IN = False
    with pytest.raises(services.NotADemo, match="bara i en demo"):
        services.add_demo_user(email="d@demo.invalid", name="D", actor=ACTOR)


@pytest.mark.parametrize("purpose, wanted", [("production", False), ("development", False)])
def test_the_environment_cannot_switch_it_on_outside_a_demo(tmp_path, purpose, wanted):
    code = "from samkoll.project import settings; print(settings.DEMO_SIGN_IN)"
    environment = {
        "PATH": "/usr/bin:/bin",
        "SAMKOLL_PURPOSE": purpose,
        "SAMKOLL_DEMO_SIGN_IN": "true",
        "SAMKOLL_VAR": str(tmp_path),
        "SAMKOLL_SECRET_KEY": "x" * 50,
        "DATABASE_URL": "postgres://samkoll@localhost/samkoll",
    }
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == str(wanted)
