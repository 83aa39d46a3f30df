"""What upper packages tell the desk, in their ``AppConfig.ready()``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(slots=True)
class Calendar:
    """``url`` makes the address (path) of the feed from its token; None: there is no feed."""

    url: Callable[[str], str] | None = None


calendar = Calendar()
"""The one of the process."""
