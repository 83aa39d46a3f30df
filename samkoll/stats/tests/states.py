"""All that a world publishes, as one hash: ``python -m samkoll.stats.tests.states SEED FILES``.

For comparing processes: nothing may depend on hashing, on threads or on how the facts are filed.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from samkoll.stats.engine.cells import leaf_cells
from samkoll.stats.engine.cube import POPULATIONS, SEXES, Cube
from samkoll.stats.engine.disclosure import protect
from samkoll.stats.tests import world


def published(seed: int, files: int) -> str:
    """The hash of every state and every sum of a world whose facts lie in so many files."""
    town = world.make(seed, units=14, months=30, largest=20)
    with TemporaryDirectory() as folder:
        facts = world.write(town, Path(folder), files=files)
        cube = Cube(leaf_cells(facts), town.hierarchy, facts.months)
    lines = []
    for population in POPULATIONS:
        protection = protect(cube, population)
        for scope in town.hierarchy.published_scopes(town.months):
            for sex in SEXES:
                for last in cube.window_ends:
                    state = protection.state(scope, sex, last)
                    sums = cube.sums(scope, sex, last - 11, last).sums
                    lines.append(repr((population, scope, sex, last, state, sums)))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


if __name__ == "__main__":
    sys.stdout.write(published(int(sys.argv[1]), int(sys.argv[2])))
