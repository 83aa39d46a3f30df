"""Where domains offer evidence, in ``AppConfig.ready()``: ``evidence.add(question, provider)``."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date

from samkoll.reports.template_data import AnswerValue


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose report it is, and for which days: all units that it is about, the one whose pages a
    link leads to, the figures' period and the report year."""

    units: frozenset[int]
    code: str
    first: date
    last: date
    year: int


@dataclass(frozen=True, slots=True)
class Counted:
    """What a provider counted: ``met`` of ``of``, as a sentence, and where it fell short.

    ``missing``: names of the units, in Swedish order. ``url`` leads to what was counted.
    """

    met: int
    of: int
    sentence: str
    missing: tuple[str, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A count with what it says about the question: an answer, or nothing more than the count."""

    value: AnswerValue | None
    counted: Counted


Provider = Callable[[Subject], Counted | None]
"""Counts for a subject; None where there was nothing to count. A constant number of queries."""

SECTION = "section:"


@dataclass(slots=True)
class Registry:
    """Providers by question key, and by ``section:<key>`` for what belongs to no question."""

    providers: dict[str, Provider] = field(default_factory=dict)

    def add(self, key: str, provider: Provider) -> None:
        """Offer evidence for a question, or for a section as ``section:<key>``. One each."""
        self.providers[key] = provider

    def known(self, keys: Collection[str]) -> list[str]:
        """Those of the keys that somebody offers evidence for, in their order."""
        return [key for key in keys if key in self.providers]


evidence = Registry()
"""The one registry of the process."""
