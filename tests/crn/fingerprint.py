"""Prints the fingerprint of a run: ``python tests/crn/fingerprint.py [SCENARIO] [MONTHS] [SEED] [--months]``.

The usual is anytown/full-package, 24 months, seed 1. Two interpreters, machines or versions of a library agree when they print the
same; what is printed is also kept in tests/baseline/pence and so compared in every test run. With ``--months`` each month has
its own line, to find where two part.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the fingerprint."""
    from support.fingerprint import MONTHS, SCENARIO, SEED, fingerprint

    parser = argparse.ArgumentParser(description="Fingerprint of a run.")
    parser.add_argument("scenario", nargs="?", default=SCENARIO)
    parser.add_argument("months", nargs="?", type=int, default=MONTHS)
    parser.add_argument("seed", nargs="?", type=int, default=SEED)
    parser.add_argument("--months", dest="monthly", action="store_true", help="a line for each month")
    given = parser.parse_args(arguments)
    print("\n".join(fingerprint(given.scenario, given.months, given.seed, monthly=given.monthly)))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parents[2])]
    raise SystemExit(main())
