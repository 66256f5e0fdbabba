"""A reader fuzzed by atheris (libFuzzer for Python), guided by coverage; an option for who has installed it: nothing here needs it."""

from __future__ import annotations

import os
import sys
import tempfile
from collections import Counter
from pathlib import Path
from random import Random
from time import monotonic
from typing import Any, Final

__all__ = ["guided"]

#: Code that tells atheris of its branches is so many times slower, the first run of it too.
SLOWER: Final = 10.0


def guided(name: str, inputs: int, seed: int, seconds: float, keep: Path) -> int:
    """Read inputs that atheris makes, three in four as they are and one in four further changed by the maker of the reader.

    Parameters
    ----------
    name : str
        Which reader.
    inputs : int
        How many.
    seed : int
        Of the luck of atheris.
    seconds : float
        Time by the clock after which no more are read.
    keep : Path
        Folder for an input that shows a fault: the first ends the run.
    """
    import atheris

    with atheris.instrument_imports(include=["sim", "ruamel"]):
        from . import judging
        from .judging import came_of, watched
        from .loop import fitting
        from .makers import MAKERS
        from .readers import READERS, kept_files

        folder = Path(tempfile.mkdtemp())
        reader = READERS[name](folder)
        with watched(), kept_files():
            maker = MAKERS[name](True, fitting(name, folder))
    judging.MOST_SECONDS *= SLOWER
    counts: Counter[str] = Counter()
    until = monotonic() + seconds
    starts = folder / "starts"
    starts.mkdir()
    for number, start in enumerate(maker.starts[:300]):
        (starts / str(number)).write_bytes(start)

    def one(content: bytes) -> None:
        came = came_of(reader, content)
        counts[came.what] += 1
        if came.fault:
            keep.mkdir(parents=True, exist_ok=True)
            (keep / f"{name}-guided.bin").write_bytes(content)
            raise RuntimeError(f"{came.what}\n{came.more}")
        if counts.total() >= inputs or monotonic() > until:
            _told(name, counts)

    def other(content: bytes, most: int, luck: int) -> Any:
        random = Random(luck)
        return (atheris.Mutate(content, most) if random.random() < 0.75 else maker.make(random))[:most]

    options = [sys.argv[0], f"-seed={seed}", "-max_len=3000", "-verbosity=0", "-print_final_stats=0", str(starts)]
    with watched(), kept_files():
        atheris.Setup(options, one, custom_mutator=other)
        atheris.Fuzz()
    return 0


def _told(name: str, counts: Counter[str]) -> None:
    """Print the count and end: libFuzzer never comes back."""
    sys.stdout.write(f"{name}: {sum(counts.values()):,} inputs by atheris, no fault\n")
    sys.stdout.writelines(f"    {count:>10,}  {what}\n" for what, count in counts.most_common())
    sys.stdout.flush()
    os._exit(0)
