"""Risks: what may hurt people at work, how serious it is, and what was reported to a board."""
