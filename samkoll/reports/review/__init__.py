"""Review: what contradicts itself in a report, or between reports. See docs/rules/review.md."""
