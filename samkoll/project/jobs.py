"""The procrastinate application, ready once Django is."""

from __future__ import annotations

from procrastinate import App


def on_app_ready(app: App) -> None:
    """Called by procrastinate when it has found every ``<app>/jobs.py``."""
