"""What every page must pass, at phone and desktop width."""

from __future__ import annotations

import os
import re
from pathlib import Path

from playwright.sync_api import ConsoleMessage, Page

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "tests" / "vendor" / "axe" / "axe.min.js"
PICTURES = ROOT / "screenshots"
TAKE_PICTURES = os.environ.get("PICTURES") == "1"
WIDTHS = (360, 1280)
HIGHEST = 60_000  # pixels: the longest list on a phone, all of it in view
ZOOMED = 320  # what 1280 pixels are at 400 per cent

_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN_AXE = """rules => axe.run(document, {runOnly: {type: "tag", values: rules}, resultTypes:
["violations"]}).then(r => r.violations.map(v => v.id + ": " + v.help + " | "
+ v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(" || ")))"""


def check_page(page: Page, url: str, *, status: int = 200, picture: str = "") -> None:
    """Visit a page at both widths; fail with all that is wrong with it at once.

    With ``PICTURES=1`` in the environment each width leaves a picture in ``screenshots/``.
    """
    said: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        # Chromium reports every answer of 4xx as an error of its own; the status is checked below.
        if message.type == "error" and "status of" not in message.text:
            said.append(f"console: {message.text}")

    page.on("console", listen)
    page.on("pageerror", lambda error: said.append(f"script: {error}"))
    page.set_viewport_size({"width": WIDTHS[0], "height": 800})
    answer = page.goto(url)
    if answer is None or answer.status != status:
        raise AssertionError(f"{url}: {answer and answer.status}, expected {status}")
    for width in WIDTHS:
        unroll(page, width)
        said += [f"{width}: {fault}" for fault in faults(page)]
        if picture and TAKE_PICTURES:
            page.screenshot(path=PICTURES / f"{picture}-{width}.png")
    said += keyboard_faults(page)
    page.set_viewport_size({"width": ZOOMED, "height": 256})
    said += [f"zoom: {fault}" for fault in overflow(page)]
    page.remove_listener("console", listen)
    if said:
        raise AssertionError(f"{url}\n" + "\n".join(said))


def faults(page: Page) -> list[str]:
    """What axe finds, a sideways scroll, and anything but one h1 in the page as it stands."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(f"{AXE.read_text(encoding='utf-8')};0")  # past the Content-Security-Policy
    found: list[str] = page.evaluate(_RUN_AXE, _RULES)
    headings = page.locator("h1").count()
    if headings != 1:
        found.append(f"{headings} h1")
    return found + overflow(page)


def keyboard_faults(page: Page) -> list[str]:
    """The first Tab must reach the skip link, and the skip link must lead to main."""
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Tab")
    if page.evaluate("document.activeElement.getAttribute('href')") != "#main":
        return ["keyboard: the first Tab does not reach the skip link"]
    page.keyboard.press("Enter")
    if page.evaluate("document.activeElement.id") != "main":
        return ["keyboard: the skip link does not lead to main"]
    return []


def check_without_script(page: Page, url: str) -> None:
    """The page answers and has its title and content in a browser without JavaScript."""
    answer = page.goto(url)
    assert answer is not None
    assert answer.status == 200, url
    assert page.locator("h1").count() == 1, url
    assert re.search(r"\w", page.locator("main").inner_text()), url


def unroll(page: Page, width: int) -> None:
    """Make the window as high as the page, so that nothing lies under the bar of a phone."""
    page.set_viewport_size({"width": width, "height": 800})
    height: int = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": min(max(height, 800), HIGHEST)})


def overflow(page: Page) -> list[str]:
    wide: int = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if wide <= 0:
        return []
    names = page.evaluate(
        """() => [...document.querySelectorAll("main *, header *, footer *")]
        .filter(e => e.getBoundingClientRect().right > window.innerWidth + 1).slice(0, 4)
        .map(e => e.tagName + "." + e.getAttribute("class"))"""
    )
    return [f"scrolls {wide} pixels sideways: {', '.join(names)}"]
