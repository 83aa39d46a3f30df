"""Risks and what is reported onward."""
