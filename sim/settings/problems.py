"""The kinds of problem a file may have, and the list in which a reader collects them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sim.errors import InputError, Problem, nearest

__all__ = ["Findings", "Kind", "dotted", "shown"]

Path = Sequence[str | int]

MOST_NAMES = 12
"""Allowed names that are shown in full."""
NEAREST_NAMES = 5
"""Names that are shown of more."""


class Kind(StrEnum):
    """Every kind of problem; each has at least one test that triggers and reads it."""

    NO_SUCH_FILE = "no-such-file"
    NOT_A_FILE = "not-a-file"
    NOT_TEXT = "not-text"
    TOO_LARGE = "too-large"
    TOO_DEEP = "too-deep"
    TOO_MANY_ALIASES = "too-many-aliases"
    TOO_MANY_VALUES = "too-many-values"
    ALIAS = "alias"
    TAG = "tag"
    SYNTAX = "syntax"
    EMPTY_FILE = "empty-file"
    SEVERAL_DOCUMENTS = "several-documents"
    NOT_A_MAPPING = "not-a-mapping"
    KEY_NOT_TEXT = "key-not-text"
    DUPLICATE_KEY = "duplicate-key"
    UNKNOWN_KEY = "unknown-key"
    MISSING_KEY = "missing-key"
    WRONG_TYPE = "wrong-type"
    NOT_FINITE = "not-finite"
    OUT_OF_BOUNDS = "out-of-bounds"
    WRONG_FORM = "wrong-form"
    NOT_A_CHOICE = "not-a-choice"
    IMPOSSIBLE_DATE = "impossible-date"
    WRONG_ORDER = "wrong-order"
    OUTSIDE_SCENARIO = "outside-scenario"
    UNKNOWN_NAME = "unknown-name"
    UNKNOWN_SOURCE = "unknown-source"
    NO_SOURCE = "no-source"
    ASSUMPTION_WITHOUT_RANGE = "assumption-without-range"
    RANGE_MISSES_VALUE = "range-misses-value"
    WRONG_SUM = "wrong-sum"
    PART_ABOVE_WHOLE = "part-above-whole"
    REPEATED_NAME = "repeated-name"
    CONTRADICTION = "contradiction"
    CYCLE = "cycle"


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
        near = nearest(given, known)
        allowed = allowed or _allowed(given, known, listed)
        remedy = remedy or (f"write {near!r}" if near else "write one of the allowed names")
        self.problems.append(Problem(file, line, dotted(path), given, allowed, near, remedy, message, str(kind)))

    def raise_if_any(self) -> None:
        """Raise one error with every problem, if there is one.

        Raises
        ------
        sim.errors.InputError
            When at least one problem was found.
        """
        if self.problems:
            raise InputError(self.problems)


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
    near = difflib.get_close_matches(given, names, n=NEAREST_NAMES, cutoff=0.0)
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
