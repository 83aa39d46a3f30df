"""Pages of the reports, a module for each part of the work."""
