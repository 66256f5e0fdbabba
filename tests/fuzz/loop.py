"""Inputs one after the other in this process, what came of them counted."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from time import monotonic, process_time
from typing import Any, Final

from .judging import MOST_MIB, Came, came_of, most_mib, watched
from .makers import MAKERS
from .readers import READERS, Reader, kept_files
from .seen_lines import SeenLines
from .smaller import smaller

__all__ = ["Tally", "fuzz", "number_of"]

#: Bits of the filter that tells inputs seen before from new ones; two of a million share one by chance in less than a hundredth.
BITS: Final = 2**27
#: Inputs between two looks at memory, and inputs kept of one fault.
OFTEN: Final = 200
MOST_OF_ONE: Final = 3
#: So many inputs or fewer are made from a few of the shipped files: reading all of them would take longer.
FEW: Final = 1000


@dataclass
class Tally:
    """What came of the inputs of one run.

    Parameters
    ----------
    inputs, distinct : int
        Inputs read; those that were not the same bytes as one before (a few too few).
    came : Counter
        By what came of them.
    faults : dict
        By fault: inputs that showed it, as hexadecimal digits, and what is known.
    seconds, slowest, mib : float
        Processor time of all, of the slowest input, and the most memory in use, MiB.
    lines : int
        Lines of the program that ran for the first time while inputs were read; nought before Python 3.12.
    """

    inputs: int = 0
    distinct: int = 0
    came: Counter[str] = field(default_factory=Counter)
    faults: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    seconds: float = 0.0
    slowest: float = 0.0
    mib: float = 0.0
    lines: int = 0

    def add(self, came: Came, content: bytes) -> None:
        """Count one input."""
        self.inputs += 1
        self.came[came.what] += 1
        self.slowest = max(self.slowest, came.seconds)
        if came.fault:
            found = self.faults.setdefault(came.what, [])
            if len(found) < MOST_OF_ONE:
                found.append((content.hex(), came.more))

    def as_dict(self) -> dict[str, Any]:
        """Plain values."""
        return {name: getattr(self, name) for name in self.__slots__} if hasattr(self, "__slots__") else dict(vars(self))


def number_of(came: Mapping[str, int], begin: str) -> int:
    """How many inputs came to something whose words begin so."""
    return sum(count for what, count in came.items() if what.startswith(begin))


def fuzz(
    name: str, inputs: int, seed: int, folder: Path, seconds: float = 1e9, first: int = 0, tell: Callable[[Tally], None] | None = None
) -> Tally:
    """Read so many inputs, or as many as there is time for.

    Parameters
    ----------
    name : str
        Which reader.
    inputs : int
        How many inputs.
    seed : int
        Of the luck by which they are made. Before Python 3.12 the same seed makes the same inputs; later what ran before counts too.
    folder : Path
        Where files are written.
    seconds : float
        Time by the clock after which no more are read.
    first : int
        Number of the first input.
    tell : callable, optional
        Called now and then with the count so far.
    """
    reader, tally, random, seen = READERS[name](folder), Tally(), Random(), bytearray(BITS // 8)
    began, clock = process_time(), monotonic()
    # A process that has had more in use before, as one that runs other tests may have, is held to what the readers add.
    most = max(MOST_MIB, most_mib() + MOST_MIB / 2)
    with watched(), kept_files(), SeenLines() as lines:
        maker = MAKERS[name](inputs <= FEW, fitting(name, folder))
        for start in maker.starts[:3]:
            came_of(reader, start)
        before = lines.lines
        for number in range(first, first + inputs):
            random.seed((seed << 40) + number)
            content = maker.make(random)
            came = _judged(reader, content)
            tally.add(came, content)
            bit = hash(content) % BITS
            tally.distinct += not seen[bit >> 3] >> (bit & 7) & 1
            seen[bit >> 3] |= 1 << (bit & 7)
            if lines.lines > before:
                before = lines.lines
                maker.keep(content, came.what == "read")
            if tally.inputs % OFTEN == 0:
                _look(tally, content, most)
                if monotonic() - clock > seconds:
                    break
                if tell and tally.inputs % (25 * OFTEN) == 0:  # a sign of life is the file of the input itself
                    tally.seconds, tally.lines = process_time() - began, lines.lines
                    tell(tally)
        _end(reader, tally)
    _look(tally, b"", most)
    tally.seconds, tally.lines = process_time() - began, lines.lines
    return tally


def fitting(name: str, folder: Path) -> Callable[[bytes], bool]:
    """Whether an input is read, asked of a reader of its own."""
    reader = READERS[name](folder)
    return lambda content: came_of(reader, content).what == "read"


def _judged(reader: Reader, content: bytes) -> Came:
    """What came of an input; where a fault shows only when tables are put together, the input to blame is looked for."""
    came = came_of(reader, content)
    if not came.fault or not reader.together:
        return came
    return _blamed(reader, came)


def _blamed(reader: Reader, came: Came) -> Came:
    """The fault with the input that has it alone, when one does."""
    together, reader.together = reader.together, []
    alone = type(reader)(reader.folder)
    for content in together:
        again = came_of(alone, content, finish=True)
        if again.fault:
            return Came(again.what, f"alone: {content.hex()}\n{again.more}", came.seconds)
    return Came(came.what, f"together only: {' '.join(content.hex() for content in together)}\n{came.more}", came.seconds)


def _end(reader: Reader, tally: Tally) -> None:
    """Put together what is left."""
    together = list(reader.together)
    if together:
        came = came_of(reader, together[-1], finish=True)
        if came.fault:
            reader.together = together
            came = _blamed(reader, came)
            tally.came[came.what] += 1
            tally.faults.setdefault(came.what, []).append((together[-1].hex(), came.more))


def _look(tally: Tally, content: bytes, most: float) -> None:
    """Memory so far; too much is a fault."""
    tally.mib = most_mib()
    if tally.mib > most:
        tally.faults.setdefault("fault: memory", []).append((content.hex(), f"{tally.mib:.0f} MiB by input {tally.inputs}"))
        tally.came["fault: memory"] = len(tally.faults["fault: memory"])


def keep_faults(name: str, tally: Tally, folder: Path, keep: Path) -> list[Path]:
    """Write each fault's smallest input and what is known of it."""
    reader, written = READERS[name](folder), []
    keep.mkdir(parents=True, exist_ok=True)
    for number, (what, found) in enumerate(sorted(tally.faults.items())):
        content, more = min(found, key=lambda one: len(one[0]))
        raw = bytes.fromhex(more.partition("alone: ")[2].split("\n")[0] if more.startswith("alone: ") else content)
        path = keep / f"{name}-{number}-{os.getpid()}.bin"
        path.write_bytes(smaller(reader, raw, what))
        path.with_suffix(".txt").write_text(f"{what}\n{more}\n", encoding="utf-8", errors="backslashreplace")
        written.append(path)
    return written


def written(tally: Tally) -> str:
    """The tally as JSON."""
    return json.dumps(tally.as_dict())
