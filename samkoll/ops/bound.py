"""Run a program that ends when whoever started it ends, however that happens.

``python -m samkoll.ops.bound PID PROGRAM …``: PID is the starter's. Linux sends SIGTERM to the
program when the starter dies; other systems know no such thing, and only the signals of a starter
that stops in good order reach it there. A launcher and not ``preexec_fn``, which may deadlock in a
starter with threads. The thread that starts it must live as long as the program (prctl(2)).
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def command(program: list[str]) -> list[str]:
    """The command by which this process starts ``program`` bound to itself."""
    return [sys.executable, "-m", "samkoll.ops.bound", str(os.getpid()), *program]


def main() -> None:
    """Bind this process to the starter and become the program."""
    starter, *program = sys.argv[1:]
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() == int(starter):  # else it died before we were bound to it
        os.execvp(program[0], program)


if __name__ == "__main__":
    main()
