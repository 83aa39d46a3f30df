"""Composition: from material and figures to one frozen content tree. No database here.

``board`` composes a board's report, ``municipality`` the municipality's; both give a ``Document``.
``computed`` gives what one section shows without anybody having typed it there.
"""

from __future__ import annotations

from samkoll.reports.composition.context import Context
from samkoll.reports.composition.documents import board, computed, municipality

__all__ = ["Context", "board", "computed", "municipality"]
