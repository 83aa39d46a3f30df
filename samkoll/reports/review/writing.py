"""Findings as text for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from samkoll.reports.review.finding import Finding

NONE = "Inga motsägelser hittades."


def listed(findings: Sequence[Finding]) -> str:
    """Why, and below it every place with its words."""
    if not findings:
        return NONE
    blocks = [_block(place, finding) for place, finding in enumerate(findings, 1)]
    return "\n\n".join((*blocks, f"Motsägelser: {len(findings)}."))


def _block(place: int, finding: Finding) -> str:
    lines = [f"{place}. {finding.why} [{finding.rule}]"]
    for quotation in finding.quotations:
        lines.append(f"   {quotation.place.document}, {quotation.place.words}:")
        lines.append(f"     ”{quotation.text}”")
    return "\n".join(lines)
