"""Every exception class that a user of the package may meet.

A wrong input never ends in a traceback: the readers collect a :class:`Problem` for each thing that is wrong and raise one
:class:`InputError` with all of them. Each problem says where it is, what was given, what is allowed, which known name comes
nearest and what to do.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Final
from unicodedata import category

__all__ = [
    "HALF_CHARACTER",
    "InputError",
    "LocalWealthError",
    "MoneyError",
    "Problem",
    "RenamedKeyWarning",
    "RunError",
    "UnknownNameError",
    "nearest",
    "printable",
]

#: One of the two codes by which some encodings write a character beyond 65,535; alone it is none, and no file can hold it.
HALF_CHARACTER: Final = re.compile("[\ud800-\udfff]")
_NEAR = 0.7
_ODD = frozenset({"Cc", "Cs", "Zl", "Zp"})
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class LocalWealthError(Exception):
    """Base of every error that the package raises on purpose."""


class RenamedKeyWarning(FutureWarning):
    """A file uses a name that a later version will no longer read."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in one input file.

    Parameters
    ----------
    file : str
        The file as the user named it, what can't be printed written out; empty when there is none.
    line : int or None
        Line in that file, counted from 1; None when the problem has no line (a file that does not exist).
    key : str
        Dotted key, such as ``policies[0].share``; empty for the whole file.
    given : str
        What was found there.
    allowed : str
        What may stand there.
    nearest : str or None
        The known name nearest to what was given, if any comes near.
    remedy : str
        What to do.
    message : str
        The problem in one sentence.
    kind : str
        Short name of the kind of problem, such as ``unknown-key``.

    Examples
    --------
    >>> print(Problem("a.yaml", 3, "months", "0", "a whole number from 1 to 1200", None, "write 120", "too few months"))
    a.yaml, line 3, months: too few months
        given:   0
        allowed: a whole number from 1 to 1200
        remedy:  write 120
    """

    file: str
    line: int | None
    key: str
    given: str
    allowed: str
    nearest: str | None
    remedy: str
    message: str
    kind: str = ""

    def __post_init__(self) -> None:
        if not self.file.isprintable():
            object.__setattr__(self, "file", printable(self.file))

    @property
    def where(self) -> str:
        """File, line and key in one phrase; parts that are not known are left out."""
        parts = [self.file, f"line {self.line}" if self.line is not None else "", self.key]
        return ", ".join(part for part in parts if part)

    def as_dict(self) -> dict[str, str | int | None]:
        """The problem as plain values, for ``--json``."""
        return asdict(self)

    def __str__(self) -> str:
        head = f"{self.where}: {self.message}" if self.where else self.message
        rows = (("given", self.given), ("allowed", self.allowed), ("nearest", self.nearest or ""), ("remedy", self.remedy))
        return "\n".join([head, *(f"    {label + ':':<9}{text}" for label, text in rows if text)])


class InputError(LocalWealthError):
    """An input that can't be used, with every problem found in it.

    Parameters
    ----------
    problems : sequence of Problem
        At least one problem. They are kept in order of file and line.

    Examples
    --------
    >>> error = InputError([Problem("a.yaml", 3, "months", "0", "1 to 1200", None, "write 120", "too few months")])
    >>> len(error.problems), str(error).splitlines()[0]
    (1, '1 problem was found.')
    """

    problems: tuple[Problem, ...]

    def __init__(self, problems: Sequence[Problem]) -> None:
        if not problems:
            raise ValueError("an InputError needs at least one problem")
        super().__init__(tuple(problems))
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.file, problem.line or 0)))

    def __str__(self) -> str:
        count = len(self.problems)
        head = "1 problem was found." if count == 1 else f"{count} problems were found."
        return "\n".join([head, *(str(problem) for problem in self.problems)])


class UnknownNameError(LocalWealthError, LookupError):
    """A name that is not among the known ones.

    Parameters
    ----------
    noun : str
        What kind of thing was looked for: "policy", "measure", "parameter".
    given : str
        The name that was asked for.
    allowed : iterable of str
        The names that exist.

    Examples
    --------
    >>> str(UnknownNameError("policy", "local_spent", ["local_spend", "outreach"]))
    "there is no policy 'local_spent'; the nearest name is 'local_spend'; known: local_spend, outreach"
    """

    noun: str
    given: str
    allowed: tuple[str, ...]
    nearest: str | None

    def __init__(self, noun: str, given: str, allowed: Iterable[str]) -> None:
        names = tuple(allowed)
        super().__init__(noun, given, names)
        self.noun, self.given, self.allowed = noun, given, names
        self.nearest = nearest(given, names)

    def __str__(self) -> str:
        known = ", ".join(self.allowed) if self.allowed else "none"
        near = f"; the nearest name is {self.nearest!r}" if self.nearest else ""
        return f"there is no {self.noun} {self.given!r}{near}; known: {known}"


class MoneyError(LocalWealthError):
    """Money was made or lost, or an account went below what it may: the run stops and says where."""


class RunError(LocalWealthError):
    """A run could not be finished, for a reason other than its input."""


def printable(name: str) -> str:
    """The name of a file as it can be printed: halves of characters, control characters and marks of direction written out.

    A disk takes nearly any bytes as a name: those that are no text can't be printed or stored, others would command a terminal or turn the
    words around them.

    Examples
    --------
    >>> printable("Payments of July.csv"), printable("a\\udcff.csv"), printable("a\\x1b[2J\\u202e.csv")
    ('Payments of July.csv', 'a\\\\udcff.csv', 'a\\\\x1b[2J\\\\u202e.csv')
    """
    if name.isprintable():
        return name
    return "".join(sign.encode("unicode_escape").decode() if category(sign) in _ODD or sign in _TURNING else sign for sign in name)


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The known name that comes nearest to a misspelt one.

    Parameters
    ----------
    name : str
        What was given.
    names : iterable of str
        The known names.

    Returns
    -------
    str or None
        The nearest name, or None when nothing comes near. Case, hyphens, underscores and spaces do not count. Of equally
        near names the first in alphabetical order is taken, so the answer does not depend on the order of `names`.

    Examples
    --------
    >>> nearest("Local-Spend_Traget", ["local_spend_target", "outreach"])
    'local_spend_target'
    >>> nearest("zzz", ["local_spend_target", "outreach"]) is None
    True
    """
    plain = _plain(name)
    scored = [(_likeness(plain, _plain(candidate)), candidate) for candidate in sorted(set(names))]
    near = [(score, candidate) for score, candidate in scored if score >= _NEAR]
    return max(near, key=lambda pair: pair[0])[1] if near else None


def _plain(name: str) -> str:
    """A name without case and word separators."""
    return name.strip().lower().replace("-", "_").replace(" ", "_")[:200]


def _likeness(given: str, known: str) -> float:
    """How alike two plain names are, 0 to 1; a name that holds the whole of the other counts as near.

    Names that can't be near, by their letters alone, are not looked at more closely: a file may be wrong in hundreds of names.
    """
    least = _NEAR if len(given) >= 4 and (given in known or known.endswith(f"/{given}")) else 0.0
    shared = sum(min(count, known.count(letter)) for letter, count in Counter(given).items())
    if 2 * shared < _NEAR * (len(given) + len(known)):
        return least
    return max(difflib.SequenceMatcher(None, given, known, autojunk=False).ratio(), least)
