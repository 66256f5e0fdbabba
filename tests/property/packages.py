"""All pairs of levers, and random packages of them, for two years in the invented town: they run, and the books close.

``python tests/property/packages.py --pairs --packages 2000 --workers 2`` runs them all and prints how many; any that fails is
printed with what repeats it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).resolve().parents[1]
if str(FOLDER) not in sys.path:
    sys.path.insert(0, str(FOLDER))

from support.levers import names, random_package, sensible, with_uses  # noqa: E402

from sim.core.registry import POLICIES, SHOCKS  # noqa: E402
from sim.economy import Economy  # noqa: E402
from sim.runs.opening.opened import opened  # noqa: E402
from sim.settings.load import load_scenario  # noqa: E402
from sim.settings.scenario import PolicyUse  # noqa: E402

MONTHS = 24


def run_package(opening: Economy, uses: Sequence[PolicyUse], months: int) -> Economy:
    """Run a copy of the town under these levers; the ledger checks every month by ``==``, and here the whole at the end."""
    town = opening.with_scenario(with_uses(opening.scenario, uses))
    for _ in range(months):
        town.advance()
    assert int(town.ledger.balance.sum()) == 0
    residual = town.ledger.flow_matrix().residual()
    assert residual == 0, f"a channel lost or made {residual} pence"
    return town


@cache
def opening() -> Economy:
    """The town at its opening, once a process."""
    return opened(load_scenario("anytown/business-as-usual", POLICIES, SHOCKS), seed=3)


def failure(task: tuple[str, ...] | int) -> str:
    """Run a pair (two names) or a package (its number); what went wrong, or nothing."""
    town = opening()
    if isinstance(task, int):
        uses = random_package(town.place.anchor_names, MONTHS, np.random.default_rng(task))
    else:
        uses = [sensible(name) for name in task]
    try:
        run_package(town, uses, MONTHS)
    except Exception as error:
        found = [(use.use, use.start, use.ramp_months, use.end, dict(use.options)) for use in uses]
        return f"{task}: {type(error).__name__}: {error}\n    {found}"
    return ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what is asked for and print the count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", action="store_true", help="every two levers")
    parser.add_argument("--packages", type=int, default=0, help="how many random packages")
    parser.add_argument("--first", type=int, default=0, help="number of the first package")
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args(arguments)
    tasks: list[tuple[str, ...] | int] = list(combinations(names(), 2)) if given.pairs else []
    tasks += list(range(given.first, given.first + given.packages))
    with ProcessPoolExecutor(given.workers) as pool:
        failures = [found for found in pool.map(failure, tasks, chunksize=8) if found]
    for found in failures:
        sys.stdout.write(f"{found}\n")
    sys.stdout.write(f"{len(tasks)} runs of {MONTHS} months with {len(names())} levers: {len(failures)} failed\n")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
