"""The Kolada API, version 3: a polite reader. Nothing here runs unless somebody asks for it.

At most 25 ids in each part of an address, at most five calls a second, a time limit on each call,
and a few tries where the other side is busy or broken. A next page is only followed on the server
that the operator has named.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product
from typing import Any, TypeVar
from urllib.parse import urljoin, urlsplit

import requests
from django.utils.translation import gettext as _

from samkoll.core.errors import DomainError
from samkoll.opendata.bundle import Bundle

MOST_IDS = 25
PER_PAGE = 5000
SECONDS_BETWEEN = 0.2
TIMEOUT = (10, 60)
"""Seconds to connect, and between two pieces of an answer."""
TRIES = 4
MOST_PAGES = 200
MOST_BYTES = 50_000_000
LONGEST_WAIT = 30.0
USER_AGENT = "Samkoll (kommunal personalstatistik)"

Progress = Callable[[int, int, str], None]
Reply = dict[str, Any]
Item = TypeVar("Item")


class KoladaUnreachable(DomainError):
    """Kolada did not answer, or not with what it promises."""


def no_progress(done: int, total: int, step: str) -> None:
    """For callers that nobody watches."""


@dataclass(slots=True)
class Client:
    """Reads from ``base`` ("https://api.kolada.se/v3"). ``sleep`` and ``clock`` are for tests."""

    base: str
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    session: requests.Session = field(default_factory=requests.Session)
    _next: float = 0.0

    def fetch(
        self, kpis: Sequence[str], years: Sequence[int], progress: Progress = no_progress
    ) -> Bundle:
        """Titles, municipalities, groups and values of these key figures and years.

        Raises: KoladaUnreachable, NotKolada.
        """
        bundle = Bundle(asked=tuple(kpis))
        for number, ids in enumerate(_lots(kpis)):
            progress(number, 0, _("Nyckeltal"))
            self._add(bundle, "kpi", _joined(ids))
        self._add(bundle, "municipality")
        self._add(bundle, "municipality_groups")
        towns = sorted(c for c, town in bundle.municipalities.items() if town.kind in ("K", ""))
        calls = list(product(_lots(kpis), _lots(towns), _lots(years)))
        for done, (some_kpis, some_towns, some_years) in enumerate(calls):
            progress(done, len(calls), _("Värden"))
            parts = (_joined(some_kpis), "municipality", _joined(some_towns), "year")
            self._add(bundle, "data", "kpi", *parts, _joined(some_years))
        progress(len(calls), len(calls), "")
        return bundle.checked()

    def _add(self, bundle: Bundle, *parts: str) -> None:
        address = "/".join((self.base.rstrip("/"), *parts))
        for number, reply in enumerate(self._pages(address), start=1):
            bundle.add(reply, f"{parts[0]} {number}")

    def _pages(self, address: str) -> Iterator[Reply]:
        """One reply after another; a next page is named ``next_page`` or ``next_url``."""
        page: str | None = f"{address}?per_page={PER_PAGE}"
        for _number in range(MOST_PAGES):
            if page is None:
                return
            reply = self._asked(page)
            yield reply
            page = self._following(address, page, reply)
        raise KoladaUnreachable(_("Kolada svarar med fler sidor än väntat. Försök med färre år."))

    def _following(self, address: str, page: str, reply: Reply) -> str | None:
        given = reply.get("next_url") or reply.get("next_page")
        if not given:
            return None
        if str(given).isdecimal():
            return f"{address}?per_page={PER_PAGE}&page={given}"
        found = urljoin(page, str(given))
        if _server(found) != _server(self.base):
            said = _("Kolada hänvisar till en annan server (%(server)s), som inte läses.")
            raise KoladaUnreachable(said % {"server": urlsplit(found).netloc})
        return found

    def _asked(self, address: str) -> Reply:
        """One reply, after a few tries. Raises: KoladaUnreachable."""
        wait = 1.0
        for attempt in range(1, TRIES + 1):
            self._pause()
            try:
                status, headers, body = self._got(address)
            except requests.RequestException as error:
                if attempt == TRIES:
                    raise KoladaUnreachable(_no_contact(self.base)) from error
            else:
                if status == requests.codes.ok:
                    return _reply(body)
                if status == requests.codes.not_found:  # nothing by those ids
                    return {"values": []}
                if status != requests.codes.too_many_requests and status < 500:
                    raise KoladaUnreachable(_refusal(status))
                if attempt == TRIES:
                    raise KoladaUnreachable(_broken(status))
                wait = _asked_wait(headers.get("Retry-After", ""), wait)
            self.sleep(min(wait, LONGEST_WAIT))
            wait *= 2
        raise AssertionError("every last try ends above")

    def _got(self, address: str) -> tuple[int, requests.structures.CaseInsensitiveDict[str], bytes]:
        """Status, headers and body; a body without end is cut off. No redirects."""
        headers = {"User-Agent": USER_AGENT, "Accept": "application/json"}
        with self.session.get(
            address, headers=headers, timeout=TIMEOUT, stream=True, allow_redirects=False
        ) as answer:
            body = bytearray()
            for piece in answer.iter_content(2**16):
                body += piece
                if len(body) > MOST_BYTES:
                    raise KoladaUnreachable(_("Kolada svarar med mer än vad som kan läsas."))
            return answer.status_code, answer.headers, bytes(body)

    def _pause(self) -> None:
        """Never more than five calls a second."""
        now = self.clock()
        if now < self._next:
            self.sleep(self._next - now)
        self._next = max(now, self._next) + SECONDS_BETWEEN


def _reply(body: bytes) -> Reply:
    try:
        reply = json.loads(body, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise KoladaUnreachable(_("Svaret från Kolada går inte att läsa.")) from error
    if not isinstance(reply, dict) or not isinstance(reply.get("values"), list):
        raise KoladaUnreachable(_("Svaret från Kolada har inte den form som väntades."))
    return reply


def _asked_wait(header: str, wait: float) -> float:
    """The seconds that the server asks for, else our own."""
    return float(header) if header.isdecimal() else wait


def _lots(items: Sequence[Item]) -> list[Sequence[Item]]:
    return [items[start : start + MOST_IDS] for start in range(0, len(items), MOST_IDS)]


def _joined(ids: Iterable[object]) -> str:
    return ",".join(map(str, ids))


def _server(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return parts.scheme, parts.netloc


def _no_contact(base: str) -> str:
    said = _(
        "Det gick inte att få kontakt med Kolada (%(base)s). "
        "Kontrollera nätet, eller läs in en fil."
    )
    return said % {"base": base}


def _refusal(status: int) -> str:
    said = _("Kolada avvisade frågan (svar %(status)d). Kontrollera nyckeltal och år.")
    return said % {"status": status}


def _broken(status: int) -> str:
    said = _("Kolada svarar inte som det ska just nu (svar %(status)d). Försök igen senare.")
    return said % {"status": status}
