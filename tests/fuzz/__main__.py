"""Fuzz one reader: ``python -m tests.fuzz READER --inputs N --seed K``; in parts with ``--tally FILE``, shown by ``--report FOLDER``."""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path

from .guard import guarded, table
from .kept import KeptTally, report
from .loop import Tally
from .readers import READERS


def main() -> int:
    """Run as asked and print a table; 1 when there was a fault."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("reader", choices=sorted(READERS), nargs="?", help="whose inputs are made")
    parser.add_argument("--inputs", type=int, default=10_000, help="how many")
    parser.add_argument("--first", type=int, help="number of the first input; where the tally ends when left out, or 0")
    parser.add_argument("--seconds", type=float, default=1e9, help="stop after so many seconds by the clock")
    parser.add_argument("--seed", type=int, default=1, help="of the luck by which inputs are made")
    parser.add_argument("--keep", type=Path, default=Path("fuzz-found"), help="folder for inputs that show a fault, made small")
    parser.add_argument("--tally", type=Path, help="file to which the counts are added, every few thousand inputs")
    parser.add_argument("--report", type=Path, metavar="FOLDER", help="print a table of the tallies of a folder and end")
    parser.add_argument("--guided", action="store_true", help="by atheris, where it is installed: guided by coverage, in one process")
    given = parser.parse_args()
    if given.report:
        sys.stdout.write(report(given.report))
        return 0
    if given.reader is None:
        parser.error("name a reader, or give --report FOLDER")
    if given.guided:
        from .guided import guided

        return guided(given.reader, given.inputs, given.seed, given.seconds, given.keep)
    return _run(given)


def _run(given: argparse.Namespace) -> int:
    """Read inputs, kept in the tally when one is given."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the process that reads is ended too
    kept = KeptTally(given.tally, given.reader, given.seed) if given.tally else None
    first = given.first if given.first is not None else kept.first if kept else 0

    def tell(tally: Tally, died: list[str], after: int) -> None:
        if kept:
            kept.write(tally, died, after)

    tally, died = guarded(given.reader, given.inputs, given.seed, given.seconds, given.keep, first, tell)
    sys.stdout.write(table(given.reader, tally, died))
    return 1 if tally.faults or died else 0


if __name__ == "__main__":
    sys.exit(main())
