"""What a browser sent, as the tree that the readers of scenario files work on; sizes are bounded before anything is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from sim.settings.reading.files import unprintable
from sim.settings.reading.problems import Findings, Kind, shown
from sim.settings.reading.tree import Entry, Items, Keys, Node, Scalar

__all__ = ["LONGEST_TEXT", "MOST_DEPTH", "MOST_VALUES", "tree_of_state"]

MOST_DEPTH: Final = 6
"""How deep lists and mappings of a state may nest; an option with shares needs four."""
MOST_VALUES: Final = 800
"""How many values a state may hold: 24 levers with all their options have about 300."""
MOST_TOGETHER: Final = 90
"""How many entries one mapping or list may have: there are 88 parameters."""
LONGEST_TEXT: Final = 2_000
"""Characters of the longest text, which is that of the notes."""
LONGEST_KEY: Final = 100
#: Whole numbers with more bits are no whole numbers of a scenario file, and are read as numbers that are not finite or out of bounds.
MOST_BITS: Final = 59

Path = tuple[str | int, ...]


class _TooMuchError(Exception):
    """Reading can't go on; the finding is kept."""


def tree_of_state(given: object, findings: Findings) -> Keys | None:
    """The tree of a state, or None after a finding that ends the reading.

    Parameters
    ----------
    given : object
        Plain values as JSON gives them: anything may stand there.
    findings : Findings
        Where problems go. They have no file and no line; the entries of a list count as lines, so that two of them can be told apart.

    Examples
    --------
    >>> tree_of_state({"place": "anytown"}, Findings()).names
    ('place',)
    """
    if not isinstance(given, dict):
        allowed, remedy = "a mapping with the keys of a scenario file", 'send {"place": "anytown"}'
        findings.add(Kind.NOT_A_MAPPING, "", 0, (), "this is no state", given=_said(given), allowed=allowed, remedy=remedy)
        return None
    try:
        tree = _Builder(findings).node(given, (), 0)
    except _TooMuchError:
        return None
    assert isinstance(tree, Keys)
    return tree


@dataclass
class _Builder:
    """Builds nodes and counts them."""

    findings: Findings
    values: int = 0

    def node(self, value: Any, path: Path, line: int) -> Node:
        """The node of one value."""
        self.values += 1
        if self.values > MOST_VALUES:
            self.too_much(Kind.TOO_MANY_VALUES, path, "too many values", f"more than {MOST_VALUES} values", f"at most {MOST_VALUES}")
        if isinstance(value, (dict, list, tuple)):
            if len(path) >= MOST_DEPTH:
                given, allowed = f"more than {MOST_DEPTH} levels", f"at most {MOST_DEPTH} levels"
                self.too_much(Kind.TOO_DEEP, path[:3], "the state nests too deep", given, allowed)
            if len(value) > MOST_TOGETHER:
                given, allowed = f"{len(value):,} entries", f"at most {MOST_TOGETHER} entries"
                self.too_much(Kind.TOO_MANY_VALUES, path, "too many entries in one mapping or list", given, allowed)
            return self.keys(value, path, line) if isinstance(value, dict) else self.items(value, path)
        if isinstance(value, str):
            return self.text(value, path, line)
        if value is None or isinstance(value, (bool, int, float)):
            return Scalar(_bounded(value), _said(value), line)
        message, given = "a value of a type that a state has not", f"a value of the type {type(value).__name__}"
        self.findings.add(
            Kind.WRONG_TYPE, "", line, path, message, given=given, allowed="text, a number, true, false or nothing", remedy="leave it out"
        )
        return Scalar(None, "", line)

    def keys(self, value: dict[Any, Any], path: Path, line: int) -> Keys:
        """A mapping; keys that are no text, or longer than any there is, are findings and left out."""
        entries = []
        for key, below in value.items():
            if isinstance(key, str) and len(key) <= LONGEST_KEY and unprintable(key) is None:
                entries.append(Entry(key, line, self.node(below, (*path, key), line)))
                continue
            given, allowed = _said(key), f"a plain word of at most {LONGEST_KEY} characters"
            self.values += 1
            self.findings.add(
                Kind.KEY_NOT_TEXT, "", line, path, "a key that is no plain word", given=given, allowed=allowed, remedy="leave it out"
            )
        return Keys(tuple(entries), line)

    def items(self, value: list[Any] | tuple[Any, ...], path: Path) -> Items:
        """A list."""
        return Items(tuple(self.node(below, (*path, index), index + 1) for index, below in enumerate(value)), 0)

    def text(self, value: str, path: Path, line: int) -> Scalar:
        """Text, cut where it is too long; signs that can't be printed are a finding."""
        if len(value) > LONGEST_TEXT:
            given, allowed = f"{len(value):,} characters", f"at most {LONGEST_TEXT:,} characters"
            self.findings.add(Kind.WRONG_FORM, "", line, path, "the text is too long", given=given, allowed=allowed, remedy="write less")
            value = value[:LONGEST_KEY]
        strange = unprintable(value)
        if strange is not None:
            given, message = f"character U+{ord(strange):04X}", "a control character stands in the text"
            self.findings.add(Kind.NOT_TEXT, "", line, path, message, given=given, allowed="printable text", remedy="delete it")
            value = "".join(sign for sign in value if sign.isprintable())
        return Scalar(value, value, line)

    def too_much(self, kind: Kind, path: Path, message: str, given: str, allowed: str) -> None:
        """Keep the finding and stop."""
        self.findings.add(kind, "", 0, path, message, given=given, allowed=allowed, remedy="send less")
        raise _TooMuchError


def _bounded(value: bool | int | float | None) -> bool | int | float | None:  # noqa: PYI041, RUF100  (a whole number is told apart)
    """A number that arithmetic can be done with: a whole one with too many digits becomes a decimal one, or endless."""
    if type(value) is not int or value.bit_length() <= MOST_BITS:
        return value
    try:
        return float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


def _said(value: object) -> str:
    """A value in words, cut; a number of any size."""
    if type(value) is int and value.bit_length() > MOST_BITS:
        return "a whole number of more than 18 digits"
    if value is None or isinstance(value, (bool, int, float, str, list, tuple)):
        return shown(value)
    return f"a value of the type {type(value).__name__}"
