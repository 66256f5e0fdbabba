"""How fast sweeps run: ``python -m tests.bench.sweep``.

One and the same sweep of Anytown, first by one process and then by as many as there are processors, in one run, in turns, so that
both meet the same machine. The ideal is the number of processors times the speed of one process. What it takes to begin worker
processes, to write every run durably and to make the tables is all counted. Times are of the clock, the best of the repeats: on a
machine that others use the ratio says little. When less than nine tenths of the ideal are reached, a line says so and the exit
code is 1.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING, Final

from tests.bench.month import write_table

if TYPE_CHECKING:
    from sim.settings.experiment import Experiment

#: What we promise: runs a second against processors times those of one process.
LEAST_SHARE: Final = 0.9
RUNS: Final = 400
#: The sweeps: what is varied decides whether runs share an opening.
SWEEPS: Final = {
    "a policy varies: runs of a seed share their opening": "- {policy: local_spend_target, option: share, low: 0.1, high: 0.6}",
    "a parameter varies: every run opens a town of its own": "- {parameter: firms.target_use, low: 0.7, high: 0.95}",
}
FILE: Final = """
title: How fast sweeps run
question: How many runs a second?
scenarios: [anytown/business-as-usual, anytown/buy-local]
months: 24
seeds: 10
design: {{kind: latin-hypercube, points: {points}}}
vary:
  {vary}
measures: [jobs]
"""


def experiment_with(vary: str, runs: int, folder: Path) -> Experiment:
    """An experiment of so many runs."""
    from sim.core.registry import POLICIES, SHOCKS
    from sim.runs.scenarios import fill_registries
    from sim.settings.experiment import load_experiment

    fill_registries()
    path = folder / "speed.yaml"
    path.write_text(FILE.format(points=max(1, runs // 10), vary=vary), encoding="utf-8")
    return load_experiment(path, POLICIES, SHOCKS)


def clock(experiment: Experiment, workers: int, folder: Path) -> float:
    """Seconds on the clock of a whole sweep, from its call to its tables."""
    from sim.runs.sweep.runner import sweep

    with TemporaryDirectory(dir=folder) as out:
        began = perf_counter()
        found = sweep(experiment, Path(out) / "sweep", workers)
        seconds = perf_counter() - began
        assert found.complete
        assert not len(found.failures)
    return seconds


def throughput(runs: int, repeats: int) -> list[list[str]]:
    """Runs a second of one process and of all, and their share of the ideal."""
    from sim.runs.stored.facts import available_processors

    processors = available_processors()
    rows = []
    with TemporaryDirectory(prefix="localwealth-") as name:
        for title, vary in SWEEPS.items():
            experiment = experiment_with(vary, runs, Path(name))
            number = len(experiment.seeds) * max(1, runs // 10)
            alone, together = float("inf"), float("inf")
            for _ in range(repeats):
                alone = min(alone, clock(experiment, 1, Path(name)))
                together = min(together, clock(experiment, processors, Path(name)))
            share = alone / (processors * together)
            rows.append([title, str(number), f"{number / alone:.2f}", f"{number / together:.2f}", str(processors), f"{share:.2f}"])
    return rows


def missed_share(rows: Sequence[Sequence[str]]) -> list[str]:
    """What the table says against its bound."""
    low = [row for row in rows if float(row[-1]) < LEAST_SHARE]
    return [f"{row[0]}: {row[-1]} of the ideal, and at least {LEAST_SHARE} is promised" for row in low]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 1 when the bound is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.sweep", description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS, help="runs of each sweep")
    parser.add_argument("--repeats", type=int, default=2)
    given = parser.parse_args(arguments)
    rows = throughput(given.runs, given.repeats)
    heads = ["two arms, 24 months", "runs", "runs a second, one process", "all processors", "processors", "share of the ideal"]
    write_table("How fast sweeps run", heads, rows)
    missed = missed_share(rows)
    for line in missed:
        sys.stderr.write(f"Bound missed: {line}.\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
