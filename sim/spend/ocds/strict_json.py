"""One JSON value out of a text, strictly: with the line and column of what is wrong, and without numbers that aren't numbers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Final, NoReturn

from sim.errors import HALF_CHARACTER
from sim.settings.reading.problems import Kind

__all__ = ["JsonFault", "StrictReader", "deepest", "position"]

#: A number may have so many digits, before or after the point.
MOST_DIGITS: Final = 400
#: No amount, quantity or count in a notice comes near ten to this power.
MOST_EXPONENT: Final = 30
_STRING: Final = r'"(?:[^"\\]|\\.)*"'
_STRINGS: Final = re.compile(_STRING, re.DOTALL)
_TOKENS: Final = re.compile(_STRING + r"|[\[\]{}]|-?(?:NaN|Infinity)|-?\d[\d.eE+-]*", re.DOTALL)
_SPACE: Final = re.compile(r"[ \t\r\n]*")
#: How JSON writes half of a character.
_HALF_ESCAPED: Final = re.compile(r"\\u[dD][89a-fA-F]")


@dataclass(eq=False)
class JsonFault(Exception):
    """What makes a text no JSON that can be used, and where.

    Parameters
    ----------
    kind : Kind
        What kind of problem it is.
    message : str
        In one sentence.
    given, allowed, remedy : str
        What stands there, what may, what to do.
    at : int
        Character in the text, from 0.
    """

    kind: Kind
    message: str
    given: str
    allowed: str
    remedy: str
    at: int


@dataclass
class StrictReader:
    """Reads JSON values one after another; notes the keys that stand twice in one object.

    Parameters
    ----------
    depth : int
        Most objects and lists within each other.

    Examples
    --------
    >>> reader = StrictReader(depth=64)
    >>> reader.value('{"amount": 12.50, "amount": 13}', 0), reader.repeated
    (({'amount': 13}, 31), {'amount': 1})
    """

    depth: int
    repeated: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._object, parse_constant=_no_constant, parse_float=_decimal, parse_int=_whole, strict=True
        )

    def value(self, text: str, start: int) -> tuple[Any, int]:
        """The value that begins at a character, and the character behind it.

        Parameters
        ----------
        text : str
            The text.
        start : int
            Where the value begins; spaces before it are passed over.

        Returns
        -------
        tuple of object and int
            Numbers with a point or an exponent come as `Decimal`; half of a character becomes a question mark.

        Raises
        ------
        JsonFault
            When it is no JSON, has a number that is none or is too large, or is nested too deeply.
        """
        start = after_space(text, start)
        try:
            value, end = self._decoder.raw_decode(text, start)
        except json.JSONDecodeError as error:
            raise _syntax(text, error.pos, error.msg) from None
        except _BadNumber as bad:
            raise _number_fault(text, start, bad.args[0]) from None
        except RecursionError:
            raise _too_deep(text, start, self.depth) from None
        brackets = text.count("[", start, end) + text.count("{", start, end)
        if brackets > self.depth and deepest(text[start:end]) > self.depth:
            raise _too_deep(text, start, self.depth)
        return (_whole_characters(value) if _HALF_ESCAPED.search(text, start, end) else value), end

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        """An object; the last of equal keys counts, and each repeat is noted."""
        found = dict(pairs)
        if len(found) != len(pairs):
            seen: set[str] = set()
            for key, _ in pairs:
                if key in seen:
                    self.repeated[key] = self.repeated.get(key, 0) + 1
                seen.add(key)
        return found


def _whole_characters(value: Any) -> Any:
    """The value with each half of a character replaced: JSON can name one by its number, no file of text can hold it."""
    if isinstance(value, str):
        return HALF_CHARACTER.sub("?", value)
    if isinstance(value, list):
        return [_whole_characters(item) for item in value]
    if isinstance(value, dict):
        return {_whole_characters(key): _whole_characters(item) for key, item in value.items()}
    return value


class _BadNumber(ValueError):
    """A number that can't be used; its text is the argument."""


def after_space(text: str, start: int) -> int:
    """The first character from `start` on that is no space.

    Examples
    --------
    >>> after_space("  {", 0)
    2
    """
    found = _SPACE.match(text, start)
    return found.end() if found else start


def position(text: str, at: int) -> tuple[int, int]:
    """Line and column of a character, both from 1.

    Examples
    --------
    >>> position("ab\\ncd", 4)
    (2, 2)
    """
    return text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1


def deepest(text: str) -> int:
    """How many objects and lists stand within each other in a text that is JSON.

    Examples
    --------
    >>> deepest('{"a": [1, {"b": "[[["}]}')
    3
    """
    import numpy as np

    signs = np.frombuffer(_STRINGS.sub("", text).encode("ascii", "replace"), dtype=np.uint8)
    steps = np.isin(signs, (0x5B, 0x7B)).astype(np.int8) - np.isin(signs, (0x5D, 0x7D)).astype(np.int8)
    return int(steps.cumsum(dtype=np.int32).max(initial=0))


def _tokens(text: str, start: int) -> Iterator[tuple[str, int]]:
    """Brackets, strings, numbers and constants from a character on, each with its place."""
    return ((found.group(), found.start()) for found in _TOKENS.finditer(text, start))


def _too_deep(text: str, start: int, most: int) -> JsonFault:
    """The fault of deep nesting, at the bracket that goes too far."""
    depth, at = 0, start
    for token, where in _tokens(text, start):
        depth += (token in "[{") - (token in "]}")
        if depth > most:
            at = where
            break
    allowed, remedy = f"at most {most} within each other", "give the file as it was published"
    return JsonFault(Kind.TOO_DEEP, "objects and lists are nested too deeply", f"more than {most}", allowed, remedy, at)


def _syntax(text: str, at: int, message: str) -> JsonFault:
    """The fault of text that is no JSON; a cut file is called so."""
    words = message[:1].lower() + message[1:]
    if not text[at:].strip():
        return JsonFault(Kind.SYNTAX, "the JSON ends too early", "the end", words, "get the whole file again", at)
    return JsonFault(Kind.SYNTAX, f"this is no JSON: {words}", repr(text[at : at + 20]), "JSON", "get the file again, or mend it", at)


def _number_fault(text: str, start: int, given: str) -> JsonFault:
    """The fault of a number, at the first place where it stands outside a string."""
    at = next((where for token, where in _tokens(text, start) if token == given), start)
    if given.lstrip("-") in ("NaN", "Infinity"):
        return JsonFault(Kind.NOT_FINITE, "this is no number", given, "a number", "ask the publisher for the figure", at)
    shown = given if len(given) <= 30 else f"{given[:30]}... ({len(given):,} digits)"
    allowed, remedy = f"up to 1e{MOST_EXPONENT}", "ask the publisher for the figure"
    return JsonFault(Kind.OUT_OF_BOUNDS, "the number is too large", shown, allowed, remedy, at)


def _no_constant(text: str) -> NoReturn:
    raise _BadNumber(text)


def _whole(text: str) -> int:
    if len(text) > MOST_EXPONENT + 1:
        raise _BadNumber(text)
    return int(text)


def _decimal(text: str) -> Decimal:
    try:
        number = Decimal(text) if len(text) <= MOST_DIGITS else None
    except InvalidOperation:  # an exponent of some twenty digits
        number = None
    if number is None or not number.is_finite() or (number and number.adjusted() > MOST_EXPONENT):
        raise _BadNumber(text)
    return number
