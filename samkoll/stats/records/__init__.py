"""Records of an HR system as it keeps them: absences, employments, time and departures.

``schema`` says what each kind's columns are, ``writer`` makes immutable files of them, and
``samkoll.stats.spells`` turns those that count into facts. No Django here.
"""

from samkoll.stats.records.schema import KINDS, Kind
from samkoll.stats.records.writer import RecordWriter, StagedRecords

__all__ = ["KINDS", "Kind", "RecordWriter", "StagedRecords"]
