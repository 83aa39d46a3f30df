"""What the browser and the access matrix look at: figures of made-up municipalities, and a load."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from samkoll.audit.services import CommandLine
from samkoll.opendata import files, services
from samkoll.opendata.models import Load, LoadState, Source
from samkoll.opendata.tests import replies
from samkoll.stats.tests.filing import people, publish
from tests.town import Town

NOW = datetime(2024, 5, 15, 12, tzinfo=UTC)
ACTOR = CommandLine()


def figures(town: Town) -> dict[str, object]:
    """Twelve municipalities of which the first has our name; changed once afterwards."""
    ours = {**replies.TOWNS, replies.OURS: "Exempelkommunen"}
    _staged({**replies.everything(), "municipality": {"values": replies.towns(ours)}})
    _staged({"values": [replies.data(replies.OURS, 5.4)]})
    publish(people(town.school.pk, 50, women=30, sick_short=1216))
    return {}


def load(_town: Town) -> dict[str, object]:
    """A load that waits for an answer, on top of others: changed values and a new title."""
    waiting = Load.objects.filter(state=LoadState.STAGED).first()
    if waiting:
        return {"pk": waiting.pk}
    _staged(replies.everything())
    return {"pk": _staged(replies.everything(shift=0.3, title="Annat namn"), answer=False).pk}


def _staged(content, *, answer=True) -> Load:
    bundle = files.read(json.dumps(content).encode(), name="svar.json")
    made = services.stage(
        bundle=bundle, source=Source.FILE, origin="svar.json", actor=ACTOR, now=NOW
    )
    return services.apply(load_id=made.pk, actor=ACTOR, now=NOW) if answer else made
