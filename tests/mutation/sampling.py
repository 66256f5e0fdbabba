"""A random part of all mutants, some of each file, and the score that it speaks for."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from math import sqrt

from .changes import Mutant

#: Two-sided 95% point of the normal distribution.
Z = 1.959964


def drawn(mutants: Sequence[Mutant], size: int, few: int, seed: int) -> list[Mutant]:
    """About so many mutants: of each file its part, but no fewer than a few, or all where there are no more."""
    luck, found = random.Random(seed), []
    for file in sorted({one.file for one in mutants}):
        mine = [one for one in mutants if one.file == file]
        found += luck.sample(mine, min(len(mine), max(few, round(size * len(mine) / len(mutants)))))
    return found


def score(outcomes: Sequence[tuple[str, bool]], sizes: Mapping[str, int]) -> tuple[float, float, float]:
    """Share killed, each file with the weight of all its mutants, and its 95% interval.

    The interval is Wilson's, for as many independent mutants as the weighted sample is worth.

    Parameters
    ----------
    outcomes : sequence of (str, bool)
        File of each mutant tried, and whether it was killed.
    sizes : mapping of str to int
        All mutants of each file.

    Examples
    --------
    >>> [round(value, 3) for value in score([("a.py", True)] * 9 + [("a.py", False)], {"a.py": 100})]
    [0.9, 0.596, 0.982]
    """
    by_file: dict[str, list[bool]] = {}
    for file, killed in outcomes:
        by_file.setdefault(file, []).append(killed)
    if not by_file:
        return 1.0, 0.0, 1.0
    total = sum(sizes[file] for file in by_file)
    weights = {file: sizes[file] / total for file in by_file}
    share = sum(weights[file] * sum(found) / len(found) for file, found in by_file.items())
    worth = 1.0 / sum(weights[file] ** 2 / len(found) for file, found in by_file.items())
    middle = (share + Z * Z / (2 * worth)) / (1 + Z * Z / worth)
    half = Z * sqrt(share * (1 - share) / worth + Z * Z / (4 * worth * worth)) / (1 + Z * Z / worth)
    return share, middle - half, middle + half
