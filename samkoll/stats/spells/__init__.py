"""From an HR system's records to facts: spells, day numbers, hours, days. No Django here."""

from samkoll.stats.spells.basis import Basis, RecordSource, UnitSpan, disjoint
from samkoll.stats.spells.deriving import Derived, derive, signatures_of
from samkoll.stats.spells.report import Report

__all__ = [
    "Basis",
    "Derived",
    "RecordSource",
    "Report",
    "UnitSpan",
    "derive",
    "disjoint",
    "signatures_of",
]
