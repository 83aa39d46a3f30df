"""The two ways to build payroll files: the demo's, steered, and a large one for benchmarks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from samkoll.demo.generator import organisation as organisations
from samkoll.demo.generator import payroll, plan
from samkoll.demo.generator.absence import Absence, describe
from samkoll.demo.generator.control import Control, control
from samkoll.demo.generator.identity import MAN, WOMAN
from samkoll.demo.generator.managers import Managers
from samkoll.demo.generator.organisation import Organisation
from samkoll.demo.generator.population import NEVER, Population
from samkoll.demo.generator.rounding import Floats
from samkoll.demo.generator.rows import Rows, concatenate
from samkoll.demo.generator.steering import Steering

Progress = Callable[[str, int, int], None]
_ROWS_PER_UNIT = 15


@dataclass(frozen=True, slots=True)
class GeneratedFiles:
    """What was written: the organisation import and the payroll files in order of time."""

    folder: Path
    organisation: Path
    payroll: tuple[Path, ...]
    rows: int
    persons: int


def generate(
    folder: Path, *, seed: int = 1, employees: int | None = None, years: int | None = None,
    progress: Progress | None = None,
) -> GeneratedFiles:  # fmt: skip
    """Write Exempelkommunen's files into ``folder`` (made if need be); same seed, same bytes.

    Without ``employees`` and ``years`` it is the demo, steered to its control totals. With either
    one it is a municipality of that size (default 7,000 employees, 4 years ending 2023) without
    totals, written month by month so that memory does not grow with the years.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tell = progress or _silent
    if employees is None and years is None:
        return _demo(folder, seed, tell)
    return _scaled(folder, seed, employees or 7_000, years or 4, tell)


def _demo(folder: Path, seed: int, tell: Progress) -> GeneratedFiles:
    totals, organisation = control(), organisations.exempelkommunen()
    streams = np.random.default_rng(seed).spawn(3)
    planned = plan.steered(totals, organisation, streams[0])
    population = Population(planned, totals, streams[1])
    parts = []
    for index in range(len(planned.window)):
        tell("Befolkning", index + 1, len(planned.window))
        parts.append(population.month(index))
    rows = concatenate(parts)
    Steering(rows, planned, totals, streams[2]).run()
    _lead(rows, Managers(organisation))
    rows, protected = _protect(rows, population, int(totals.data["protected"]))
    files = _files(folder, organisation, planned)
    for done, (path, year) in enumerate(files, start=1):
        payroll.append(path, rows.take(rows.month // 12 == year), population, protected)
        tell("Lönefiler", done, len(files))
    return _result(folder, files, len(rows), population)


def _scaled(folder: Path, seed: int, employees: int, years: int, tell: Progress) -> GeneratedFiles:
    totals = control()
    organisation = organisations.scaled(max(employees // _ROWS_PER_UNIT, 20))
    streams = np.random.default_rng(seed).spawn(3)
    planned = plan.scaled(totals, organisation, employees=employees, years=years, rng=streams[0])
    population = Population(planned, totals, streams[1])
    absence, managers, count = Absence(streams[2]), Managers(organisation), 0
    files = _files(folder, organisation, planned)
    for index, month in enumerate(planned.window):
        rows = population.month(index)
        _fill(rows, absence, totals, planned.boards, index)
        _lead(rows, managers)
        path = next(path for path, year in files if year == month.year)
        payroll.append(path, rows, population, frozenset())
        count += len(rows)
        tell("Lönefiler", index + 1, len(planned.window))
    return _result(folder, files, count, population)


def _fill(
    rows: Rows, absence: Absence, totals: Control, boards: tuple[str, ...], index: int
) -> None:
    """Hours of one month as they are drawn, without steering."""
    rows.ordinary = np.rint(rows.base).astype(np.int64)
    rate = _rates(rows, totals, boards)
    cells = rows.board * 2 + rows.sex
    if index == 0:
        absence.warm_up(rows, cells, 0.58 * rate)
    drawn = absence.draw(rows, cells, 0.58 * rate, 0.36 * rate)
    rows.sick_long = np.floor(drawn.long).astype(np.int64)
    rows.sick_short = np.floor(drawn.short).astype(np.int64)
    describe(rows, np.arange(len(rows)), drawn)
    part_time = (rows.extent < 10_000) & (rows.ordinary > 0)
    extra = np.rint(absence.rng.gamma(2.0, 3.0, len(rows)) * 4).astype(np.int64) * 25
    extra *= absence.rng.random(len(rows)) < 0.06
    rows.additional = np.where(part_time, extra, 0)
    rows.overtime = np.where(rows.extent == 10_000, extra, 0)


def _lead(rows: Rows, managers: Managers) -> None:
    """Say who leads whom, month by month."""
    for month in np.unique(rows.month):
        at = np.flatnonzero(rows.month == month)
        rows.manager[at] = managers.of_month(rows.take(at))


def _rates(rows: Rows, totals: Control, boards: tuple[str, ...]) -> Floats:
    """Sick leave as a share of ordinary hours, by the board and sex of each row."""
    by_board = {"KS": totals.data["ks_total_2021"], **totals.data["sick_total"][2023]}
    percent = np.array([by_board[board] for board in boards])[rows.board]
    return np.asarray(percent / 100 * np.where(rows.sex == 1, 0.65, 1.08), dtype=np.float64)


def _protect(rows: Rows, population: Population, count: int) -> tuple[Rows, frozenset[int]]:
    """Add people with protected identity, apart from all totals: the import refuses them."""
    columns = population.columns
    stayed = (columns["start"] == -1) & (columns["end"] == NEVER) & (columns["group"] < 0)
    models = np.flatnonzero(stayed & (columns["second_unit"] < 0))[:: max(1, stayed.sum() // count)]
    models = models[:count]
    sex = np.where(columns["sex"][models] == 1, MAN, WOMAN).astype(np.uint8)
    number, birth = population.register.issue(sex, columns["birth"][models])
    first = len(columns["number"])
    for name, column in columns.items():
        columns[name] = np.concatenate([column, column[models]])
    columns["number"][first:], columns["birth"][first:] = number, birth
    copies = []
    for place, model in enumerate(models):
        copy = rows.take(rows.person == model)
        copy.person = np.full(len(copy), first + place)
        copies.append(copy)
    return concatenate([rows, *copies]), frozenset(range(first, first + len(models)))


def _files(
    folder: Path, organisation: Organisation, planned: plan.Plan
) -> tuple[tuple[Path, int], ...]:
    organisation.write_csv(folder / "organisation.csv")
    years = sorted({month.year for month in planned.window})
    files = tuple((folder / f"lon_{year}.csv", year) for year in years)
    for path, _ in files:
        payroll.start(path)
    return files


def _result(
    folder: Path, files: tuple[tuple[Path, int], ...], rows: int, population: Population
) -> GeneratedFiles:
    return GeneratedFiles(
        folder, folder / "organisation.csv", tuple(path for path, _ in files), rows,
        len(population.columns["number"]),
    )  # fmt: skip


def _silent(label: str, done: int, total: int) -> None:
    """Nobody watches."""
