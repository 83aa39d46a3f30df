"""A polite crawler: follows the links of one signed-in person and examines every page it meets.

It only reads: it follows ``<a href>`` to our own pages, never a form, and not to files. Of each
kind of page (a URL name) it visits a few. Axe and the keyboard are tried on each kind of page, and
once more when it is built of other parts than before, for every role together.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import ConsoleMessage, Page

from tests.browser.check import ZOOMED, faults, keyboard_faults, overflow, unroll

FILES = {"reports:download"}
NOT_FOLLOWED = {"account_logout", "account_login"}
OF_A_KIND = 2
MOST_PAGES = 20
EXAMINED_OF_A_KIND = 2
DESKTOP, PHONE, HEIGHT = 1280, 360, 800

_LOOK = """() => ({
    links: [...document.querySelectorAll("a[href]:not([download])")].map(a => a.href),
    headings: document.querySelectorAll("h1").length,
    parts: [...new Set([...document.querySelectorAll("main *")].map(
        e => [e.tagName, e.getAttribute("class"), e.getAttribute("role"), e.dataset.tone].join("|")
    ))].sort().join(" "),
})"""


@dataclass(frozen=True)
class Examined:
    """What axe has looked at, a file each: shared by every role in every worker process."""

    folder: Path

    def claim(self, kind: str, parts: str) -> bool:
        """Whether a page of this kind, built of these parts, is new; from now on it is not."""
        seen = self.folder / kind.replace(":", ".")
        seen.mkdir(parents=True, exist_ok=True)
        if len(list(seen.iterdir())) >= EXAMINED_OF_A_KIND:
            return False
        try:
            (seen / sha256(parts.encode()).hexdigest()).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True


@dataclass
class Crawler:
    """Walks from a start page. ``wrong`` collects every fault with its address.

    Hand the same ``examined`` to the crawlers of all roles.
    """

    page: Page
    served: str
    examined: Examined
    wrong: list[str] = field(default_factory=list)
    visits: Counter[str] = field(default_factory=Counter)
    _said: list[str] = field(default_factory=list)
    _widths: tuple[int, int] = (PHONE, DESKTOP)

    def walk(self, *start: str, meet: Set[str] = frozenset()) -> None:
        """Visit the start pages and what they lead to: each kind once, then the oldest.

        It does not end before it has met the kinds in ``meet``, or every link.
        """
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self._said.append(f"script: {error}"))
        waiting, known = deque(start), set(start)
        for path in start:
            self.visits[kind_of(path)] -= 1  # what is asked for is visited beside what is met
        while waiting:
            path = next((p for p in waiting if self._is_new(p)), waiting[0])
            enough = self.visits.total() >= MOST_PAGES and meet <= set(self.visits)
            if enough and not self._is_new(path):
                break
            waiting.remove(path)
            if path not in start and self.visits[kind_of(path)] >= OF_A_KIND:
                continue
            self.visits[kind_of(path)] += 1
            for link in self._visit(path):
                if link not in known:
                    known.add(link)
                    waiting.append(link)

    def _is_new(self, path: str) -> bool:
        return self.visits[kind_of(path)] < 1

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._said.append(f"console: {message.text}")

    def _visit(self, path: str) -> list[str]:
        self._said.clear()
        self._resize(self._widths[0])
        answer = self.page.goto(f"{self.served}{path}")
        if answer is None or answer.status != 200:
            self.wrong.append(f"{path}: answers {answer and answer.status}")
            return []
        seen = self.page.evaluate(_LOOK)
        if seen["headings"] != 1:
            self._said.append(f"{seen['headings']} h1")
        new = self.examined.claim(kind_of(path).rstrip("?"), seen["parts"])
        self._said += self._examine() if new else self._sideways()
        self.wrong += [f"{path}: {fault}" for fault in self._said]
        return list(_both_ends(self._links(seen["links"])))

    def _examine(self) -> list[str]:
        """Everything that every page must pass, as it is shown at both widths and enlarged."""
        found = []
        for width in self._widths:
            unroll(self.page, width)
            found += [f"{width}: {fault}" for fault in faults(self.page)]
        found += keyboard_faults(self.page)
        self.page.set_viewport_size({"width": ZOOMED, "height": 256})
        return found + [f"zoom: {fault}" for fault in overflow(self.page)]

    def _sideways(self) -> list[str]:
        """Sideways scrolling at both widths; the next page is met at the width of the last look."""
        met, other = self._widths
        found = [f"{met}: {fault}" for fault in overflow(self.page)]
        self._resize(other)
        self._widths = (other, met)
        return found + [f"{other}: {fault}" for fault in overflow(self.page)]

    def _resize(self, width: int) -> None:
        if self.page.viewport_size != {"width": width, "height": HEIGHT}:
            self.page.set_viewport_size({"width": width, "height": HEIGHT})

    def _links(self, found: Iterable[str]) -> Iterator[str]:
        for href in found:
            parts = urlsplit(urljoin(self.page.url, href))
            if f"{parts.scheme}://{parts.netloc}" != self.served:
                continue
            path = f"{parts.path}?{parts.query}" if parts.query else parts.path
            if kind_of(path).rstrip("?") not in FILES | NOT_FOLLOWED | {""}:
                yield path


def _both_ends(links: Iterable[str]) -> Iterator[str]:
    """The last and the first link of each kind on a page: ends of a list tend to differ."""
    by_kind: dict[str, list[str]] = {}
    for link in links:
        by_kind.setdefault(kind_of(link), []).append(link)
    for found in by_kind.values():
        yield from dict.fromkeys((found[-1], found[0]))


def kind_of(path: str) -> str:
    """The URL name of a page, with "?" when it is asked in some way; "" where nothing answers."""
    parts = urlsplit(path)
    try:
        name = resolve(parts.path).view_name
    except Resolver404:
        return ""
    return f"{name}?" if parts.query else name
