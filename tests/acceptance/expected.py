"""The facts as rows of the report's tables, and the comparison with what a file shows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from tests.acceptance.reading import Docx, Html, Pdf, Rows

Facts = dict[str, Any]
SICK = "Sjukfrånvaro, procent av ordinarie arbetstid"
TURNOVER = "Extern personalomsättning, procent av tillsvidareanställda"
HOURS = "Övertid och mertid, timmar"
EVENTS = "Arbetsskador och tillbud"
GROUPS = {"short": "Kort sjukfrånvaro (0–14 dagar)", "long": "Lång sjukfrånvaro (15– dagar)"}


def load(name: str) -> Facts:
    """``board`` or ``municipality``."""
    path = Path(__file__).parent / "facts" / f"{name}.yaml"
    facts: Facts = yaml.safe_load(path.read_text(encoding="utf-8"))
    return facts


def tables(facts: Facts) -> dict[str, Rows]:
    """Tables 2.1 to 2.4 as they have to read, by caption."""
    return {SICK: _sick(facts), TURNOVER: _turnover(facts), HOURS: _hours(facts)}


def _row(label: str, values: list[float], decimals: int) -> list[str]:
    return [label, *(f"{value:.{decimals}f}".replace(".", ",") for value in values)]


def _sick(facts: Facts) -> Rows:
    sick = facts["sick_leave"]
    labels = {"total": "Totalt", "women": "Kvinnor", "men": "Män"}
    rows = [_row("Total sjukfrånvaro", sick["total"], 1)]
    rows += [_row(labels[sex], sick[sex], 1) for sex in ("women", "men")]
    for length, head in GROUPS.items():
        rows.append([head])
        rows += [_row(word, sick[f"{length}_{sex}"], 1) for sex, word in labels.items()]
    return rows


def _turnover(facts: Facts) -> Rows:
    turnover = facts["turnover"]
    labels = {"total": "Totalt", "women": "Kvinnor", "men": "Män"}
    rows = [_row(word, turnover[sex], 1) for sex, word in labels.items()]
    rows.append(_row("Antal avgångar (externa)", turnover["departures"], 0))
    if "retirements" in turnover:
        rows.append(_row("– varav pension", turnover["retirements"], 0))
    return rows


def _hours(facts: Facts) -> Rows:
    hours = facts["working_time"]
    labels = {
        "additional_hours": "Mertid/fyllnadstid",
        "overtime_hours": "Övertidstimmar",
        "sum": "Summa",
    }
    return [_row(word, hours[key], 0) for key, word in labels.items()]


def events(facts: Facts) -> Rows:
    """The first two columns of the table of injuries and near misses."""
    labels = {
        "occupational_injuries": "Antal rapporterade arbetsskador",
        "near_misses": "Antal rapporterade tillbud",
        "completed_events": "Antal klarmarkerade händelser",
    }
    return [[word, str(facts["incidents"][key])] for key, word in labels.items()]


def risk_rows(risks: list[Facts], third: str) -> Rows:
    """Risk tables without the rows of wanted effects. ``third``: status or responsible."""
    rows = []
    for risk in risks:
        for place, action in enumerate(risk["actions"]):
            words = f"✓ {action[third]}" if third == "status" else action[third]
            head = [risk["risk"], str(risk["level"])] if place == 0 else []
            rows.append([*head, action["title"], words, str(action["end"])])
    return rows


def shows(file: Html | Docx | Pdf, caption: str, rows: Rows, *, exact: bool = True) -> None:
    """The table has these rows, cell by cell. ``exact``: in this order and nothing else;
    otherwise each is the beginning of some row. Comments below answers are left out."""
    table = [row for row in file.table(caption) if not row[0].startswith("Kommentar ")]
    if exact:
        assert table == rows, caption
        return
    for row in rows:
        assert row in [each[: len(row)] for each in table], f"{caption}: {row} saknas i {table}"
