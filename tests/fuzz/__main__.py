"""Fuzz one reader: ``python -m tests.fuzz READER --inputs N --seconds S --seed K``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .guard import guarded, table
from .readers import READERS


def main() -> int:
    """Run as asked and print a table; 1 when there was a fault."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("reader", choices=sorted(READERS), help="whose inputs are made")
    parser.add_argument("--inputs", type=int, default=10_000, help="how many")
    parser.add_argument("--seconds", type=float, default=1e9, help="stop after so many seconds by the clock")
    parser.add_argument("--seed", type=int, default=1, help="of the luck by which inputs are made")
    parser.add_argument("--keep", type=Path, default=Path("fuzz-found"), help="folder for inputs that show a fault, made small")
    parser.add_argument("--guided", action="store_true", help="by atheris, where it is installed: guided by coverage, in one process")
    given = parser.parse_args()
    if given.guided:
        from .guided import guided

        return guided(given.reader, given.inputs, given.seed, given.keep)
    tally, died = guarded(given.reader, given.inputs, given.seed, given.seconds, given.keep)
    sys.stdout.write(table(given.reader, tally, died))
    return 1 if tally.faults or died else 0


if __name__ == "__main__":
    sys.exit(main())
