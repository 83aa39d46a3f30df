"""Which key figures Samkoll asks for, as data: ``data/kpis.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from django.utils.translation import get_language

_FILE = Path(__file__).parent / "data" / "kpis.yaml"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A key figure that Samkoll knows what to do with.

    ``weight``: the key figure whose values weight the weighted mean, or empty. ``metric``: our own
    figure of the same thing, or empty; ``differs`` names why the two may differ.
    """

    code: str
    unit: str
    decimals: int
    sv: str
    en: str
    weight: str = ""
    metric: str = ""
    differs: str = ""

    @property
    def about(self) -> str:
        """What we take it to be, in the reader's language."""
        return self.en if get_language() == "en" else self.sv


@cache
def wanted() -> dict[str, Wanted]:
    """All of them by code, in the order of the file."""
    rows = yaml.safe_load(_FILE.read_text(encoding="utf-8"))["kpis"]
    found = (
        Wanted(
            code=row["id"],
            unit=row["unit"],
            decimals=row["decimals"],
            sv=row["about"]["sv"],
            en=row["about"]["en"],
            weight=row.get("weight", ""),
            metric=row.get("metric", ""),
            differs=row.get("differs", ""),
        )
        for row in rows
    )
    return {each.code: each for each in found}
