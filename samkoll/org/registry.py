"""What upper packages tell the organisation, filled in their ``AppConfig.ready()``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from samkoll.audit.services import Actor


@dataclass(slots=True)
class Pages:
    """Where a unit has its page; nowhere until a package above has said so."""

    unit_url: Callable[[str], str] = lambda code: ""


pages = Pages()
"""The one registry of the process."""


@dataclass(slots=True)
class Changes:
    """What has to happen when people leave or units close, inside the same transaction."""

    after: list[Callable[[Actor, date], object]] = field(default_factory=list)

    def tell(self, actor: Actor, today: date) -> None:
        """Let everybody who asked for it look at the organisation as it is now."""
        for look in self.after:
            look(actor, today)


changes = Changes()
"""The one registry of the process."""
