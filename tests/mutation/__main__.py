"""Try the mutants of a group: ``python -m tests.mutation GROUP``."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from .changes import Mutant, Mutants
from .groups import ROOT, Group, group_names, read_group
from .sampling import drawn, score
from .trying import KILLED, TIMED_OUT, Trying

LETTERS = 110


def main() -> int:
    """Run as asked; 1 when a mutant survived that is not listed, or when the list says what is not so."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("group", choices=group_names(), help="whose mutants are tried")
    parser.add_argument("--only", default="", help="only files and functions whose 'file:function' holds this text")
    parser.add_argument("--sample", type=int, default=0, help="try about so many, drawn at random, of each file its part")
    parser.add_argument("--few", type=int, default=0, help="but no fewer than so many of each file")
    parser.add_argument("--keep", type=Path, help="a file to which each result is added as it comes")
    parser.add_argument("--names", type=Path, help="such a file: only the mutants in it")
    parser.add_argument("--seed", type=int, default=1, help="of the draw")
    parser.add_argument("--listed", action="store_true", help="try only those that are listed as survivors")
    parser.add_argument("--processes", type=int, default=1, help="how many at a time")
    given = parser.parse_args()
    group = read_group(given.group)
    mutants = {file: Mutants(ROOT, file) for file in group.files}
    known = {one.name for many in mutants.values() for one in many.all}
    chosen = [one for many in mutants.values() for one in many.all if given.only in f"{one.file}:{one.function}"]
    if given.listed:
        chosen = [one for one in chosen if one.name in group.listed]
    if given.sample and given.sample < len(chosen):
        chosen = drawn(chosen, given.sample, given.few, given.seed)
    if given.names:
        names = {tuple(json.loads(line)[:4]) for line in given.names.read_text(encoding="utf-8").splitlines()}
        chosen = [one for one in chosen if one.name in names]
    trying = Trying(ROOT, mutants, chosen, group, given.processes, given.keep)
    begun = time.monotonic()
    tests = [test for stage in group.stages for test in stage.tests]
    options = [
        "-q",
        "-s",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
        "-o",
        "addopts=--import-mode=importlib --doctest-modules",
        "--tb=native",
    ]
    pytest.main([*options, *tests], plugins=[trying])
    return report(group, chosen, known, trying, time.monotonic() - begun)


def report(group: Group, chosen: Sequence[Mutant], known: set[tuple[str, str, str, str]], trying: Trying, seconds: float) -> int:
    """Print what became of the mutants and return the exit code."""
    tell = sys.stdout.write
    for test in trying.failing:
        tell(f"fails without any change, and was left out: {test}\n")
    left = [one for one in chosen if trying.results.get(one.name) not in (KILLED, TIMED_OUT) and one.name not in group.listed]
    for one in left:
        tell(f"{one.file}:{one.lines.start} {one.function}: {trying.results.get(one.name)}\n    {one.was}\n -> {one.became}\n")
    gone = [name for name in group.listed if name not in known]
    wrong = [name for name in group.listed if trying.results.get(name) in (KILLED, TIMED_OUT)]
    for name in gone:
        tell(f"listed, but there is no such mutant any more: {name}\n")
    for name in wrong:
        tell(f"listed as one that survives, but {trying.results[name]} by {trying.killers[name] or 'the clock'}: {name}\n")
    tell(_table(group, chosen, trying, Counter(name[0] for name in known)))
    tell(f"{trying.tests} tests, {len(chosen)} mutants of {len(known)}, {seconds:.0f} s\n")
    return 1 if left or gone or wrong or trying.failing else 0


def _table(group: Group, chosen: Sequence[Mutant], trying: Trying, sizes: Mapping[str, int]) -> str:
    """Counts and scores: file by file, and all."""
    rows = [f"{'file':<46}{'mutants':>9}{'killed':>8}{'listed':>8}{'left':>6}{'score':>8}{'of all':>8}"]
    for file in [*dict.fromkeys(one.file for one in chosen), ""]:
        mine = [one for one in chosen if file in ("", one.file)]
        ends = Counter(
            "killed" if trying.results.get(one.name) in (KILLED, TIMED_OUT) else "listed" if one.name in group.listed else "left"
            for one in mine
        )
        could = len(mine) - ends["listed"]
        scores = f"{ends['killed'] / could if could else 1:>8.1%}{ends['killed'] / len(mine) if mine else 1:>8.1%}"
        rows.append(f"{file or 'all':<46}{len(mine):>9}{ends['killed']:>8}{ends['listed']:>8}{ends['left']:>6}{scores}")
    tried = [one for one in chosen if one.name not in group.listed or trying.results.get(one.name) in (KILLED, TIMED_OUT)]
    for what, some in (("listed ones left out", tried), ("of all", chosen)):
        outcomes = [(one.file, trying.results.get(one.name) in (KILLED, TIMED_OUT)) for one in some]
        share, low, high = score(outcomes, sizes)
        rows.append(
            f"score, each file by its mutants, {what}: {share:.1%}; 95% interval, were these a random sample: {low:.1%} to {high:.1%}"
        )
    return "\n".join([*rows, *_sorts(group, chosen, trying), ""])


def _sorts(group: Group, chosen: Sequence[Mutant], trying: Trying) -> list[str]:
    """How many were killed by each stage's tests, all stages before it having passed, and what became of the others."""
    found: Counter[str] = Counter()
    for one in chosen:
        result, killer = trying.results.get(one.name, ""), trying.killers.get(one.name, "")
        found[next((f"killed {stage.name}" for stage in group.stages if killer and stage.has(killer)), result)] += 1
    return [f"{number:6d} {result}" for result, number in found.most_common()]


if __name__ == "__main__":
    sys.exit(main())
