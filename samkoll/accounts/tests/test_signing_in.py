"""Signing in with a password: what works, what locks, and with which words."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.urls import reverse

from samkoll.accounts import services
from samkoll.accounts.models import User
from samkoll.audit.models import Change
from samkoll.audit.services import CommandLine

EMAIL, PASSWORD = "anna@exempel.invalid", "korrekt häst batteri"


@pytest.fixture
def anna(db: None) -> User:
    cache.clear()
    return services.add_user(email=EMAIL, name="Anna", password=PASSWORD, actor=CommandLine())


def sign_in(client, password=PASSWORD, email=EMAIL):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def test_the_right_password_leads_to_the_start_page(client, anna):
    response = sign_in(client, email=EMAIL.upper())
    assert (response.status_code, response.url) == (302, reverse("home:start"))
    assert client.session["_auth_user_id"] == str(anna.pk)


def test_the_page_that_was_asked_for_comes_after_signing_in(client, anna):
    asked = client.get(reverse("account_change_password"))
    assert asked.url.startswith(f"{reverse('account_login')}?next=")
    response = client.post(asked.url, {"login": EMAIL, "password": PASSWORD})
    assert response.url == reverse("account_change_password")


def test_wrong_password_and_unknown_address_get_the_same_sentence(client, anna):
    wrong = sign_in(client, "fel lösenord").content.decode()
    unknown = sign_in(client, email="nobody@exempel.invalid").content.decode()
    assert "hör inte ihop" in wrong and "hör inte ihop" in unknown


def test_five_failures_lock_the_account_for_a_while_even_for_the_right_password(client, anna):
    for _attempt in range(5):
        assert "hör inte ihop" in sign_in(client, "fel lösenord").content.decode()
    assert "Kontot är låst" in sign_in(client, "fel lösenord").content.decode()
    assert "Kontot är låst" in sign_in(client).content.decode()
    assert "_auth_user_id" not in client.session


def test_one_locked_account_does_not_lock_another(client, anna):
    services.add_user(email="bo@exempel.invalid", name="Bo", password=PASSWORD, actor=CommandLine())
    for _attempt in range(6):
        sign_in(client, "fel lösenord")
    assert sign_in(client, email="bo@exempel.invalid").status_code == 302


def test_nobody_signs_up_by_themselves(client, anna):
    assert client.get("/konto/signup/").status_code in (302, 404)
    assert User.objects.count() == 1


def test_an_inactive_user_stays_outside(client, anna):
    User.objects.update(is_active=False)
    assert sign_in(client).status_code in (200, 302)
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "name", ["account_change_password", "usersessions_list", "account_logout", "account_email"]
)
def test_own_pages_show_for_the_user_and_ask_others_to_sign_in(client, anna, name):
    stranger = client.get(reverse(name), follow=True)
    assert stranger.status_code == 200
    client.force_login(anna)
    assert client.get(reverse(name), follow=True).status_code == 200


def test_changing_the_password_asks_for_the_old_one_and_for_a_good_new_one(client, anna):
    client.force_login(anna)
    url, new = reverse("account_change_password"), "en helt annan ramsa"
    bad = client.post(url, {"oldpassword": PASSWORD, "password1": "kort", "password2": "kort"})
    assert bad.status_code == 200 and "12" in bad.content.decode()
    client.post(url, {"oldpassword": PASSWORD, "password1": new, "password2": new})
    anna.refresh_from_db()
    assert anna.check_password(new)


def test_a_letter_lets_one_choose_a_new_password(client, anna, mailoutbox):
    client.post(reverse("account_reset_password"), {"email": EMAIL})
    [link] = [word for word in mailoutbox[0].body.split() if "/konto/losenord/" in word]
    form = client.get(link, follow=True)
    new = "tre nya ord här"
    client.post(form.request["PATH_INFO"], {"password1": new, "password2": new})
    anna.refresh_from_db()
    assert anna.check_password(new)


def test_an_unknown_address_gets_the_same_answer(client, anna):
    known = client.post(reverse("account_reset_password"), {"email": EMAIL}, follow=True)
    other = client.post(
        reverse("account_reset_password"), {"email": "x@exempel.invalid"}, follow=True
    )
    assert known.request["PATH_INFO"] == other.request["PATH_INFO"]


def test_adding_a_user_is_logged_and_the_address_is_taken_once(anna):
    assert Change.objects.filter(action="user.added", object_id=str(anna.pk)).exists()
    with pytest.raises(services.AlreadyThere, match="redan en användare"):
        services.add_user(email=EMAIL.upper(), name="X", actor=CommandLine())
    with pytest.raises(services.WeakPassword):
        services.add_user(email="x@exempel.invalid", name="X", password="x", actor=CommandLine())
