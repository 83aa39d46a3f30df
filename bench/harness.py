"""A tiny bench: each measurement runs in a process of its own, so that its peak memory is its own.

A case is a module in ``bench`` with ``CASE`` (its name), ``SIZES`` (name to parameters) and
``CONTESTANTS`` (name to function; ours first). A contestant takes the parameters, warms up, and
returns ``(seconds, checksum)``; all checksums of a size must be equal before any time is printed.
A case may have ``DEFAULT`` (the sizes to run unless told), ``SKIP`` (contestants to leave out, by
size), ``GOALS`` (by size) and ``prepare``, which makes what all contestants need.

    python -m bench.harness [case …] [--size NAME | --size all] [--rounds 3]

The default run needs nothing but the project and takes less than four minutes on two cores.
"""

from __future__ import annotations

import argparse
import importlib
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent
SKIPPED = {"harness", "facts", "installation", "__init__"}


def median_of(run: Callable[[], object], times: int = 5) -> float:
    """Warm median in seconds: one run that is not counted, then ``times`` that are."""
    run()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def cases() -> list[str]:
    """Every case module in this folder."""
    return sorted(p.stem for p in HERE.glob("*.py") if p.stem not in SKIPPED)


def measure(case: str, size: str, contestant: str) -> dict[str, object]:
    """Run one contestant in a fresh process. Fails loudly if it fails."""
    result: dict[str, object] = json.loads(_in_process("--one", case, size, contestant))
    return result


def _in_process(*arguments: str) -> str:
    """The last line that a fresh process of the harness prints."""
    command = [sys.executable, "-m", "bench.harness", *arguments]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=HERE.parent)
    return done.stdout.splitlines()[-1] if done.stdout else ""


def run_one(case: str, size: str, contestant: str) -> None:
    """In the fresh process: run, and print seconds, checksum and peak memory as JSON."""
    module = importlib.import_module(f"bench.{case}")
    seconds, checksum = module.CONTESTANTS[contestant](**module.SIZES[size])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "checksum": checksum, "mb": round(peak)}))


def best(case: str, size: str, names: list[str], rounds: int) -> dict[str, dict[str, object]]:
    """Each contestant's fastest of several rounds, taken in turn: other work on the machine
    then hits all of them alike."""
    found: dict[str, dict[str, object]] = {}
    for _ in range(rounds):
        for name in names:
            result = measure(case, size, name)
            kept = found.setdefault(name, result)
            if float(str(result["seconds"])) < float(str(kept["seconds"])):
                found[name] = result
    return found


def run_case(case: str, only: str | None, rounds: int = 1) -> None:
    """Print one line for each size and alternative."""
    module = importlib.import_module(f"bench.{case}")
    usual = getattr(module, "DEFAULT", module.SIZES)
    for size in module.SIZES if only == "all" else usual if only is None else [only]:
        if size not in module.SIZES:
            continue
        if hasattr(module, "prepare"):
            _in_process("--prepare", case, size)
        left_out = getattr(module, "SKIP", {}).get(size, ())
        results = best(case, size, [c for c in module.CONTESTANTS if c not in left_out], rounds)
        if len({json.dumps(r["checksum"]) for r in results.values()}) > 1:
            raise SystemExit(f"{case} {size}: results differ: {results}")
        _print(module.CASE, size, results, getattr(module, "GOALS", {}).get(size, ""))


def _print(case: str, size: str, results: dict[str, dict[str, object]], goal: str) -> None:
    """Ours beside each alternative; the goal is that of the first line."""
    (_, mine), *others = results.items()
    start = f"{case:<18}{size:<22}{_cost(mine)}   "
    if not others:
        print(f"{start}{'–':<26}{'':>21}{'':>8}  {goal}", flush=True)
    for place, (name, theirs) in enumerate(others):
        ratio = float(str(mine["seconds"])) / float(str(theirs["seconds"]))
        shown = goal if place == 0 else ""
        print(f"{start}{name:<26}{_cost(theirs)}{ratio:>8.2f}  {shown}", flush=True)


def _cost(result: dict[str, object]) -> str:
    return f"{result['seconds']:>9.3f} s{result['mb']:>7} MB"


def main() -> None:
    """Run the named cases, or all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("case", nargs="*")
    parser.add_argument("--size")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    parser.add_argument("--prepare", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        run_one(*given.one)
    elif given.prepare:
        case, size = given.prepare
        module = importlib.import_module(f"bench.{case}")
        module.prepare(**module.SIZES[size])
    else:
        _run(given.case or cases(), given.size, given.rounds)


def _run(chosen: list[str], size: str | None, rounds: int) -> None:
    head = f"{'case':<18}{'size':<22}{'ours':>11}{'peak':>10}   {'alternative':<26}"
    print(f"{head}{'time':>11}{'peak':>10}{'ratio':>8}  goal", flush=True)
    for case in chosen:
        run_case(case, size, rounds)


if __name__ == "__main__":
    main()
