"""Samkoll: systematic work-environment management for Swedish municipalities."""
