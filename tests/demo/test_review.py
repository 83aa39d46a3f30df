"""The review finds nothing in the ten reports of the demo, one by one and together."""

from __future__ import annotations

from pathlib import Path

from samkoll.org.models import Board
from samkoll.reports.review import child, reviewing


def test_the_ten_reports_have_no_contradictions(out: Path, db: None) -> None:
    paths = [*sorted(out.glob("arbetsmiljorapport-*.docx")), *out.glob("*-KSF-KS.pdf")]
    read = [child.read(path.name, path.suffix, path.read_bytes()) for path in paths]
    assert len(read) == 11
    boards = Board.objects.values_list("name", flat=True)
    assert reviewing.review(read, boards) == ()
