"""A tiny bench: each measurement runs in a process of its own, so that its peak memory is its own.

A case is a module in ``bench`` with ``CASE`` (its name), ``SIZES`` (name to parameters) and
``CONTESTANTS`` (name to function). A contestant takes the parameters, warms up, and returns
``(seconds, checksum)``; all checksums of a size must be equal before any time is printed. The
first contestant is ours; ``FLOOR`` names the one to compare with. Run ``python -m bench.harness
[case …] [--size NAME]``.
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
SKIPPED = {"harness", "facts", "__init__"}


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
    command = [sys.executable, "-m", "bench.harness", "--one", case, size, contestant]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=HERE.parent)
    result: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return result


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
    for size, parameters in module.SIZES.items():
        if only not in (None, size):
            continue
        if hasattr(module, "prepare"):
            module.prepare(**parameters)
        fit = [name for name in module.CONTESTANTS if name not in module.SKIP.get(size, ())]
        results = best(case, size, fit, rounds)
        if len({json.dumps(r["checksum"]) for r in results.values()}) > 1:
            raise SystemExit(f"{case} {size}: results differ: {results}")
        ours, *others = fit
        for other in others:
            mine, theirs = results[ours], results[other]
            ratio = float(str(mine["seconds"])) / float(str(theirs["seconds"]))
            print(
                f"{module.CASE:<22}{size:<22}{mine['seconds']:>9.3f} s{mine['mb']:>7} MB   "
                f"{other:<26}{theirs['seconds']:>9.3f} s{theirs['mb']:>7} MB{ratio:>8.2f}",
                flush=True,
            )


def main() -> None:
    """Run the named cases, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("case", nargs="*")
    parser.add_argument("--size")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--one", nargs=3)
    given = parser.parse_args()
    if given.one:
        run_one(*given.one)
        return
    head = f"{'case':<22}{'size':<22}{'ours':>11}{'peak':>10}   {'alternative':<26}"
    print(f"{head}{'time':>11}{'peak':>10}{'ratio':>8}")
    for case in given.case or cases():
        run_case(case, given.size, given.rounds)


if __name__ == "__main__":
    main()
