"""Warming (uppvärmning): a new web process computes what the first page would wait for."""

from __future__ import annotations

import logging
import threading
from decimal import Decimal

from django.db import connections
from django.urls import reverse

from samkoll.stats.charts import Chart, Point, Series, inline
from samkoll.stats.engine.cube import POPULATIONS
from samkoll.stats.queries import current_facts

logger = logging.getLogger(__name__)


def in_background() -> threading.Thread:
    """Warm this process beside the requests that it already answers."""
    thread = threading.Thread(target=warm, name="warming", daemon=True)
    thread.start()
    return thread


def warm() -> None:
    """Addresses, the cube of the current facts, its protections, the chart engine, staff groups.

    A fault here is a line in the log: the page that meets it again says what is wrong.
    """
    try:
        _addresses()
        _figures()
        _charts()
        _groups()
    except Exception as error:  # whatever it is, the process answers without it
        logger.warning("Warming stopped: %s: %s", type(error).__name__, error)
    finally:
        connections.close_all()  # this thread's own


def _addresses() -> None:
    reverse("home:start")  # imports every page


def _figures() -> None:
    facts = current_facts()
    if facts.months:
        for population in POPULATIONS:
            facts.statistics.protection(population)


def _groups() -> None:
    facts = current_facts()
    if facts.months:
        facts.statistics.shares("staff_group", "persons")  # seconds of work, so it comes last


def _charts() -> None:
    points = (Point("2023-12", Decimal(1)),)
    inline(Chart("lines", "", "", "%", (Series("", points),)))  # loads the engine and its fonts
