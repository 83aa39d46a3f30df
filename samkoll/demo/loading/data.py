"""The demo's own data: what its people are called, judged, answered and wrote."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).parents[1] / "data"


@cache
def read(name: str) -> dict[str, Any]:
    """One file below ``demo/data``, for example ``reports/given``. Do not change what it gives."""
    content: dict[str, Any] = yaml.safe_load((_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return content
