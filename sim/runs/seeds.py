"""Which seeds to run: from numbers and text to whole seeds in order, and back to the command line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from operator import index
from typing import Any, Final

from sim.errors import InputError
from sim.runs.scenarios import usage_error

__all__ = ["chosen_seeds", "parse_seeds", "seed_list", "seed_options"]

MOST_SEEDS: Final = 100_000
LARGEST_SEED: Final = 2**31 - 1


def parse_seeds(text: str) -> int | list[int]:
    """Seeds as the command line gives them.

    Parameters
    ----------
    text : str
        "30" for the seeds 1 to 30, or a list such as "3,7" or "1-10,15".

    Raises
    ------
    sim.errors.InputError
        For anything else.

    Examples
    --------
    >>> parse_seeds("30"), parse_seeds("1-3,9")
    (30, [1, 2, 3, 9])
    """
    plain = text.replace(" ", "")
    if re.fullmatch(r"[0-9]{1,9}", plain):
        return int(plain)
    found: list[int] = []
    for part in plain.split(","):
        ends = re.fullmatch(r"([0-9]{1,9})(?:-([0-9]{1,9}))?", part)
        if ends is None:
            raise usage_error("--seeds", text, "a number of seeds, or a list such as 1-10,15", "write 30", "these are no seeds")
        first, last = int(ends[1]), int(ends[2] or ends[1])
        if not first <= last < first + MOST_SEEDS:
            raise usage_error(
                "--seeds", text, "a list such as 1-10,15", f"write {last}-{first}" if last < first else "write 30", "these are no seeds"
            )
        found.extend(range(first, last + 1))
    return found


def chosen_seeds(text: str | None, single: Sequence[int] | None, usual: int) -> int | list[int]:
    """Seeds from the two options of a command: a text, or single seeds; the usual number when neither is given.

    Raises
    ------
    sim.errors.InputError
        When both are given.

    Examples
    --------
    >>> chosen_seeds(None, [7], 30), chosen_seeds("5", None, 30), chosen_seeds(None, None, 30)
    ([7], 5, 30)
    """
    if text is not None and single:
        raise usage_error("--seed", list(single), "--seeds or --seed, not both", "leave one out", "seeds are given in two ways")
    if single:
        return list(single)
    return usual if text is None else parse_seeds(text)


def seed_list(seeds: int | Sequence[int]) -> tuple[int, ...]:
    """Seeds in order.

    Parameters
    ----------
    seeds : int or sequence of int
        A number n means the seeds 1 to n.

    Raises
    ------
    sim.errors.InputError
        For no seeds, too many, a seed below nought or above `LARGEST_SEED`, or one given twice.

    Examples
    --------
    >>> seed_list(3), seed_list([9, 7])
    ((1, 2, 3), (7, 9))
    """
    try:
        given = _whole_seeds(seeds)
    except TypeError:
        allowed = "a number of seeds, or whole seeds of nought or more"
        raise usage_error("seeds", seeds, allowed, "write 30", "these are no seeds") from None
    if not 0 < len(given) <= MOST_SEEDS:
        raise _wrong_number(seeds, len(given))
    ordered = tuple(sorted(given))
    twice = sorted({seed for seed, after in pairwise(ordered) if seed == after})
    if twice:
        shown = ", ".join(str(seed) for seed in twice)
        raise usage_error("seeds", shown, "each seed once", "leave out the second", "a seed is given twice, and would count as new luck")
    return ordered


def _whole_seeds(seeds: Any) -> Sequence[int]:
    """Seeds as whole numbers within their bounds, or a TypeError."""
    if isinstance(seeds, (str, bytes, bool)):
        raise TypeError
    if hasattr(seeds, "__index__"):
        if index(seeds) > MOST_SEEDS:
            raise _wrong_number(seeds, index(seeds))
        return range(1, index(seeds) + 1)
    whole = [index(seed) for seed in seeds]
    if any(isinstance(seed, bool) for seed in seeds):
        raise TypeError
    outside = [str(seed) for seed in whole if not 0 <= seed <= LARGEST_SEED]
    if outside:
        allowed = f"whole seeds from 0 to {LARGEST_SEED}"
        raise usage_error(
            "seeds", ", ".join(outside), allowed, f"write a seed of 0 to {LARGEST_SEED}, such as 1", "a seed is out of bounds"
        )
    return whole


def _wrong_number(seeds: Any, number: int) -> InputError:
    """The error for no seeds or too many."""
    return usage_error("seeds", seeds, f"1 to {MOST_SEEDS} seeds", "write 30", f"{number} seeds can't be run")


def seed_options(seeds: Sequence[int]) -> list[str]:
    """Seeds as the command line takes them.

    Examples
    --------
    >>> seed_options([1, 2, 3]), seed_options([2, 3, 4, 9]), seed_options([7])
    (['--seeds', '3'], ['--seeds', '2-4,9'], ['--seed', '7'])
    """
    if list(seeds) == list(range(1, len(seeds) + 1)):
        return ["--seeds", str(len(seeds))]
    if len(seeds) == 1:
        return ["--seed", str(seeds[0])]
    parts: list[list[int]] = []
    for seed in seeds:
        if parts and parts[-1][-1] == seed - 1:
            parts[-1].append(seed)
        else:
            parts.append([seed])
    return ["--seeds", ",".join(f"{part[0]}-{part[-1]}" if len(part) > 1 else str(part[0]) for part in parts)]
