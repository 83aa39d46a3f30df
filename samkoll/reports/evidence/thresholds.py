"""From a count to an answer, by the limits of ``thresholds.yaml``. No Django here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from samkoll.reports.template_data import AnswerValue

_FILE = Path(__file__).parent / "thresholds.yaml"


@dataclass(frozen=True, slots=True)
class Threshold:
    """From which share in per cent a count means which answer, and which ones it can prove."""

    yes_from: int
    partly_from: int
    says: tuple[AnswerValue, ...]

    def answer(self, met: int, of: int) -> AnswerValue | None:
        """What the count says; None for nothing counted and for what it cannot prove."""
        if of == 0:
            return None
        found: AnswerValue = "no"
        if met * 100 >= self.yes_from * of:
            found = "yes"
        elif met * 100 >= self.partly_from * of:
            found = "partly"
        return found if found in self.says else None


@cache
def thresholds() -> dict[str, Threshold]:
    """The limits by question."""
    raw = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return {
        key: Threshold(item["yes_from"], item["partly_from"], tuple(item["says"]))
        for key, item in raw.items()
    }
