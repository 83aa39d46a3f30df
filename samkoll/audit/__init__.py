"""Who did what, before and after; who read what. Records only, no foreign keys."""
