"""Embedded database, backup, restore, doctor. No tables."""
