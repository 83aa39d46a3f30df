"""Actions (åtgärder): who promised what, by when."""
