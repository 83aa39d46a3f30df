"""Chromium for the browser tests, and signing in without the sign-in page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from samkoll.accounts.models import User
from tests.browser.chromium import browser_context_args, browser_type_launch_args

__all__ = ["browser_context_args", "browser_type_launch_args"]


@pytest.fixture
def no_script(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page in a browser without JavaScript."""
    context = browser.new_context(java_script_enabled=False, locale="sv-SE")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def someone(transactional_db: None) -> User:
    """A user without a person or a role: enough for what does not look at roles."""
    return User.objects.create_user("exempel@exempel.invalid", name="Exempel Exempelsson")


@pytest.fixture
def signed_in(live_server: LiveServer) -> Callable[[Page, User], Page]:
    """``signed_in(page, user)``: the page's browser has the session of a user."""

    def sign_in(page: Page, user: User) -> Page:
        client = Client()
        client.force_login(user)
        page.context.add_cookies(
            [
                {
                    "name": settings.SESSION_COOKIE_NAME,
                    "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
                    "url": live_server.url,
                }
            ]
        )
        return page

    return sign_in
