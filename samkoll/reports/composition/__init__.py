"""Composition: from material and figures to one frozen content tree. No database here.

``document`` composes a report of any kind to a ``Document``.
``computed`` gives what one section shows without anybody having typed it there.
"""

from __future__ import annotations

from samkoll.reports.composition.context import Context
from samkoll.reports.composition.documents import computed, document

__all__ = ["Context", "computed", "document"]
