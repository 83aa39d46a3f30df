"""Rules that span domains: somebody leaves, a unit closes."""
