"""What composition needs of the statistics: shown values, and what they stand on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Literal, Protocol

from samkoll.core.months import Month
from samkoll.reports.template_data import Sex
from samkoll.stats.engine.hierarchy import Scope

State = Literal["shown", "protected", "missing"]


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure as published: the rounded value, or why there is none."""

    value: Decimal | None
    state: State


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a published figure is made of. Only shown figures have one.

    ``numerator`` and ``denominator``: finished text with unit; empty where the metric has none.
    """

    numerator: str
    denominator: str


@dataclass(frozen=True, slots=True)
class GroupShown:
    """A staff group: employees and women's share in the last month, and each metric asked for."""

    name: str
    employees: Shown
    women: Shown
    values: tuple[Shown, ...]


class Figures(Protocol):
    """Published figures of one pinned set of facts. R12 unless the metric says otherwise."""

    def shown(self, scope: Scope, metric: str, sex: Sex, month: Month) -> Shown: ...

    def certificate(self, scope: Scope, metric: str, sex: Sex, month: Month) -> Certificate | None:
        """What the figure is made of; None when it is not shown."""
        ...

    def groups(self, scope: Scope, keys: tuple[str, ...], month: Month) -> tuple[GroupShown, ...]:
        """Every staff group by name. ``employees`` is a count of the one month."""
        ...

    def group_certificate(
        self, scope: Scope, metric: str, month: Month, name: str
    ) -> Certificate | None:
        """What a staff group's figure is made of; None when it is not shown."""
        ...

    @property
    def months(self) -> frozenset[int]: ...

    def convention_of(self, months: Iterable[int]) -> str | None:
        """How the facts of these months tell short from long. Raises: MixedConventions."""
        ...

    def hashes_of(self, months: Iterable[int]) -> tuple[str, ...]:
        """The content hashes of the snapshots behind these months."""
        ...


@dataclass(frozen=True, slots=True)
class FigureKey:
    """Names one figure of a report: ``sick_leave.women.2023-12``; part of its page's address."""

    metric: str
    sex: Sex
    month: Month

    def __str__(self) -> str:
        return f"{self.metric}.{self.sex}.{self.month}"

    @classmethod
    def parse(cls, text: str) -> FigureKey:
        """The inverse of ``str``. Raises: ValueError for anything else."""
        metric, sex, month = text.split(".")
        if sex not in ("total", "women", "men"):
            raise ValueError(text)
        return cls(metric, sex, Month.parse(month))  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class GroupKey:
    """Names a staff group's figure: ``group.sick_leave.2024-04.1f0c55aa``. A name may hold
    anything, so its address has the beginning of its hash."""

    metric: str
    month: Month
    name: str

    def __str__(self) -> str:
        return f"group.{self.metric}.{self.month}.{digest(self.name)}"


def digest(name: str) -> str:
    """Eight characters that tell the staff groups of a municipality apart."""
    return sha256(name.encode()).hexdigest()[:8]
