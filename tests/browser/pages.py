"""Every page that the browser walks: add yours here, with the roles that see it differently."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from samkoll.imports.tests import batches
from tests.town import Town


def _none(town: Town) -> Mapping[str, object]:
    return {}


@dataclass(frozen=True, slots=True)
class PageCase:
    """A page by its URL name; ``arguments`` makes what it shows and gives the parts of its URL."""

    name: str
    roles: tuple[str, ...] = ("manager",)
    arguments: Callable[[Town], Mapping[str, object]] = _none
    query: str = ""


PAGES: tuple[PageCase, ...] = (
    PageCase("web:kit"),
    PageCase("web:kit_form"),
    PageCase("web:kit_confirm"),
    PageCase("web:accessibility", roles=("manager", "")),  # "" is nobody: not signed in
    PageCase("imports:index", roles=("hr_strategist",)),
    PageCase("imports:upload", roles=("hr_strategist",)),
    PageCase("imports:detail", roles=("hr_strategist",), arguments=batches.refused),
    PageCase("imports:detail", roles=("hr_strategist",), arguments=batches.waiting),
    PageCase("imports:progress", roles=("hr_strategist",), arguments=batches.received),
    PageCase("imports:faults", roles=("hr_strategist",), arguments=batches.waiting),
    PageCase("imports:undo", roles=("hr_strategist",), arguments=batches.committed),
)
