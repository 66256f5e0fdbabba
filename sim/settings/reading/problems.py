"""The kinds of problem a file may have, and the list in which a reader collects them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sim.errors import InputError, Problem, nearest

__all__ = ["Findings", "Kind", "cut", "dotted", "shown"]

Path = Sequence[str | int]

MOST_NAMES = 12
"""Allowed names that are shown in full."""
NEAREST_NAMES = 5
"""Names that are shown of more."""
MOST_COMPARED = 200
"""Problems of one reading for which the nearest name is looked for; it takes a while, and nobody mends more at once."""
LONGEST_PART = 600
"""Characters of one part of a problem; a name in a file may have half a million."""


class Kind(StrEnum):
    """Every kind of problem, with what it means; each has at least one test that triggers and reads it.

    Examples
    --------
    >>> Kind.CYCLE.value, Kind("cycle").meaning
    ('cycle', 'a file is based on itself, by way of others or not')
    """

    meaning: str

    def __new__(cls, value: str, meaning: str) -> Kind:
        """A kind by its short name, with its meaning in a few words."""
        kind = str.__new__(cls, value)
        kind._value_, kind.meaning = value, meaning
        return kind

    NO_SUCH_FILE = "no-such-file", "there is no file or folder of this name"
    NOT_A_FILE = "not-a-file", "a folder, or something that can't be read, stands where a file should"
    NOT_TEXT = "not-text", "the file is no text in UTF-8"
    TOO_LARGE = "too-large", "the file is larger than any such file needs to be"
    TOO_DEEP = "too-deep", "parts lie in parts more deeply than any such file needs"
    TOO_MANY_ALIASES = "too-many-aliases", "the file refers back to its own parts too often"
    TOO_MANY_VALUES = "too-many-values", "the file holds more values than any such file needs"
    ALIAS = "alias", "a reference within the file that can't be followed here"
    TAG = "tag", "a YAML tag: values are plain"
    SYNTAX = "syntax", "the file is no YAML from this line on"
    EMPTY_FILE = "empty-file", "there is nothing in the file"
    SEVERAL_DOCUMENTS = "several-documents", "several documents stand in one file"
    NOT_A_MAPPING = "not-a-mapping", "keys with values belong here"
    KEY_NOT_TEXT = "key-not-text", "a key is no text"
    DUPLICATE_KEY = "duplicate-key", "a key stands twice"
    UNKNOWN_KEY = "unknown-key", "there is no such key"
    MISSING_KEY = "missing-key", "a key that is needed is not there"
    WRONG_TYPE = "wrong-type", "a value of another type belongs here"
    NOT_FINITE = "not-finite", "a number is infinite or none"
    OUT_OF_BOUNDS = "out-of-bounds", "a number lies outside its bounds"
    WRONG_FORM = "wrong-form", "a text does not have the form that is asked for"
    NOT_A_CHOICE = "not-a-choice", "a value is none of those allowed"
    IMPOSSIBLE_DATE = "impossible-date", "there is no such month or date"
    WRONG_ORDER = "wrong-order", "what should come later comes first"
    OUTSIDE_SCENARIO = "outside-scenario", "a month lies before the first or after the last"
    UNKNOWN_NAME = "unknown-name", "there is nothing of this name"
    UNKNOWN_SOURCE = "unknown-source", "a figure names a source that the file does not list"
    NO_SOURCE = "no-source", "a figure has no source"
    ASSUMPTION_WITHOUT_RANGE = "assumption-without-range", "an assumption has no lowest and highest value"
    RANGE_MISSES_VALUE = "range-misses-value", "a value lies outside its own range"
    WRONG_SUM = "wrong-sum", "parts do not add up to what they should"
    PART_ABOVE_WHOLE = "part-above-whole", "a part is larger than what it is part of"
    REPEATED_NAME = "repeated-name", "two things have one name"
    CONTRADICTION = "contradiction", "two statements of the file can't both hold"
    CYCLE = "cycle", "a file is based on itself, by way of others or not"


@dataclass(slots=True)
class Findings:
    """The problems found so far in one reading; filled by every check, raised once at the end.

    Examples
    --------
    >>> findings = Findings()
    >>> findings.add(Kind.UNKNOWN_KEY, "a.yaml", 2, ("mnths",), "an unknown key", given="mnths", names=("months", "start"))
    >>> findings.problems[0].nearest, findings.problems[0].remedy
    ('months', "write 'months'")
    """

    problems: list[Problem] = field(default_factory=list)

    def add(
        self,
        kind: Kind,
        file: str,
        line: int | None,
        path: Path,
        message: str,
        *,
        given: str = "",
        allowed: str = "",
        names: Iterable[str] | None = None,
        remedy: str = "",
        listed: str = "",
    ) -> None:
        """Keep one problem.

        Parameters
        ----------
        kind : Kind
            What kind of problem it is.
        file : str
            The file as shown to the user.
        line : int or None
            Line from 1.
        path : sequence of str and int
            Keys and list positions from the top of the file.
        message : str
            The problem in one sentence.
        given, allowed : str
            What stands there and what may; `allowed` is made from `names` when it is left out.
        names : iterable of str, optional
            Known names, of which the nearest to `given` is offered.
        remedy : str
            What to do; made from the nearest name when it is left out.
        listed : str
            A command that shows all names; with it a long list is cut to the nearest few.
        """
        known = tuple(names) if names is not None else ()
        many = len(self.problems) >= MOST_COMPARED
        near = None if many else nearest(given, known)
        allowed = allowed or _allowed("" if many else given[:LONGEST_PART], known, listed)
        remedy = remedy or (f"write {near!r}" if near else "write one of the allowed names")
        key, given, message, remedy = (cut(text) for text in (dotted(path), given, message, remedy))
        self.problems.append(Problem(file, line, key, given, allowed, near, remedy, message, str(kind)))

    def raise_if_any(self) -> None:
        """Raise one error with every problem, if there is one.

        Raises
        ------
        sim.errors.InputError
            When at least one problem was found.
        """
        if self.problems:
            raise InputError(self.problems)


def cut(text: str) -> str:
    """A part of a problem as it can be printed: the middle of what is too long left out, halves of characters written out.

    Examples
    --------
    >>> cut("short"), len(cut("long " * 1000)) <= LONGEST_PART, cut("half \\ud800")
    ('short', True, 'half \\\\ud800')
    """
    text = text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()
    half = LONGEST_PART // 2 - 5
    return text if len(text) <= LONGEST_PART else f"{text[:half]} [...] {text[-half:]}"


def _allowed(given: str, names: Sequence[str], listed: str) -> str:
    """Names that are allowed: all of them, or the nearest few and the command that shows all.

    Examples
    --------
    >>> _allowed("b", ["a", "b", "c"], "localwealth list letters")
    'a, b, c'
    >>> _allowed("jbs", [*(f"x{number}" for number in range(20)), "jobs"], "localwealth list measures").partition(",")[0]
    'jobs'
    """
    if not listed or len(names) <= MOST_NAMES:
        return ", ".join(names)
    near = difflib.get_close_matches(given, names, n=NEAREST_NAMES, cutoff=0.0) if given else names[:NEAREST_NAMES]
    return f"{', '.join(near)} and {len(names) - len(near)} more: {listed}"


def dotted(path: Path) -> str:
    """A path as people write it.

    Examples
    --------
    >>> dotted(("policies", 0, "share"))
    'policies[0].share'
    """
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def shown(value: object, most: int = 60) -> str:
    """A value as it would stand in a file, cut when it is long.

    Examples
    --------
    >>> shown(True), shown(None), shown("twenty"), shown([1, 2]), shown({"value": 3})
    ('true', 'nothing', "'twenty'", 'a list of 2', 'a mapping with value')
    """
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return f"a list of {len(value)}"
    if isinstance(value, dict):
        return f"a mapping with {', '.join(list(value)[:4])}" if value else "an empty mapping"
    text = repr(value) if isinstance(value, str) else f"{value:.12g}" if isinstance(value, float) else str(value)
    return text if len(text) <= most else text[: most - 3] + "..."
