"""Warnings of runs told once each, with the runs that gave them and the months in which they did."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

__all__ = ["CountedWarning", "counted_warnings"]

_DATED: Final = re.compile(r"month (\d+): (.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class CountedWarning:
    """One warning of several runs.

    Parameters
    ----------
    words : str
        What is warned of, without the month.
    runs, of : int
        Runs that warned, and all runs.
    first, last : int or None
        First and last month in which one did; None where warnings of this kind name none.

    Examples
    --------
    >>> CountedWarning("the credit union failed", 5, 8, 38, 94).where
    'in 5 of 8 runs, months 38 to 94'
    """

    words: str
    runs: int
    of: int
    first: int | None = None
    last: int | None = None

    @property
    def where(self) -> str:
        """In how many runs, and in which months."""
        runs = (
            "in the one run" if self.of == 1 else f"in all {self.of} runs" if self.runs == self.of else f"in {self.runs} of {self.of} runs"
        )
        if self.first is None:
            return runs
        return f"{runs}, month {self.first}" if self.first == self.last else f"{runs}, months {self.first} to {self.last}"


def counted_warnings(given: Mapping[int, Collection[str]], usual: Mapping[int, Collection[str]] | None = None) -> list[CountedWarning]:
    """The warnings of some runs, each once, those of most runs first.

    Parameters
    ----------
    given : mapping of int to collection of str
        Warnings of each run, by seed; a run without any counts among all.
    usual : mapping of int to collection of str, optional
        Warnings of the paired runs: what a run shares with its pair is left out.

    Examples
    --------
    >>> found = counted_warnings({1: ["month 3: it failed"], 2: ["month 9: it failed"], 3: []})
    >>> found[0].words, found[0].where
    ('it failed', 'in 2 of 3 runs, months 3 to 9')
    """
    months: dict[str, list[int]] = {}
    runs: dict[str, set[int]] = {}
    for seed, warnings in given.items():
        shared = {_parted(warning)[0] for warning in (usual or {}).get(seed, ())}
        for words, month in map(_parted, warnings):
            if words not in shared:
                runs.setdefault(words, set()).add(seed)
                months.setdefault(words, []).extend([] if month is None else [month])
    found = [
        CountedWarning(words, len(seeds), len(given), min(months[words], default=None), max(months[words], default=None))
        for words, seeds in runs.items()
    ]
    return sorted(found, key=lambda one: (-one.runs, one.words))


def _parted(warning: str) -> tuple[str, int | None]:
    """What is warned of, and the month where it is named."""
    found = _DATED.fullmatch(warning)
    return (warning, None) if found is None else (found[2], int(found[1]))
