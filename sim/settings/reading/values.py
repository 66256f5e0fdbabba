"""Reading single values of a scenario file: text, numbers, dates, choices. Each unfit value is a finding, and None is handed on."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sim.core.calendar import Month
from sim.settings.reading.files import SourceFile
from sim.settings.reading.hints import number_remedy, share_remedy
from sim.settings.reading.problems import Findings, Kind, shown
from sim.settings.reading.tree import Items, Keys, Node, Scalar, plain
from sim.settings.scenarios.keys import FIRST_YEAR, LAST_YEAR

__all__ = ["LISTED", "Values", "bounds_text"]

Path = tuple[str | int, ...]

_DATE = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?")
MOST_TEXT = 20_000
LISTED: Final = {
    "parameter": "localwealth list parameters",
    "policy": "localwealth list policies",
    "shock": "localwealth list shocks",
    "figure of the place": "localwealth describe place NAME",
}
"""The command that shows all names of a kind, where there may be many."""


@dataclass(frozen=True, slots=True)
class Values:
    """Reads values of one file.

    Parameters
    ----------
    source : SourceFile
        The file.
    findings : Findings
        Where problems go.
    """

    source: SourceFile
    findings: Findings

    def found(self, kind: Kind, line: int, path: Path, message: str, **said: Any) -> None:
        """Keep a problem of this file."""
        self.findings.add(kind, self.source.shown, line, path, message, **said)

    def wrong_type(self, node: Node, path: Path, allowed: str, remedy: str) -> None:
        """Keep a value of the wrong type."""
        self.found(Kind.WRONG_TYPE, node.line, path, "a value of the wrong type", given=shown(plain(node)), allowed=allowed, remedy=remedy)

    def text(self, node: Node, path: Path, *, empty: bool = False) -> str | None:
        """Text; a number that was meant as text must stand in quotes."""
        if not (isinstance(node, Scalar) and isinstance(node.value, str)):
            word = node.text[:40] if isinstance(node, Scalar) and node.value is not None else ""
            self.wrong_type(node, path, "text", f'write "{word}" in quotes' if word else "write text")
            return None
        text = node.value.strip()
        if not (text or empty) or len(text) > MOST_TEXT:
            allowed = f"text of 1 to {MOST_TEXT} characters"
            self.found(
                Kind.WRONG_FORM,
                node.line,
                path,
                "too little or too much text",
                given=shown(text),
                allowed=allowed,
                remedy="write some text",
            )
            return None
        return text

    def number(self, node: Node, path: Path, low: float, high: float, unit: str, *, whole: bool = False) -> float | None:
        """A finite number within bounds; true, false and text are no numbers."""
        value = node.value if isinstance(node, Scalar) else None
        noun = "a whole number" if whole else "a number"
        if value is None or isinstance(value, (bool, str)):
            self.wrong_type(node, path, f"{noun} ({unit})" if unit else noun, number_remedy(value, whole=whole))
            return None
        if not math.isfinite(value):
            remedy = f"write {noun}"
            self.found(
                Kind.NOT_FINITE,
                node.line,
                path,
                "a number that is not finite",
                given=shown(value),
                allowed="a finite number",
                remedy=remedy,
            )
            return None
        if whole and value != int(value):
            remedy = f"write {math.floor(value)} or {math.ceil(value)}"
            self.wrong_type(node, path, f"{noun} ({unit})" if unit else noun, remedy)
            return None
        if not low <= value <= high:
            allowed = f"{bounds_text(low, high)} ({unit})" if unit else bounds_text(low, high)
            remedy = share_remedy(value, low, high, unit) if math.isfinite(low + high) else f"write a number {bounds_text(low, high)}"
            self.found(
                Kind.OUT_OF_BOUNDS, node.line, path, "the value is outside its bounds", given=shown(value), allowed=allowed, remedy=remedy
            )
            return None
        return value

    def whole(self, node: Node, path: Path, low: float, high: float, unit: str) -> int | None:
        """A whole number within bounds."""
        value = self.number(node, path, low, high, unit, whole=True)
        return None if value is None else int(value)

    def flag(self, node: Node, path: Path) -> bool | None:
        """True or false, written so; ``yes`` and ``1`` are not."""
        if isinstance(node, Scalar) and isinstance(node.value, bool):
            return node.value
        self.wrong_type(node, path, "true or false", "write true or false")
        return None

    def date(self, node: Node, path: Path) -> Month | None:
        """A month written as YYYY-MM."""
        allowed = "a month as YYYY-MM, such as 2013-04"
        text = node.text if isinstance(node, Scalar) and node.value is not None else ""
        match = _DATE.fullmatch(text.strip())
        if match is None:
            self.found(
                Kind.IMPOSSIBLE_DATE, node.line, path, "this is no month", given=shown(plain(node)), allowed=allowed, remedy="write 2013-04"
            )
            return None
        year, month = int(match[1]), int(match[2])
        if match[3] is not None or len(match[2]) != 2:
            remedy = f"write {year:04d}-{month:02d}" if 1 <= month <= 12 else "write 2013-04"
            self.found(
                Kind.IMPOSSIBLE_DATE, node.line, path, "this is no month of the form YYYY-MM", given=text, allowed=allowed, remedy=remedy
            )
            return None
        if not (1 <= month <= 12 and FIRST_YEAR <= year <= LAST_YEAR):
            allowed = f"{FIRST_YEAR}-01 to {LAST_YEAR}-12, months 01 to 12"
            remedy = "write a month that exists"
            self.found(Kind.IMPOSSIBLE_DATE, node.line, path, "there is no such month", given=text, allowed=allowed, remedy=remedy)
            return None
        return Month(year, month)

    def choice(self, node: Node, path: Path, names: Sequence[str], noun: str) -> str | None:
        """One of several names."""
        text = self.text(node, path)
        if text is None or text in names:
            return text
        kind = Kind.NOT_A_CHOICE if noun == "choice" else Kind.UNKNOWN_NAME
        message = "this is none of the choices" if noun == "choice" else f"there is no {noun} {text!r}"
        self.found(kind, node.line, path, message, given=text, names=names, listed=LISTED.get(noun, ""))
        return None

    def mapping(self, node: Node, path: Path, allowed: str) -> Keys | None:
        """A mapping."""
        if isinstance(node, Keys):
            return node
        self.wrong_type(node, path, allowed, "write one 'name: value' a line, indented")
        return None

    def sequence(self, node: Node, path: Path, allowed: str) -> Items | None:
        """A list."""
        if isinstance(node, Items):
            return node
        self.wrong_type(node, path, allowed, "write a list: each entry on a line of its own after a hyphen, or [] for none")
        return None


def bounds_text(low: float, high: float) -> str:
    """Bounds in words; an endless side is left out.

    Examples
    --------
    >>> bounds_text(0, 1), bounds_text(0, math.inf), bounds_text(-math.inf, math.inf)
    ('from 0 to 1', 'of at least 0', 'of any size')
    """
    if math.isfinite(low) and math.isfinite(high):
        return f"from {low:.12g} to {high:.12g}"
    if math.isfinite(low):
        return f"of at least {low:.12g}"
    return f"of at most {high:.12g}" if math.isfinite(high) else "of any size"
