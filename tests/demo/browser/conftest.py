"""A browser for every role of the demo, signed in as people do: by one click."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, Page

import samkoll.demo
from tests.browser.chromium import browser_context_args, browser_type_launch_args

__all__ = ["browser_context_args", "browser_type_launch_args"]

_PEOPLE = Path(samkoll.demo.__file__).parent / "data" / "people.yaml"
USERS: dict[str, str] = {
    user["user"]: user["name"]
    for user in yaml.safe_load(_PEOPLE.read_text(encoding="utf-8"))["users"]
}
"""Name on the button by the user's short name: one for each of the thirteen roles."""


@pytest.fixture
def signed_in_as(browser: Browser, served: str) -> Iterator[Callable[..., Page]]:
    """``signed_in_as("chef")``: a page of a new browser, on the user's start page."""
    contexts = []

    def sign_in(user: str, *, script: bool = True, locale: str = "sv-SE") -> Page:
        context = browser.new_context(
            java_script_enabled=script, locale=locale, reduced_motion="reduce"
        )
        contexts.append(context)
        context.set_default_timeout(20_000)
        page = context.new_page()
        page.goto(f"{served}/konto/logga-in/")
        page.get_by_role("button", name=USERS[user]).click()
        page.wait_for_url(f"{served}/")
        return page

    yield sign_in
    for context in contexts:
        context.close()
