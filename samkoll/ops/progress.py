"""Progress bars on the terminal for the long steps of a command; silent anywhere else."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

Tick = Callable[[int], None]


class Steps:
    """Shows one bar for each step; the sum of what ``tick`` is told moves it."""

    def __init__(self, shown: Progress | None) -> None:
        self._shown = shown

    @contextlib.contextmanager
    def step(self, what: str, total: int | None) -> Iterator[Tick]:
        """One step. ``total``: in the unit of the ticks; ``None`` when nobody knows."""
        if self._shown is None:
            yield lambda _amount: None
            return
        shown, task = self._shown, self._shown.add_task(what, total=total)
        yield lambda amount: shown.advance(task, amount)
        shown.update(task, total=1, completed=1)


SILENT = Steps(None)


@contextlib.contextmanager
def steps() -> Iterator[Steps]:
    """Bars on standard error, if that is a terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield SILENT
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as shown:
        yield Steps(shown)
