"""Published key figures of made-up municipalities, read as a file from Kolada would be.

No real municipality and no real figure: the codes begin with 99, the names say that they are
invented, and the values follow from ``data/kolada.yaml`` by plain arithmetic.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from samkoll.audit.services import CommandLine
from samkoll.demo.loading.data import read
from samkoll.opendata import files, services
from samkoll.opendata.models import Load, Source

ACTOR = CommandLine()
Json = dict[str, Any]


def load_comparison(*, now: datetime) -> Load:
    """Stage and apply the made-up file."""
    name = str(read("kolada")["file"])
    bundle = files.read(content(), name=name)
    load = services.stage(bundle=bundle, source=Source.FILE, origin=name, actor=ACTOR, now=now)
    return services.apply(load_id=load.pk, actor=ACTOR, now=now)


def content() -> bytes:
    """The file, in the form of the API's replies."""
    made = read("kolada")
    towns = {str(code): str(name) for code, name in made["municipalities"].items()}
    replies = {
        "kpi": [{**kpi, "is_divided_by_gender": int("shift" in kpi)} for kpi in made["kpis"]],
        "municipality": [{"id": c, "title": name, "type": "K"} for c, name in towns.items()],
        "municipality_groups": [
            {**group, "members": [{"id": str(c), "title": towns[str(c)]} for c in group["members"]]}
            for group in made["groups"]
        ],
        "data": [row for kpi in made["kpis"] for row in _rows(kpi, list(towns), made["years"])],
    }
    named = {name: {"values": rows, "count": len(rows)} for name, rows in replies.items()}
    return json.dumps(named, ensure_ascii=False).encode()


def _rows(kpi: Json, towns: list[str], years: list[int]) -> Iterator[Json]:
    """Values spread evenly around the key figure's mean of the year; our own stand in the file."""
    for number, town in enumerate(towns):
        for place, year in enumerate(years):
            if number == 0:
                total = kpi["own"][place]
            else:  # 7 and 23 have no common factor: every town gets a place of its own
                total = kpi["means"][place] * (1 + kpi["spread"] * ((number * 7 % 23) - 11) / 11)
            shifts = {"T": 0.0, **kpi.get("shift", {})}
            values = [
                {"gender": sex, "count": 1, "status": "", "value": round(total + shift, 1)}
                for sex, shift in shifts.items()
            ]
            yield {"kpi": kpi["id"], "municipality": town, "period": year, "values": values}
