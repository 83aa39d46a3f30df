"""Pages, through all of Django but the network: middleware, queries, templates.

On an installation of our own with 110 units and synthetic facts; on a loaded demo with
``SAMKOLL_PURPOSE=demo SAMKOLL_VAR=var/demo``. The reader leads an administration. The peak is a
web worker's memory. "new facts" is the first page after an import: its cube is not made yet.
"frame" is a page of text only: what every page costs beside its own content.
"""

from __future__ import annotations

import os
from pathlib import Path

from bench import installation
from bench.harness import median_of

CASE = "pages"
SIZES = {
    "frame": {"what": "frame"},
    "unit page": {"what": "unit"},
    "figure page": {"what": "figure"},
    "unit page, new facts": {"what": "new"},
}
GOALS = {"unit page": "0.060 s", "figure page": "0.060 s"}


def _boot() -> None:
    demo = os.environ.get("SAMKOLL_PURPOSE") == "demo" and "SAMKOLL_VAR" in os.environ
    if demo:
        installation.use(Path(os.environ["SAMKOLL_VAR"]).absolute(), "demo")
    else:
        installation.use(installation.FOLDER / "installation")
    from samkoll.project.boot import boot

    boot()
    if not demo:
        installation.build()


def prepare(what: str) -> None:
    """Build the installation once."""
    installation.FOLDER.mkdir(exist_ok=True)
    _boot()


def ours(what: str) -> tuple[float, int]:
    """The page, warm; the checksum is its answer's code."""
    _boot()
    from django.test import Client
    from django.urls import reverse
    from django.utils import timezone

    from samkoll.accounts.models import User
    from samkoll.core.months import Month
    from samkoll.org import queries as org
    from samkoll.stats import loading

    today = timezone.localdate()
    reader = max(
        User.objects.order_by("pk"),
        key=lambda user: org.units_with(user, "stats:internal", today).count(),
    )
    led = org.units_with(reader, "stats:internal", today)
    unit = led.filter(kind="administration").order_by("code").first() or led[0]
    client = Client(SERVER_NAME="localhost")
    client.force_login(reader)
    last = Month(max(loading.current_facts().months))
    figure = f"/e/{unit.code}/siffra/sick_leave/total/{last}/"
    addresses = {"figure": figure, "frame": reverse("web:accessibility")}
    address = addresses.get(what, f"/e/{unit.code}/")

    def run() -> int:
        if what == "new":
            loading._loaded.clear()
        return client.get(address).status_code

    return median_of(run, 5 if what == "new" else 20), run()


CONTESTANTS = {"ours": ours}
