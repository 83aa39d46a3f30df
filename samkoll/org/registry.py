"""What upper packages tell the organisation's pages, filled in their ``AppConfig.ready()``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(slots=True)
class Pages:
    """Where a unit has its page; nowhere until a package above has said so."""

    unit_url: Callable[[str], str] = lambda code: ""


pages = Pages()
"""The one registry of the process."""
