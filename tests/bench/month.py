"""What a month costs, side by side and in one run: ``python -m tests.bench.month``.

Four tables: the memory of Preston at full size over ten years; what the command's help costs; the month told in plain
objects against the month in columns, on one town of 100,000 residents; the month in columns at three sizes. Each takes a
few minutes at most. Times are the processor's and the best of the repeats, since other work may share the machine. When a
bound that we promise is missed, a line says so and the exit code is 1.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from copy import deepcopy
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, Final, cast

ROOT: Final = Path(__file__).parents[2]
#: Residents of the two implementations' race, and of the month at three sizes.
RACE: Final = 100_000
SIZES: Final = (10_000, 100_000, 1_000_000)
BURN_IN: Final = 2
PRESTON_MONTHS: Final = 120
#: What we promise: objects against columns, the peak of Preston, a resident's cost at the largest size against the middle one.
LEAST_RATIO: Final = 30.0
MOST_MEMORY: Final = 1024.0
MOST_GROWTH: Final = 2.0
BENCHES: Final = ("memory", "help", "objects", "sizes")


def town_with(adults: int) -> Any:
    """The invented town scaled to about this many adults, after a short burn-in."""
    from support.places import scaled, shipped, with_parameters, with_place

    from sim.economy import Economy

    usual = shipped("anytown/business-as-usual")
    here = sum(float(figure) for figure in usual.place.population.adults_by_age.values())
    scenario = with_place(usual, scaled(usual.place, adults / here))
    return Economy(with_parameters(scenario, behaviour__burn_in_months=BURN_IN), seed=1, keep_journal=False)


def best(work: Callable[[], object], repeats: int) -> float:
    """Fewest seconds of the processor that one of the repeats took."""
    seconds = []
    for _ in range(repeats):
        began = process_time()
        work()
        seconds.append(process_time() - began)
    return min(seconds)


def plain_race(adults: int, repeats: int) -> tuple[float, float, str]:
    """Seconds of one and the same month of one and the same town in plain objects and in columns; and what differs after it."""
    from oracle.plain.copying import copied, differences
    from oracle.plain.month import advance
    from oracle.plain.town import PlainTown, TownRules

    economy = town_with(adults)
    plain, reader = copied(economy), deepcopy(economy)

    def rules(town: PlainTown) -> TownRules:
        return TownRules.of(reader.policies.rules(cast(Any, town)), len(town.anchors))

    objects = best(lambda: advance(plain, rules), repeats)
    columns = best(economy.advance, repeats)
    wrong = differences(plain, economy)
    return objects, columns, wrong[0] if wrong else ""


def plain_against_columns(repeats: int) -> list[list[str]]:
    """The month of a town of 100,000 residents, told twice; and that both end with the same pence."""
    objects, columns, wrong = plain_race(RACE, repeats)
    return [
        ["plain objects", f"{objects:.3f}", f"{objects / RACE * 1e6:.2f}", "1"],
        ["columns", f"{columns:.3f}", f"{columns / RACE * 1e6:.2f}", f"1/{objects / columns:.1f}"],
        ["same pence and columns after it", "no: " + wrong if wrong else "yes", "", ""],
    ]


def cost_by_size(repeats: int) -> list[list[str]]:
    """The month in columns, without measures and with them, at three sizes."""
    rows = []
    for adults in SIZES:
        began = process_time()
        economy = town_with(adults)
        built = process_time() - began
        number = len(economy.residents)
        month = best(economy.advance, repeats)
        step = best(economy.step, repeats)
        rows.append(
            [f"{number:,}", f"{len(economy.firms):,}", f"{built:.2f}", f"{month:.3f}", f"{step:.3f}", f"{month / number * 1e6:.2f}"]
        )
    return rows


#: Run in a process of its own, so that the peak is Preston's alone.
PRESTON: Final = """
import json, resource, sys, time
from sim.core.registry import POLICIES, SHOCKS
from sim.economy import Economy
from sim.settings.load import load_scenario
imported = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
began = time.process_time()
economy = Economy(load_scenario("preston/business-as-usual", POLICIES, SHOCKS), seed=1)
opened, seconds = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time() - began
economy.run(int(sys.argv[1]))
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
run = time.process_time() - began - seconds
print(json.dumps([len(economy.residents), imported, opened, peak, seconds, run]))
"""


def preston_memory(months: int) -> list[list[str]]:
    """Peak resident memory after the imports, after opening and burn-in, and after the run."""
    unit = 1024.0**2 if sys.platform == "darwin" else 1024.0
    done = subprocess.run([sys.executable, "-c", PRESTON, str(months)], cwd=ROOT, env=environment(), capture_output=True, check=True)
    number, imported, opened, peak, building, running = json.loads(done.stdout)
    return [
        ["imports alone", f"{imported / unit:.0f}", "", ""],
        ["opening and burn-in", f"{opened / unit:.0f}", f"{building:.1f}", ""],
        [f"{months} months, measured", f"{peak / unit:.0f}", f"{running:.1f}", f"{(peak - imported) * 1024 / number:.0f}"],
    ]


def environment() -> dict[str, str]:
    """The environment in which a process of its own finds the package."""
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def help_cost(repeats: int) -> list[list[str]]:
    """Seconds on the clock from start to end of a process: Python alone, the bare package, the command's help."""
    commands = {
        "python, nothing": ["-c", "pass"],
        "import sim": ["-c", "import sim"],
        "localwealth --help": ["-m", "sim", "--help"],
        "import sim.economy": ["-c", "import sim.economy"],
    }
    rows, bare = [], 0.0
    for name, arguments in commands.items():
        seconds = min(clock([sys.executable, *arguments]) for _ in range(repeats))
        bare = bare or seconds
        rows.append([name, f"{seconds:.2f}", f"{seconds - bare:.2f}"])
    return rows


def clock(command: Sequence[str]) -> float:
    """Seconds on the clock from start to end of a process."""
    began = perf_counter()
    subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, check=True)
    return perf_counter() - began


def write_table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table with columns as wide as they need."""
    widths = [max(len(row[column]) for row in (heads, *rows)) for column in range(len(heads))]
    lines = [title, *("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in (heads, *rows))]
    lines.insert(2, "  ".join("-" * width for width in widths))
    sys.stdout.write("\n".join(lines) + "\n\n")
    sys.stdout.flush()


def missed_memory(rows: Sequence[Sequence[str]]) -> list[str]:
    """What the table of memory says against its bound."""
    peak = float(rows[-1][1])
    return [f"Preston took {peak:.0f} MiB, and at most {MOST_MEMORY:.0f} is promised"] if peak > MOST_MEMORY else []


def missed_ratio(rows: Sequence[Sequence[str]]) -> list[str]:
    """What the race says against its bounds: the ratio, and that both tell the same month."""
    ratio = float(rows[1][3].removeprefix("1/"))
    slow = [f"columns are {ratio:.1f} times as fast as objects, and at least {LEAST_RATIO:.0f} times is promised"]
    wrong = [f"the same pence after it: {rows[2][1]}"]
    return (slow if ratio < LEAST_RATIO else []) + (wrong if rows[2][1] != "yes" else [])


def missed_growth(rows: Sequence[Sequence[str]]) -> list[str]:
    """What the table of sizes says against its bound."""
    middle, largest = (float(row[-1]) for row in rows[1:3])
    times = f"{largest / middle:.2f} times as much at {SIZES[2]:,} as at {SIZES[1]:,}"
    said = f"a resident costs {times}, and at most {MOST_GROWTH:.0f} is promised"
    return [said] if largest > MOST_GROWTH * middle else []


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benches asked for, all of them without an argument; 1 when a bound is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.month", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=BENCHES, default=BENCHES)
    chosen = parser.parse_args(arguments).only
    missed: list[str] = []
    # First, while this process is small: Linux counts what a parent held when it started a process in the peak of that process.
    if "memory" in chosen:
        heads = [f"Preston, {PRESTON_MONTHS} months", "peak MiB", "seconds", "bytes a resident beyond imports"]
        rows = preston_memory(PRESTON_MONTHS)
        write_table("Memory of a full-size run", heads, rows)
        missed += missed_memory(rows)
    if "help" in chosen:
        write_table("What help costs", ["process", "seconds", "beyond Python itself"], help_cost(repeats=5))
    if "objects" in chosen:
        heads = ["one month, 100,000 residents", "seconds", "microseconds a resident", "ratio"]
        rows = plain_against_columns(repeats=3)
        write_table("Objects against columns", heads, rows)
        missed += missed_ratio(rows)
    if "sizes" in chosen:
        heads = ["residents", "firms", "opening, s", "month, s", "month and measures, s", "month, microseconds a resident"]
        rows = cost_by_size(repeats=3)
        write_table("The month in columns by size", heads, rows)
        missed += missed_growth(rows)
    for line in missed:
        sys.stderr.write(f"Bound missed: {line}.\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
