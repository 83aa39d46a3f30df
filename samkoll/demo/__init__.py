"""Exempelkommunen: made-up people, real rules. No tables."""
