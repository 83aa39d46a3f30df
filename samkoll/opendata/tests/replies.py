"""Made-up replies in the form that the Kolada API documents; no real figures, no real places."""

from __future__ import annotations

TOWNS = {f"99{number:02d}": f"Provkommun {number}" for number in range(1, 13)}
OURS = "9901"


def kpi(code="N00090", title="Sjukfrånvaro kommunalt anställda totalt, (%)", **more):
    return {
        "id": code,
        "title": title,
        "description": "Påhittad beskrivning.",
        "operating_area": "Personal",
        "publication_date": "2024-06-01",
        "is_divided_by_gender": 1,
        "municipality_type": "K",
        **more,
    }


def towns(names=TOWNS):
    return [{"id": code, "title": title, "type": "K"} for code, title in names.items()]


def group(code="G1", title="Prov läns kommuner", members=tuple(TOWNS)[:4]):
    return {
        "id": code,
        "title": title,
        "members": [{"member_id": m, "member_title": TOWNS[m]} for m in members],
    }


def data(town, value, *, code="N00090", year=2023, sex="T", **more):
    inner = {"gender": sex, "count": 1, "status": "", "value": value, **more}
    return {"kpi": code, "municipality": town, "period": year, "values": [inner]}


def everything(shift=0.0, **title):
    """A whole document: titles, towns, one group, and 5.0, 5.1 … per cent in 2022 and 2023."""
    rows = [
        data(town, 5 + number / 10 + shift, year=year)
        for year in (2022, 2023)
        for number, town in enumerate(TOWNS)
    ]
    return {
        "kpi": {"values": [kpi(**title)]},
        "municipality": {"values": towns()},
        "municipality_groups": {"values": [group()]},
        "data": {"values": rows},
    }
