"""The steps of a long command: a bar on a terminal while each runs, and how long it took."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

Tell = Callable[[int, int], None]
"""Hears how much is done, of how much."""


@dataclass(slots=True)
class Step:
    """One step: its name, what came of it, and its time in seconds."""

    name: str
    tell: Tell
    result: str = ""
    seconds: float = 0.0


@dataclass(slots=True)
class Steps:
    """The steps so far, in order. ``shown`` is None where nobody watches."""

    shown: Progress | None = None
    done: list[Step] = field(default_factory=list)

    @contextlib.contextmanager
    def step(self, name: str) -> Iterator[Step]:
        """Time a step; set its ``result`` before it ends. One that fails is not kept."""
        task = self.shown.add_task(name, total=None) if self.shown else None
        step, began = Step(name, self._teller(task)), time.monotonic()
        yield step
        step.seconds = time.monotonic() - began
        self.done.append(step)
        if self.shown and task is not None:
            self.shown.update(task, total=1, completed=1)

    def _teller(self, task: TaskID | None) -> Tell:
        shown = self.shown
        if shown is None or task is None:
            return lambda _done, _total: None
        return lambda done, total: shown.update(task, completed=done, total=total)


@contextlib.contextmanager
def watched() -> Iterator[Steps]:
    """Steps with bars on standard error, if that is a terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield Steps()
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as shown:
        yield Steps(shown)
