"""Who uses which metric: packages tell it in their ``AppConfig.ready()``."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from samkoll.web.page import Words


@dataclass(frozen=True, slots=True)
class Use:
    """One place that shows metrics. ``metrics`` are asked for when somebody wants to know."""

    label: Words
    url: Callable[[str], str]
    metrics: Callable[[], Collection[str]]


@dataclass(slots=True)
class Uses:
    """Every place that has told about itself, in the order of telling."""

    told: list[Use] = field(default_factory=list)

    def add(self, use: Use) -> None:
        """Tell about a place."""
        self.told.append(use)

    def of(self, metric: str) -> list[tuple[Words, str]]:
        """The places that show a metric: name and address."""
        return [(use.label, use.url(metric)) for use in self.told if metric in use.metrics()]


uses = Uses()
"""The one registry of the process."""
