"""Small random organisations and their facts, for tests that compare two ways of working."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from samkoll.stats.engine.facts import COLUMNS, OPTIONAL, FactFile, FactSet, arrow_schema
from samkoll.stats.engine.hierarchy import BoardSpan, Hierarchy, UnitNode

FIRST = 2020 * 12
Row = dict[str, int | bool | str]


@dataclass(frozen=True)
class World:
    """An organisation and its person-months, everything in plain lists."""

    units: list[UnitNode]
    boards: dict[int, str]
    spans: list[BoardSpan]
    rows: list[Row]
    months: list[int]

    @property
    def hierarchy(self) -> Hierarchy:
        return Hierarchy(self.units, self.boards, self.spans)


def row(**given: int | bool | str) -> Row:
    """One person-month with everything that was not given at rest."""
    base: Row = {name: 0 for name, _ in COLUMNS}
    base |= {"main": True, "staff_group": "Grupp", "sex": 1, "form": 1, "ordinary": 16000}
    base |= {"birth_year": 1980, "extent": 10000, "unit": 1, "month": FIRST}
    return base | given


def make(
    seed: int, *, units: int = 14, months: int = 26, largest: int = 16, moves: bool = True
) -> World:
    """A municipality, two to four administrations, departments and units of every small size."""
    rng = random.Random(seed)
    nodes = [UnitNode(1, None, "municipality", "EXK", "Kommunen")]
    for n in range(2, 2 + rng.randint(2, 4)):
        nodes.append(UnitNode(n, 1, "administration", f"A{n}", f"Förvaltning {n}"))
    administrations = [node.id for node in nodes[1:]]
    while len(nodes) < units:
        above = rng.choice(nodes[1:])
        kind = "department" if above.kind == "administration" else "unit"
        nodes.append(
            UnitNode(len(nodes) + 1, above.id, kind, f"U{len(nodes)}", f"Enhet {len(nodes)}")
        )
    boards = {n: f"Nämnd {n}" for n in range(rng.randint(2, 4))}
    spans = [BoardSpan(a, rng.choice(list(boards))) for a in administrations]
    spans = spans[: len(spans) - rng.randint(0, 1)]
    spans += _below(rng, nodes, boards, moves)
    rows = [r for node in nodes for r in _people(rng, node.id, months, largest)]
    return World(nodes, boards, spans, rows, list(range(FIRST, FIRST + months)))


def _below(
    rng: random.Random, nodes: list[UnitNode], boards: dict[int, str], moves: bool
) -> list[BoardSpan]:
    spans = []
    for node in nodes:
        if node.kind == "department" and rng.random() < 0.4:
            change = FIRST + rng.randint(3, 22)
            one, other = rng.choice(list(boards)), rng.choice(list(boards))
            if moves and rng.random() < 0.4:
                spans += [BoardSpan(node.id, one, 0, change), BoardSpan(node.id, other, change + 1)]
            else:
                spans.append(BoardSpan(node.id, one))
    return spans


def _people(rng: random.Random, unit: int, months: int, largest: int) -> list[Row]:
    count = (
        rng.choice([0, 1, 3, 8, 10, 11, 12, largest, 2 * largest])
        if unit > 1
        else rng.randint(0, 3)
    )
    opens = rng.choice([0, 0, 0, 0, 7]) if unit > 1 else 0
    closes = rng.choice([months, months, months, months - 6])
    rows = []
    for n in range(count):
        person = unit * 1000 + n
        form, sex = rng.choice([1, 1, 1, 2, 3]), rng.choice([1, 1, 1, 2])
        start, stop = (
            max(opens, rng.choice([0, 0, 0, 5])),
            min(closes, rng.choice([months] * 4 + [12])),
        )
        for month in range(start, stop):
            rows.append(
                _month(rng, person, unit, month, sex, form, last=month == stop - 1 < months - 1)
            )
            if rng.random() < 0.03:
                rows.append(_side_job(rng, rows[-1]))
    return rows


def _month(
    rng: random.Random, person: int, unit: int, month: int, sex: int, form: int, *, last: bool
) -> Row:
    ordinary = rng.choice([0, 8000, 16000, 16000])
    short = rng.randint(0, ordinary // 2)
    return row(
        person=person, employment=person * 10, unit=unit, month=FIRST + month, sex=sex, form=form,
        ordinary=ordinary, sick_short=short, sick_long=rng.randint(0, ordinary - short),
        sick_60=short // 3, sick_days=short // 800, occasions=min(short, 1),
        extent=rng.choice([5000, 10000]), staff_group=f"Grupp {person % 3}",
        birth_year=1955 + person * 7 % 45, manager=rng.randint(0, 3),
        additional=rng.choice([0, 0, 125]), overtime=rng.choice([0, 0, 250]),
        departure=rng.randint(1, 7) if last else 0,
    )  # fmt: skip


def _side_job(rng: random.Random, main: Row) -> Row:
    other = rng.randint(1, 5)
    return main | {
        "employment": int(main["employment"]) + 1,
        "unit": other,
        "main": False,
        "departure": 0,
    }


def write(
    world: World, folder: Path, *, files: int = 1, skip: frozenset[int] = frozenset()
) -> FactSet:
    """The world's rows as sorted fact files, split over ``files``, without the skipped months."""
    made = []
    for n in range(files):
        months = tuple(m for m in world.months if m % files == n and m not in skip)
        rows = [r for r in world.rows if r["month"] in months]
        rows.sort(key=lambda r: (r["month"], r["unit"], r["sex"]))
        path = folder / f"{n}.parquet"
        schema = arrow_schema({"source": "payroll", "convention": "day_split", "batch": str(n)})
        columns = [[r[name] for r in rows] for name, _ in COLUMNS]
        arrays = [pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)]
        pq.write_table(pa.Table.from_arrays(arrays, schema=schema), path)
        made.append(FactFile(path, f"{n:064x}", months, "day_split", frozenset(OPTIONAL)))
    return FactSet(tuple(made))
