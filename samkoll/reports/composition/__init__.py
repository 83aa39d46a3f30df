"""Composition: from material and figures to one frozen content tree. No database here.

``board`` composes a board's report, ``municipality`` the municipality's; both give a ``Document``.
"""

from __future__ import annotations

from samkoll.reports.composition.context import Context
from samkoll.reports.composition.documents import board, municipality

__all__ = ["Context", "board", "municipality"]
