"""Why lines do not run in the tests: the lists in ``left``, one for each room, held against what was counted.

An entry names a file, a function and a piece of a line, never its number, so it stays true when something above it changes. It speaks for
that line and for what stands deeper below it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from .lines import Line, block

__all__ = ["KINDS", "LISTS", "Findings", "Reason", "judge", "listed", "place_of", "read"]

LISTS: Final = Path(__file__).with_name("left")
#: What keeps a line from running.
KINDS: Final[Mapping[str, str]] = {
    "system": "another operating system, or a machine without what this one has",
    "version": "another version of Python or of a library",
    "chance": "two things at the same moment, which no test can bring about for sure",
    "end": "a process that is ended before it can write down what it did",
    "guard": "stands against a fault elsewhere; nothing that is read or called leads there",
    "copy": "tests run it in a copy of the package, whose lines are not those of sim",
    "long": "a test marked long, or a tool that is no part of the tests, does it",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why some lines do not run.

    Parameters
    ----------
    file, function : str
        Where they stand.
    lines : tuple of str
        A piece of the text of each.
    kind : str
        One of `KINDS`.
    why : str
        The reason, in a sentence.
    """

    file: str
    function: str
    lines: tuple[str, ...]
    kind: str
    why: str


@dataclass(slots=True)
class Findings:
    """What came of holding the list against what was counted.

    Parameters
    ----------
    unexplained : list of Line
        Lines that did not run and have no reason.
    explained : list of (Line, Reason)
        Lines that did not run and have one.
    ran : list of str
        Entries whose lines have all run.
    unclear : list of str
        Entries that no line, or more than one, answers to.
    """

    unexplained: list[Line] = field(default_factory=list)
    explained: list[tuple[Line, Reason]] = field(default_factory=list)
    ran: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)


def read(text: str) -> list[Reason]:
    """The entries of a list.

    Parameters
    ----------
    text : str
        TOML with a table ``left`` for each entry.

    Returns
    -------
    list of Reason

    Raises
    ------
    ValueError
        When an entry is not whole or its kind is unknown.
    """
    found = []
    for entry in tomllib.loads(text).get("left", []):
        if set(entry) != {"file", "function", "lines", "kind", "why"} or not entry["lines"] or not entry["why"].strip():
            raise ValueError(f"an entry needs file, function, lines, kind and why, and has {entry}")
        if entry["kind"] not in KINDS:
            raise ValueError(f"{entry['file']}: the kind {entry['kind']} is none of {', '.join(KINDS)}")
        found.append(Reason(**entry | {"lines": tuple(entry["lines"])}))
    return found


def listed() -> list[Reason]:
    """The entries of all lists."""
    return [reason for path in sorted(LISTS.glob("*.toml")) for reason in read(path.read_text(encoding="utf-8"))]


def place_of(lines: Sequence[Line], function: str, piece: str) -> int:
    """Which line of a function has a piece of text in it.

    Parameters
    ----------
    lines : sequence of Line
        Lines of one file.
    function, piece : str
        Of the entry.

    Returns
    -------
    int

    Raises
    ------
    LookupError
        When none has, or more than one.
    """
    places = [place for place, line in enumerate(lines) if line.function == function and piece in line.text]
    if len(places) != 1:
        raise LookupError(f"{len(places)} lines")
    return places[0]


def judge(files: Mapping[str, Sequence[Line]], reasons: Sequence[Reason]) -> Findings:
    """Hold the list against what was counted.

    Parameters
    ----------
    files : mapping of str to sequence of Line
        The lines of each file.
    reasons : sequence of Reason
        The list.

    Returns
    -------
    Findings
    """
    found, spoken_for = Findings(), dict[Line, Reason]()
    for reason in reasons:
        lines = files.get(reason.file, [])
        for piece in reason.lines:
            name = f"{reason.file}, {reason.function}: {piece}"
            try:
                left = [line for line in block(lines, place_of(lines, reason.function, piece)) if not line.ran]
            except LookupError as error:
                found.unclear.append(f"{name} ({error})")
                continue
            if not left:
                found.ran.append(name)
            spoken_for |= dict.fromkeys(left, reason)
    for line in (line for lines in files.values() for line in lines if not line.ran):
        if line in spoken_for:
            found.explained.append((line, spoken_for[line]))
        else:
            found.unexplained.append(line)
    return found
