"""What a month costs by size, side by side and in one run: ``python -m tests.bench.scale``.

Three tables, each at 10,000, 100,000 and 1,000,000 residents: the month in columns beside the month in plain objects and beside the
time in which the machine copies as many bytes as the month must touch; the peak memory of ten years; and what the command takes to
start. Every size has a process of its own. Times are the processor's and the best of the repeats, since other work may share the
machine. When a bound that we promise is missed, a line says so and the exit code is 1.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, Final

import numpy as np

from tests.bench.month import LEAST_RATIO, ROOT, SIZES, best, clock, environment, plain_race, town_with, write_table

MONTHS: Final = 120
#: What we promise: the month against the floor at the largest size, the peak of ten years there, and seconds of the command's help.
MOST_FLOORS: Final = 10.0
MOST_MEMORY: Final = 3e9 / 1024**2
MOST_SECONDS: Final = 0.5
BENCHES: Final = ("month", "memory", "start")
STARTS: Final = ("--help", "list places")


def bytes_touched(economy: Any) -> tuple[int, int]:
    """Bytes of columns and accounts that one month reads and writes, each counted once however often it is touched.

    A column is read when a month asks for it, and written when it is another one afterwards. Of the ledger, a month reads the balance,
    limit, sector and opening balance of every account, and writes two of them.
    """
    from sim.core.columns import Table

    tables = [value for value in vars(economy).values() if isinstance(value, Table)]
    before = {(id(table), name): table[name].copy() for table in tables for name in table.columns}
    asked: set[tuple[int, str]] = set()
    usual: Callable[[Any, str], Any] = Table.__getitem__

    def noted(table: Any, name: str) -> Any:
        asked.add((id(table), name))
        return usual(table, name)

    Table.__getitem__ = noted  # type: ignore[method-assign]
    try:
        economy.advance()
    finally:
        Table.__getitem__ = usual  # type: ignore[method-assign]
    accounts = economy.ledger.balance.nbytes
    read, written = 4 * accounts, 2 * accounts
    for table in tables:
        for name in table.columns:
            values = table[name]
            read += values.nbytes if (id(table), name) in asked else 0
            written += 0 if np.array_equal(values, before[id(table), name]) else values.nbytes
    return read, written


def copying(moved: int, repeats: int) -> float:
    """Seconds in which the machine moves so many bytes: a copy of half of them reads the one half and writes the other."""
    source = np.ones(moved // 16)
    target = np.empty_like(source)
    return best(lambda: np.copyto(target, source), repeats)


def measure_month(adults: int, repeats: int) -> None:
    """For a process of its own: print what a month costs at a size, and its floor."""
    economy = town_with(adults)
    read, written = bytes_touched(economy)
    month, step = best(economy.advance, repeats), best(economy.step, repeats)
    say([len(economy.residents), read, written, copying(read + written, 9), month, step])


def measure_plain(adults: int, repeats: int) -> None:
    """For a process of its own: print what one and the same month costs in plain objects and in columns, and whether both agree."""
    say(plain_race(adults, repeats))


def measure_memory(adults: int, months: int) -> None:
    """For a process of its own: print residents, the peak after the imports, after the opening and after the months, and seconds."""
    import sim.economy  # noqa: F401  what every run imports is no cost of its size

    peaks = [_peak()]
    economy = town_with(adults)
    # As runs are: this month's bookings are kept for the measures.
    economy.ledger.keep_journal = True
    peaks.append(_peak())
    seconds = best(lambda: economy.run(months), 1)
    say([len(economy.residents), *peaks, _peak(), seconds])


def say(facts: Sequence[object]) -> None:
    """Print facts for the process that asked."""
    sys.stdout.write(json.dumps(facts))


def _peak() -> float:
    """Peak memory of this process so far, MiB."""
    unit = 1024.0**2 if sys.platform == "darwin" else 1024.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def apart(call: str) -> Any:
    """What a function of this file prints in a process of its own."""
    command = [sys.executable, "-c", f"from tests.bench.scale import *; {call}"]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def month_by_size(sizes: Sequence[int], repeats: int) -> tuple[list[list[str]], list[str]]:
    """The table of the month, and the bounds it misses."""
    rows, missed = [], []
    for adults in sizes:
        residents, read, written, floor, month, step = apart(f"measure_month({adults}, {repeats})")
        objects, columns, wrong = apart(f"measure_plain({adults}, {1 if adults >= SIZES[-1] else repeats})")
        cells = [
            f"{objects:.3f}",
            f"{objects / columns:.0f}",
            f"{(read + written) / residents:.0f}",
            f"{floor:.5f}",
            f"{month / floor:.1f}",
        ]
        rows.append([f"{residents:,}", f"{month:.4f}", f"{step:.4f}", *cells, wrong or "yes"])
        if wrong:
            missed.append(f"the same pence at {residents:,} residents: {wrong}")
        if adults >= SIZES[1] and objects < LEAST_RATIO * columns:
            missed.append(f"columns are {objects / columns:.1f} times as fast as objects, and at least {LEAST_RATIO:.0f} times is promised")
        if adults >= SIZES[-1] and month > MOST_FLOORS * floor:
            missed.append(f"a month takes {month / floor:.1f} times the floor, and at most {MOST_FLOORS:.0f} times is the goal")
    return rows, missed


def memory_by_size(sizes: Sequence[int], months: int) -> tuple[list[list[str]], list[str]]:
    """The table of memory, and the bound it misses."""
    rows, missed = [], []
    for adults in sizes:
        residents, imported, opened, peak, seconds = apart(f"measure_memory({adults}, {months})")
        each = (peak - imported) * 1024**2 / residents
        rows.append([f"{residents:,}", f"{imported:.0f}", f"{opened:.0f}", f"{peak:.0f}", f"{each:,.0f}", f"{seconds:.1f}"])
        if peak > MOST_MEMORY:
            missed.append(f"{residents:,} residents took {peak:.0f} MiB, and at most {MOST_MEMORY:.0f} is promised")
    return rows, missed


def starting(repeats: int) -> tuple[list[list[str]], list[str]]:
    """The table of what the command takes to start, and the bound it misses."""
    commands = {"python, nothing": ["-c", "pass"]} | {f"localwealth {words}": ["-m", "sim", *words.split()] for words in STARTS}
    rows, missed = [], []
    for name, command in commands.items():
        took = [(clock([sys.executable, *command]), _of_children()) for _ in range(repeats + 1)]
        seconds = min(after - before for (_, before), (_, after) in pairwise(took))
        rows.append([name, f"{seconds:.2f}", f"{min(found for found, _ in took):.2f}"])
        if name.endswith("--help") and seconds > MOST_SECONDS:
            missed.append(f"help takes {seconds:.2f} s, and at most {MOST_SECONDS} is promised")
    return rows, missed


def _of_children() -> float:
    """Seconds of the processor that the processes started here have taken so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benches asked for, all of them without an argument; 1 when a bound is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.scale", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=BENCHES, default=BENCHES)
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES, help="adults of the towns")
    parser.add_argument("--months", type=int, default=MONTHS, help="months of the table of memory")
    parser.add_argument("--repeats", type=int, default=5)
    given = parser.parse_args(arguments)
    missed: list[str] = []
    if "start" in given.only:
        rows, found = starting(given.repeats)
        write_table("What the command takes to start", ["process", "processor, s", "clock, s"], rows)
        missed += found
    if "month" in given.only:
        heads = [
            "residents",
            "month, s",
            "and measures, s",
            "in objects, s",
            "times",
            "bytes a resident",
            "floor, s",
            "floors",
            "same pence",
        ]
        rows, found = month_by_size(given.sizes, given.repeats)
        write_table("The month in columns, in plain objects, and the floor: as many bytes copied", heads, rows)
        missed += found
    if "memory" in given.only:
        heads = ["residents", "imports, MiB", "opening, MiB", "peak, MiB", "bytes a resident", "seconds"]
        rows, found = memory_by_size(given.sizes, given.months)
        write_table(f"Peak memory of {given.months} months", heads, rows)
        missed += found
    for line in missed:
        sys.stderr.write(f"Bound missed: {line}.\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
