"""``python -m tests.line_coverage``: run the tests, and say which lines of ``sim`` did not run and why.

Ends with 0 when at least 95% of the lines ran, each of the others has a reason in ``left``, and each reason there still holds.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from .lines import Line
from .measuring import ROOT, counted, run_tests
from .reasons import KINDS, LISTS, Findings, judge, listed

LEAST: Final = 0.95


def main(words: Sequence[str] | None = None) -> int:
    """Measure, or read a measurement, and judge it."""
    parser = argparse.ArgumentParser(prog="python -m tests.line_coverage", description=__doc__)
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep there what was counted; later runs of some tests add to it")
    parser.add_argument("--read", action="store_true", help="run no tests, read what is in the folder of --keep")
    parser.add_argument("tests", nargs="*", help="given to pytest, after --: for instance -- -n 2 tests/unit")
    given = parser.parse_args(words)
    if find_spec("coverage") is None:
        parser.error('coverage.py is needed: python -m pip install -e ".[test,coverage]"')
    if given.read and given.keep is None:
        parser.error("--read needs --keep FOLDER")
    with TemporaryDirectory() as passing:
        folder = given.keep or Path(passing)
        failed = 0 if given.read else run_tests(folder, given.tests)
        files = counted(folder)
    findings = judge(files, listed())
    enough = _tell(files, findings)
    if failed:
        _put(f"pytest ended with {failed}: lines of tests that failed may be missing.")
    return 0 if enough and not failed and not (findings.unexplained or findings.ran or findings.unclear) else 1


def _put(text: str) -> None:
    """A line on standard output."""
    sys.stdout.write(f"{text}\n")


def _tell(files: Mapping[str, Sequence[Line]], findings: Findings) -> bool:
    """Print what was found; whether enough lines ran."""
    rooms: dict[str, list[Line]] = {}
    for name, lines in files.items():
        rooms.setdefault(_room(name), []).extend(lines)
    every = [line for lines in files.values() for line in lines]
    for room, lines in [*sorted(rooms.items()), ("all", every)]:
        ran = sum(line.ran for line in lines)
        _put(f"{room:<16} {ran:>7,} of {len(lines):>7,} lines ran  {_share(lines):7.2%}")
    kinds = Counter(reason.kind for _, reason in findings.explained)
    for kind, number in kinds.most_common():
        _put(f"{number:>6} left, {kind}: {KINDS[kind]}")
    for line in findings.unexplained:
        _put(f"{line.file}:{line.number}: {line.function}: {line.text.strip()}")
    _put(f"{len(findings.unexplained)} lines did not run and have no reason in {LISTS.relative_to(ROOT)}")
    for name in findings.ran:
        _put(f"runs now, take it out of the list: {name}")
    for name in findings.unclear:
        _put(f"in the list, but not one line of the file: {name}")
    return _share(every) >= LEAST


def _room(file: str) -> str:
    """The folder of `sim` a file stands in."""
    parts = file.split("/")
    return ".".join(parts[:2]) if len(parts) > 2 else "sim"


def _share(lines: Sequence[Line]) -> float:
    """How many of the lines ran."""
    return sum(line.ran for line in lines) / max(len(lines), 1)


if __name__ == "__main__":
    sys.exit(main())
