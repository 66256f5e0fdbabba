"""What a bare word in a file means: the core schema of YAML 1.2, and nothing beyond it.

``yes``, ``NO``, ``12:30`` and ``1_000`` are text, so none of them turns into something else unseen.
"""

from __future__ import annotations

import re

__all__ = ["scalar_value"]

_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = frozenset({"true", "True", "TRUE"})
_FALSE = frozenset({"false", "False", "FALSE"})
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[-+]?(\.[0-9]{1,40}|[0-9]{1,40}(\.[0-9]{0,40})?)([eE][-+]?[0-9]{1,4})?")
_INFINITE = re.compile(r"[-+]?\.(inf|Inf|INF)")
_NOT_A_NUMBER = re.compile(r"\.(nan|NaN|NAN)")


def scalar_value(text: str) -> str | int | float | bool | None:
    """The value of a bare word.

    Parameters
    ----------
    text : str
        The word as it stands in the file, not in quotes.

    Returns
    -------
    str, int, float, bool or None

    Examples
    --------
    >>> scalar_value("120"), scalar_value("0.20"), scalar_value("true"), scalar_value("NO"), scalar_value("2013-04")
    (120, 0.2, True, 'NO', '2013-04')
    """
    if text in _NOTHING:
        return None
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    if _INFINITE.fullmatch(text) or _NOT_A_NUMBER.fullmatch(text):
        return float(text.replace(".", "", 1))
    return text
