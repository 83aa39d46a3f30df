"""Groups of employees in addresses: ``age_band:-29``, ``staff_group:Barnskötare``."""

from __future__ import annotations

from typing import cast, get_args

from samkoll.stats.engine.breakdown import AGE_BANDS, FORMS, Dimension, Group

FIXED: dict[str, tuple[str, ...]] = {"age_band": AGE_BANDS, "form": FORMS}
"""The dimensions whose values do not come from the payroll system."""


def word(group: Group) -> str:
    """The group as an address names it."""
    return f"{group.dimension}:{group.value}"


def parse(text: str) -> Group | None:
    """The group of an address; None for what is none."""
    dimension, colon, value = text.partition(":")
    if dimension not in get_args(Dimension) or not colon:
        return None
    known = FIXED.get(dimension)
    return None if known and value not in known else Group(cast(Dimension, dimension), value)
