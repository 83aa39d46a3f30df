"""What upper packages tell the statistics pages, in their ``AppConfig.ready()``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from samkoll.accounts.models import User
from samkoll.web.tables import Fact

Sources = Callable[[User, Iterable[str], date], list[Fact]]
"""Says where import batches came from, as far as the person may know."""


def _unknown(_user: User, _keys: Iterable[str], _today: date) -> list[Fact]:
    return []


@dataclass(slots=True)
class Certificates:
    """``sources`` is asked by the birth certificate of a figure."""

    sources: Sources = _unknown


certificates = Certificates()
"""The one registry of the process."""
