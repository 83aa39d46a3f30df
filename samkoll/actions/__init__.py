"""Actions (åtgärder): who promised what, by when, and whether it had the effect."""
